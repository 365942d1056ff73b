"""How a promised mail leaves: claimed with a lease, handed over, settled by the server's answer.

`claim` and `settle` are the two ways a row changes; `verdict` and `backoff` decide, and are pure.
Functions here take a connection on which every statement commits by itself: a mail's state must
be in the database before the next word is said to the mail server.
"""
