"""The network team, as administrators see it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.alphabet import alphabetical
from events_service.model import Account, Series


def accounts_by_name(session: Session) -> list[Account]:
    """Every account with its grants; those that may sign in first."""
    found = session.scalars(
        select(Account).options(selectinload(Account.grants)).order_by(Account.id)
    )
    return sorted(found, key=lambda one: (one.disabled_at is not None, alphabetical(one.name)))


def all_series(session: Session) -> list[Series]:
    found = session.scalars(select(Series).order_by(Series.id))
    return sorted(found, key=lambda one: alphabetical(one.title))
