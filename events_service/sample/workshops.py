"""The series with its five events: hosts, themes, partners, agenda, and what informs what."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from events_service.model import AgendaSession, Event, EventPartner, Lineage, Series, Theme
from events_service.model.event import PartnerRole
from events_service.sample.facts import FACTS, INVENTED, local
from events_service.sample.places import Places

INVENTED_FIELDS = [
    "summary",
    "venue",
    "venue_address",
    "languages",
    "capacity",
    "seats_per_city",
    "registration_closes_at",
    "published_at",
]
LAST_MINUTE = time(23, 59)
MORNING = time(9)


def add_series(session: Session, places: Places) -> Series:
    series = Series(**INVENTED["series"])
    series.events = [_event(fact, places) for fact in FACTS["events"]]
    session.add(series)
    session.flush()
    _add_lineage(session, series)
    return series


def _event(fact: dict[str, Any], places: Places) -> Event:
    invented, zone = INVENTED["events"][fact["key"]], fact["timezone"]
    starts_on = date.fromisoformat(fact["starts_on"])
    return Event(
        slug=fact["key"],
        kind=fact["kind"],
        programme=fact["series"],
        title=fact["title"],
        city=places.cities[fact["city"]],
        timezone=zone,
        starts_on=starts_on,
        ends_on=date.fromisoformat(fact["ends_on"]),
        summary=invented["summary"],
        venue=invented["venue"],
        venue_address=invented["venue_address"],
        languages=invented["languages"],
        capacity=invented["capacity"],
        seats_per_city=invented["seats_per_city"],
        registration_closes_at=local(invented["registration_closes_on"], LAST_MINUTE, zone),
        published_at=local(invented["published_on"], MORNING, zone),
        sample=INVENTED_FIELDS,
        themes=[
            Theme(name=name, position=position)
            for position, name in enumerate(fact.get("themes", []))
        ],
        partners=[
            *_partners("partner", fact.get("partners", []), places),
            *_partners("donor", fact.get("supporters", []), places),
        ],
        sessions=[_session(starts_on, *row) for row in invented["agenda"]],
    )


def _partners(role: PartnerRole, names: list[str], places: Places) -> list[EventPartner]:
    """Each name as the city it is "City of", otherwise as the organisation."""
    return [
        EventPartner(
            role=role,
            position=position,
            city=places.cities[name.removeprefix("City of ")]
            if name.startswith("City of ")
            else None,
            organisation=places.organisations.get(name),
        )
        for position, name in enumerate(names)
    ]


def _session(
    starts_on: date, day: int, starts: str, ends: str, title: str, note: str
) -> AgendaSession:
    return AgendaSession(
        held_on=starts_on + timedelta(days=day - 1),
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        title=title,
        note=note,
        sample=True,
    )


def _add_lineage(session: Session, series: Series) -> None:
    numbers = {event.slug: event.id for event in series.events}
    session.add_all(
        Lineage(from_event_id=numbers[fact["key"]], to_event_id=numbers[later])
        for fact in FACTS["events"]
        for later in fact.get("informs", [])
    )
