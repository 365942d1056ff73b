"""Partnerships, as the secretariat's pages list them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, selectinload

from events_service.alphabet import alphabetical
from events_service.model import City, OutboxMail, Practice, Spotlight, SpotlightStep


def partnerships(session: Session) -> list[Spotlight]:
    """All partnerships with their steps, the state of each step's letter and the city's contacts,
    oldest first."""
    letters = selectinload(Spotlight.steps).selectinload(SpotlightStep.mail)
    contacts = selectinload(Spotlight.city).selectinload(City.contacts)
    return list(
        session.scalars(
            select(Spotlight)
            .options(letters.options(defer(OutboxMail.rendered), defer(OutboxMail.facts)), contacts)
            .order_by(Spotlight.started_at, Spotlight.id)
        )
    )


def practices_without_partnership(session: Session) -> list[Practice]:
    """Practices that a partnership can start from, by city and title."""
    found = session.scalars(
        select(Practice)
        .where(Practice.id.not_in(select(Spotlight.practice_id)))
        .order_by(Practice.id)
    )
    return sorted(found, key=lambda one: (alphabetical(one.city.name), alphabetical(one.title)))
