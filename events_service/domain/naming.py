"""Names that addresses of pages are made of."""

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.alphabet import apart
from events_service.model import City, Event, Practice, Series

_OTHER = re.compile(r"[^a-z0-9]+")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
LONGEST = 60

WithPage = City | Event | Practice | Series


def slug_of(text: str) -> str:
    """Lower case, plain letters, figures and hyphens, whole words of at most 60 characters:
    “Łódź 2027” → lodz-2027. Empty when the text has no such letters."""
    whole = _OTHER.sub("-", apart(text).encode("ascii", "ignore").decode()).strip("-")
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST + 1].rpartition("-")[0] or whole[:LONGEST]


def without_year(text: str) -> str:
    """The text without a year in it: stockholm-2024 → stockholm."""
    return re.sub(r"-+", "-", _YEAR.sub("", text)).strip("- ")


def with_year(text: str, year: int) -> str:
    """A title with the year in it replaced; one without a year stays as it is."""
    return _YEAR.sub(str(year), text)


def free_slug(session: Session, kind: type[WithPage], wish: str) -> str:
    """The wish (what it is, for an empty one), or with the first number that is free:
    stockholm-2027-2."""
    wish = wish or kind.__tablename__
    return unused(set(session.scalars(select(kind.slug).where(kind.slug.startswith(wish)))), wish)


def unused(taken: Collection[str], wish: str) -> str:
    """The wish, or with the first number that makes it one that is not taken."""
    if wish not in taken:
        return wish
    number = 2
    while f"{wish}-{number}" in taken:
        number += 1
    return f"{wish}-{number}"
