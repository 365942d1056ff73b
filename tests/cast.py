"""One cast for every test: a workshop with room, a full one, a city that waits, one that is new."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from events_service.model import (
    AgendaSession,
    City,
    CityInvitation,
    Contact,
    Event,
    Series,
)

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
PLACES = {
    "Stockholm": ("SE", 59.33, 18.07, "Europe/Stockholm", True),
    "Bratislava": ("SK", 48.15, 17.11, "Europe/Bratislava", True),
    "Newark": ("US", 40.74, -74.17, "America/New_York", True),
    "Boise": ("US", 43.62, -116.2, "America/Boise", True),
    "Cape Town": ("ZA", -33.92, 18.42, "Africa/Johannesburg", True),
    "Dijon": ("FR", 47.32, 5.04, "Europe/Paris", False),
}


def city(db: Session, name: str) -> City:
    """One of PLACES, made when first asked for. Dijon is no member."""
    found = db.query(City).filter_by(name=name).one_or_none()
    if found is not None:
        return found
    country, latitude, longitude, zone, member = PLACES[name]
    slug = name.lower().replace(" ", "-")
    made = City(
        slug=slug,
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        timezone=zone,
        joined_at=LONG_AGO if member else None,
        contacts=[
            Contact(
                name=f"Head of international affairs, {name}",
                role="Head of international affairs",
                address=f"{slug}@cities.example.org",
            )
        ],
    )
    db.add(made)
    db.flush()
    return made


def series(db: Session, slug: str = "workshops") -> Series:
    found = db.query(Series).filter_by(slug=slug).one_or_none()
    if found is None:
        found = Series(slug=slug, title="Workshop series")
        db.add(found)
        db.flush()
    return found


def event(
    db: Session,
    *,
    host: str = "Stockholm",
    capacity: int = 60,
    starts_on: date = date(2027, 5, 31),
    days: int = 3,
    slug: str | None = None,
    published: bool = True,
    in_series: Series | None = None,
) -> Event:
    """A workshop from 09:00 to 17:00 on each of its days, open for registration."""
    home = city(db, host)
    made = Event(
        slug=slug or f"{home.slug}-{starts_on.year}",
        series=in_series or series(db),
        title="Public space and trust",
        city=home,
        venue="City Hall",
        venue_address="Main Square 1",
        timezone=home.timezone,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days - 1),
        languages=["en"],
        capacity=capacity,
        registration_closes_at=datetime(2027, 5, 1, 22, 0, tzinfo=UTC),
        published_at=LONG_AGO if published else None,
        sessions=[
            AgendaSession(
                held_on=starts_on + timedelta(days=n),
                starts=time(9),
                ends=time(17),
                title=f"Working day {n + 1}",
            )
            for n in range(days)
        ],
    )
    db.add(made)
    db.flush()
    return made


def invited(
    db: Session, to: Event, name: str, *, at: datetime = LONG_AGO, seats: int = 5
) -> CityInvitation:
    """A city's invitation to an event, its letter sent long ago."""
    home = city(db, name)
    made = CityInvitation(
        event=to,
        city=home,
        address=home.contacts[0].address,
        addressee="Mayor",
        seats=seats,
        invited_at=at,
    )
    db.add(made)
    db.flush()
    return made


def people(*roles: str, where: str, days: Iterable[date]) -> list[dict[str, object]]:
    """Members of a delegation as its draft holds them, the first one leading."""
    slug = where.lower().replace(" ", "-")
    return [
        {
            "name": f"{role}, {where}",
            "role": role,
            "address": f"{role.lower().replace(' ', '.')}@{slug}.example.org",
            "assistant_address": "",
            "days": [day.isoformat() for day in days],
            "member_id": None,
        }
        for role in roles
    ]
