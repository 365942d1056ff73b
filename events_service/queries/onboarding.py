"""Cities on their way in, as the secretariat's pages list them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.alphabet import alphabetical
from events_service.model import Onboarding


def introduced_cities(session: Session) -> list[Onboarding]:
    """Every city that was introduced, with its tasks and its event, by name."""
    found = session.scalars(
        select(Onboarding)
        .options(selectinload(Onboarding.tasks), selectinload(Onboarding.event))
        .order_by(Onboarding.id)
    )
    return sorted(found, key=lambda one: alphabetical(one.city.name))
