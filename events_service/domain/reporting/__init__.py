"""After the event: who was there, what was said and learnt, and the document made of it."""
