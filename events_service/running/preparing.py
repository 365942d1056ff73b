"""What a database needs before the service can work on it: tables, and someone who may sign in."""

from datetime import datetime

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import connect, transaction
from events_service.domain.accounts.signing_in import account_at, make_sign_in_link, sign_in_url
from events_service.migrations import is_current, upgrade
from events_service.model import Account, Series


class NoSuchAccount(Exception):
    """Nobody with that address has an account."""


ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('events-service: preparing'))")


def bring_up_to_date(engine: Engine) -> bool:
    """Run the migrations that the database lacks; whether there were any."""
    with engine.begin() as connection:
        connection.execute(ONE_AT_A_TIME)
        if is_current(connection):
            return False
        upgrade(connection)
        return True


def ensure_first_administrator(session: Session, settings: Settings, *, now: datetime) -> None:
    """Where nobody has an account yet, the first administrator gets one."""
    session.execute(ONE_AT_A_TIME)
    if session.scalar(select(Account.id).limit(1)) is None:
        session.add(
            Account(
                address=settings.first_administrator,
                name="Network administrator",
                role="administrator",
                created_at=now,
            )
        )
        session.flush()


def prepare_database(settings: Settings, *, now: datetime) -> None:
    """Connect this process; bring the database to this version; make the first account."""
    bring_up_to_date(connect(settings.sqlalchemy_url, pool_size=2))
    with transaction() as session:
        ensure_first_administrator(session, settings, now=now)


def load_sample_into_an_empty_database(settings: Settings, *, now: datetime) -> bool:
    """Whether there was no series yet and the sample was loaded."""
    from events_service import sample  # its data is read only at the very first start

    with transaction() as session:
        session.execute(ONE_AT_A_TIME)
        if session.scalar(select(Series.id).limit(1)) is not None:
            return False
        sample.load(session, settings, now=now)
        return True


def fresh_sign_in_url(settings: Settings, address: str, *, now: datetime) -> str:
    """A link that signs that account in once. Whoever gets it must not log it."""
    with transaction() as session:
        account = account_at(session, address)
        if account is None:
            raise NoSuchAccount(f"Nobody with the address {address} has an account here.")
        return sign_in_url(settings, make_sign_in_link(session, account, now=now))
