"""The cities and focal points that are there, as a list is compared with them. Three queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.importing.lines import tidy
from events_service.model import City, Contact, Onboarding


@dataclass(frozen=True)
class KnownPerson:
    number: int
    name: str
    role: str
    address: str


@dataclass(frozen=True)
class KnownCity:
    """`on_its_way`: it is being onboarded, and becomes a member there."""

    number: int
    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    timezone: str
    language: str  # of letters; empty: not known
    member_since: date | None
    people: Sequence[KnownPerson]
    on_its_way: bool


def known_cities(session: Session) -> list[KnownCity]:
    people: dict[int, list[KnownPerson]] = defaultdict(list)
    asked = select(Contact.city_id, Contact.id, Contact.name, Contact.role, Contact.address)
    for city_id, number, name, role, address in session.execute(asked.order_by(Contact.id)):
        people[city_id].append(KnownPerson(number, tidy(name), tidy(role), tidy(address)))
    joining = select(Onboarding.city_id).where(Onboarding.state != "active")
    on_their_way = set(session.scalars(joining))
    rows = session.execute(
        select(
            City.id,
            City.name,
            City.subdivision,
            City.country,
            City.latitude,
            City.longitude,
            City.timezone,
            City.language,
            City.joined_at,
        ).order_by(City.id)
    )
    return [
        KnownCity(
            number=row.id,
            name=tidy(row.name),
            region=tidy(row.subdivision or ""),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            timezone=row.timezone,
            language=row.language or "",
            member_since=row.joined_at.astimezone(UTC).date() if row.joined_at else None,
            people=people[row.id],
            on_its_way=row.id in on_their_way,
        )
        for row in rows
    ]
