"""Alphabetical order as readers of each language know it; the database's own is by code point.

By the tailorings of CLDR (common/collation/{fr,sk,sv}.xml), written out for the letters that names
of places and people hold. French orders like English: accents count only between equal names.
"""

import unicodedata
from functools import lru_cache

from events_service.translation import current_language

# Letters that Unicode doesn't take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
_AFTER = "\uffff"  # behind every other letter that may follow
# Letters of their own: what is written, and where it stands. Signs right behind z in ASCII stand
# for letters after z.
_OWN: dict[str, dict[str, str]] = {
    "sv": {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "œ": "}", "ő": "}", "ü": "y"},
    "sk": {
        "ch": f"h{_AFTER}",
        "ä": f"a{_AFTER}",
        "č": f"c{_AFTER}",
        "ô": f"o{_AFTER}",
        "š": f"s{_AFTER}",
        "ž": f"z{_AFTER}",
    },
}
_PLACES = "{|}" + _AFTER


def apart(text: str) -> str:
    """In lower case, letters apart from their accents, which follow them: Ł → l, ó → o´."""
    return unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """What is left of a name to compare it by, in every language: Saint-Étienne → saintetienne."""
    return _letters(apart(name))


def alphabetical(name: str) -> tuple[str, str]:
    """Key to sort names by for the reader of the page: Žilina stands between Zielona Góra and
    Zittau in English, behind both in Slovak.

    Accents, case and punctuation count only between names that are otherwise equal.
    """
    return _key(name, current_language())


@lru_cache(maxsize=8192)  # a list's rows name the same cities again and again
def _key(name: str, language: str) -> tuple[str, str]:
    own = _OWN.get(language)
    return folded(name) if own is None else _placed(name, own), name


def _placed(name: str, own: dict[str, str]) -> str:
    """The name with its language's own letters where they stand in that alphabet."""
    written = _letters(unicodedata.normalize("NFC", name.casefold()))
    for letter, place in own.items():
        written = written.replace(letter, place)
    return _letters(apart(written), _PLACES)


def _letters(text: str, signs: str = "") -> str:
    """Letters, figures, these signs, and single spaces."""
    kept = "".join(c for c in text if c.isalnum() or c == " " or c in signs)
    return " ".join(kept.split())
