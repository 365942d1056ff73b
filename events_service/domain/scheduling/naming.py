"""Names that addresses of pages are made of."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import City, Event, Series

_OTHER = re.compile(r"[^a-z0-9]+")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
LONGEST = 60


def slug_of(text: str) -> str:
    """Lower case, plain letters, figures and hyphens: “Malmö 2027” → malmo-2027."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain.lower()).strip("-")[:LONGEST].strip("-") or "x"


def without_year(text: str) -> str:
    """The text without a year in it: stockholm-2024 → stockholm."""
    return re.sub(r"-+", "-", _YEAR.sub("", text)).strip("- ")


def with_year(text: str, year: int) -> str:
    """A title with the year in it replaced; one without a year stays as it is."""
    return _YEAR.sub(str(year), text)


def free_slug(session: Session, kind: type[City] | type[Event] | type[Series], wish: str) -> str:
    """The wish, or with the first number that is free: stockholm-2027-2."""
    taken = set(session.scalars(select(kind.slug).where(kind.slug.like(f"{wish}%"))))
    if wish not in taken:
        return wish
    number = 2
    while f"{wish}-{number}" in taken:
        number += 1
    return f"{wish}-{number}"
