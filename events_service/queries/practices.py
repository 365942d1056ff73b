"""Practices that are published, as visitors browse them. Read-only."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from events_service.alphabet import alphabetical
from events_service.model import Practice


def published_practices(session: Session) -> list[Practice]:
    """All published practices, by city in alphabetical order, then by title."""
    found = session.scalars(_published()).unique().all()
    return sorted(found, key=lambda one: (alphabetical(one.city.name), alphabetical(one.title)))


def published_practice(session: Session, slug: str) -> Practice | None:
    return session.scalars(_published().where(Practice.slug == slug)).unique().one_or_none()


def beside(session: Session, practice: Practice) -> Sequence[Practice]:
    """Other published practices of the same event or city, in the order of their titles."""
    same = (Practice.event_id == practice.event_id) | (Practice.city_id == practice.city_id)
    found = session.scalars(_published().where(same, Practice.id != practice.id)).unique().all()
    return sorted(found, key=lambda one: alphabetical(one.title))[:4]


def _published() -> Select[Practice]:
    with_event = joinedload(Practice.event)
    return select(Practice).options(with_event).where(Practice.published_at.is_not(None))
