"""Workshops of the tests' own, one or more a test, so that no test meets another's people."""

from datetime import date

from sqlalchemy.orm import Session

from events_service.model import CityInvitation, Event
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET


def workshop(db: Session, slug: str, title: str, **other: object) -> Event:
    """Three days in Stockholm in a series of its own, published and open for registration."""
    series = cast.series(db, f"series-{slug}")
    series.title = f"Series of {title}"
    made = cast.event(db, slug=slug, in_series=series, **other)  # type: ignore[arg-type]
    made.title = title
    return made


def invited(db: Session, event: Event, city: str, *, seats: int = 3) -> CityInvitation:
    """A city of the sample, asked at an address that nobody else in these tests has."""
    made = cast.invited(db, event, city, seats=seats)
    made.address = f"office-{event.slug}@cities.example.org"
    db.flush()
    return made


def city_page(invitation: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', invitation.id, invitation.link_version)}"


FIRST_DAY, SECOND_DAY, THIRD_DAY = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)
