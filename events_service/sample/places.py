"""Cities with one focal point each, and organisations."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from events_service.domain.naming import slug_of
from events_service.model import City, Contact, Organisation
from events_service.sample.facts import FACTS

# The month in which the initiative began. Membership is assumed, so its date is too.
JOINED_AT = datetime(2021, 10, 1, tzinfo=UTC)
# In which a city's office is written to: assumed from its country, where letters are in its tongue.
LANGUAGES = {"FR": "fr", "SE": "sv", "SK": "sk"}
FOCAL_POINT = "Head of international affairs"


@dataclass(frozen=True)
class Places:
    """Cities and organisations by the name that the facts use."""

    cities: dict[str, City]
    organisations: dict[str, Organisation]


def add_places(session: Session) -> Places:
    places = Places(
        {fact["name"]: _city(fact) for fact in FACTS["cities"]},
        {fact["name"]: Organisation(**_organisation(fact)) for fact in FACTS["organisations"]},
    )
    session.add_all([*places.cities.values(), *places.organisations.values()])
    session.flush()
    return places


def _city(fact: dict[str, Any]) -> City:
    slug = slug_of(fact["name"])
    contact = Contact(
        name=f"{FOCAL_POINT}, {fact['name']}",
        role=FOCAL_POINT,
        address=f"{slug}@cities.example.org",
    )
    return City(
        slug=slug,
        name=fact["name"],
        subdivision=fact["subdivision"],
        country=fact["country"],
        latitude=fact["lat"],
        longitude=fact["lon"],
        timezone=fact["timezone"],
        language=LANGUAGES.get(fact["country"]),
        joined_at=JOINED_AT if fact["member"] else None,
        contacts=[contact],
    )


def _organisation(fact: dict[str, Any]) -> dict[str, Any]:
    return {name: fact.get(name) for name in ("name", "kind", "country", "agreement")}
