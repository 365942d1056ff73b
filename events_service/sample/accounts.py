"""Who signs in: the first administrator, and one account of each other role to try."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.accounts.signing_in import account_at
from events_service.domain.addresses import normalise
from events_service.model import Account, Series, SeriesGrant
from events_service.model.account import Role

STAFF = "staff@events.example.org"
ORGANISER = "organiser@events.example.org"


def add_accounts(session: Session, settings: Settings, series: Series, *, now: datetime) -> None:
    _account(session, settings.first_administrator, "Network administrator", "administrator", now)
    _account(session, STAFF, "Network secretariat", "staff", now)
    organiser = _account(session, ORGANISER, "Workshop organiser", "organiser", now)
    session.merge(SeriesGrant(account_id=organiser.id, series_id=series.id))


def _account(session: Session, address: str, name: str, role: Role, now: datetime) -> Account:
    """The account of an address; one that is there already keeps its role."""
    known = account_at(session, address)
    if known is not None:
        return known
    account = Account(address=normalise(address), name=name, role=role, created_at=now)
    session.add(account)
    session.flush()
    return account
