"""The network team, as administrators see it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from events_service.model import Account, Series


def accounts_by_name(session: Session) -> list[Account]:
    """Every account with its grants; those that may sign in first."""
    return list(
        session.scalars(
            select(Account)
            .options(selectinload(Account.grants))
            .order_by(Account.disabled_at.is_not(None), func.lower(Account.name), Account.id)
        )
    )


def all_series(session: Session) -> list[Series]:
    return list(session.scalars(select(Series).order_by(Series.title, Series.id)))
