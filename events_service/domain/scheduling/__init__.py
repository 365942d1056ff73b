"""Organisers schedule: series, events, agendas, invited cities, moves and cancellations."""
