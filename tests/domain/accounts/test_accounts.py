import pytest
from sqlalchemy.orm import Session

from events_service.domain.accounts import accounts
from events_service.domain.addresses import NotAnAddress
from events_service.domain.followup.contacts import add_contact
from events_service.domain.refusals import Conflict, NotFound
from events_service.model.account import Role
from tests import cast
from tests.conftest import TestClock
from tests.follow_up import colleague


@pytest.mark.parametrize(("role", "granted"), [("organiser", 1), ("staff", 0)])
def test_only_organisers_are_granted_series(
    db: Session, clock: TestClock, role: Role, granted: int
) -> None:
    number = cast.series(db).id
    made = accounts.add_account(
        db, " Lead@Example.org ", "Lead", role, [number, number], now=clock.now
    )
    assert (made.address, len(made.grants)) == ("Lead@example.org", granted)


def test_an_address_has_one_account(db: Session, clock: TestClock) -> None:
    colleague(db, "Lead")
    with pytest.raises(Conflict, match="has an account already"):
        accounts.add_account(db, "LEAD@example.org", "Lead", "staff", now=clock.now)
    with pytest.raises(NotAnAddress):
        accounts.add_account(db, "lead", "Lead", "staff", now=clock.now)


def test_a_disabled_account_is_out_and_can_return(db: Session, clock: TestClock) -> None:
    lead, administrator = colleague(db, "Lead"), colleague(db, "Administrator", "administrator")
    accounts.disable_account(db, lead, administrator, now=clock.now)
    assert (lead.disabled_at, lead.sessions_end_before) == (clock.now, clock.now)
    assert accounts.staff_accounts(db) == [administrator]
    accounts.enable_account(db, lead)
    assert accounts.staff_accounts(db) == [administrator, lead]


def test_nobody_locks_themselves_out(db: Session, clock: TestClock) -> None:
    me = colleague(db, "Administrator", "administrator")
    with pytest.raises(Conflict, match="your own account"):
        accounts.disable_account(db, me, me, now=clock.now)
    with pytest.raises(NotFound):
        accounts.account_numbered(db, 0)


def test_a_city_has_an_address_once(db: Session) -> None:
    newark = cast.city(db, "Newark")
    add_contact(db, newark, "Adviser, Newark", "Adviser", "adviser@newark.example.org")
    with pytest.raises(Conflict, match="already"):
        add_contact(db, newark, "Adviser", "", "Adviser@NEWARK.example.org")
