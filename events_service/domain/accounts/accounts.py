"""Who of the network team may sign in, as what, and for which series."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.domain.addresses import normalise
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, SeriesGrant
from events_service.model.account import Role
from events_service.translation import gettext as _


def account_numbered(session: Session, account_id: int) -> Account:
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound
    return found


def staff_accounts(session: Session) -> list[Account]:
    """Who can own a step or a task: administrators and staff that may sign in, by name."""
    found = session.scalars(
        select(Account)
        .where(Account.role.in_(("administrator", "staff")), Account.disabled_at.is_(None))
        .order_by(Account.id)
    )
    return sorted(found, key=lambda account: alphabetical(account.name))


def add_account(
    session: Session,
    address: str,
    name: str,
    role: Role,
    series_ids: Iterable[int] = (),
    *,
    now: datetime,
) -> Account:
    """Let somebody sign in. Conflict when the address has an account; grants are for organisers."""
    address = normalise(address)
    if session.scalar(select(Account.id).where(func.lower(Account.address) == address.lower())):
        raise Conflict(_("This address has an account already. Find it in the list below."))
    grants = [SeriesGrant(series_id=number) for number in set(series_ids)]
    account = Account(
        address=address,
        name=name,
        role=role,
        created_at=now,
        grants=grants if role == "organiser" else [],
    )
    session.add(account)
    session.flush()
    return account


def disable_account(session: Session, account: Account, by: Account, *, now: datetime) -> None:
    """Nobody signs in with it from now on, and who is signed in is out. Never one's own."""
    if account.id == by.id:
        raise Conflict(_("You can’t switch off your own account. Ask another administrator."))
    account.disabled_at = now
    account.sessions_end_before = now
    session.flush()


def enable_account(session: Session, account: Account) -> None:
    """Undo `disable_account`; the person signs in anew."""
    account.disabled_at = None
    session.flush()
