"""Who was there. Which bodies were represented is public; the people are roles, and invented."""

from datetime import time

from sqlalchemy.orm import Session

from events_service.domain.registration.form import days_of
from events_service.model import Attendance, Event
from events_service.sample.facts import INVENTED, fact_of, local
from events_service.sample.places import Places

EVENING = time(18)


def add_attendance(session: Session, event: Event, places: Places) -> None:
    """Attendance of every day: the roles of each body, in the order in which the facts name it."""
    roles = INVENTED["attendance"].get(event.slug, {})
    session.add_all(
        Attendance(
            event_id=event.id,
            city=places.cities.get(body),
            organisation=places.organisations.get(body),
            name=f"{role}, {body}",
            role=role,
            days=days_of(event),
            recorded_at=local(event.ends_on, EVENING, event.timezone),
            sample=True,
        )
        for body in represented_at(event.slug)
        for role in roles[body]
    )


def represented_at(event_key: str) -> list[str]:
    """Names of the cities and organisations that were at an event, as far as it is public."""
    fact = fact_of(event_key)
    kinds = ("represented_cities", "introduced_cities", "represented_organisations")
    return [body for kind in kinds for body in fact.get(kind, [])]
