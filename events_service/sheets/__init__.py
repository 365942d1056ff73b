"""Tables as files that spreadsheet programs read and write: plain texts in and out, nothing of ours
is known here."""
