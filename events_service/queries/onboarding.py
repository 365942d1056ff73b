"""Cities on their way in, as the secretariat's pages list them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.model import City, Onboarding


def introduced_cities(session: Session) -> list[Onboarding]:
    """Every city that was introduced, with its tasks and its event, by name."""
    return list(
        session.scalars(
            select(Onboarding)
            .join(City, Onboarding.city_id == City.id)
            .options(selectinload(Onboarding.tasks), selectinload(Onboarding.event))
            .order_by(City.name, Onboarding.id)
        )
    )
