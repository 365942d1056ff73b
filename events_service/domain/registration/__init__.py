"""Cities register: drafts, confirmation, seats, calendars, answers."""
