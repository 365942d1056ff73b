"""Alphabetical order for readers of English; the database's own order is by code point."""

import unicodedata
from functools import lru_cache

# Letters that Unicode doesn't take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


def apart(text: str) -> str:
    """In lower case, letters apart from their accents, which follow them: Ł → l, ó → o´."""
    return unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))


@lru_cache(maxsize=4096)  # a list's rows name the same cities again and again
def alphabetical(name: str) -> tuple[str, str]:
    """Key to sort names by: Žilina stands between Zielona Góra and Zittau, Århus beside Aarau.

    Accents, case and punctuation count only between names that are otherwise equal.
    """
    letters = "".join(c for c in apart(name) if c.isalnum() or c == " ")
    return " ".join(letters.split()), name
