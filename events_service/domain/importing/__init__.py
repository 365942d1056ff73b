"""Cities and their focal points brought in from a list: read, compared with what is known, shown,
and carried out whole or not at all."""
