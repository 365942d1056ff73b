"""A city changes what some of its people were never told of: their first letter tells how it is,
and nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import desk
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import days_of, draft_of
from events_service.domain.registration.saving import save_draft
from events_service.model import CityInvitation, Event, OutboxMail
from tests import cast, follow_up, office
from tests.conftest import TestClock

OFFICE = "office@newark.example.org"
MAYOR, ADVISER, CHIEF = (f"{role}@newark.example.org" for role in ("mayor", "adviser", "chief"))
RECEIPT = ("delegation_confirmed", OFFICE, "queued")
Confirm = Callable[[DelegationDraft], None]


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture(params=["drafted", "discarded"])
def state(request: pytest.FixtureRequest) -> str:
    """Of the mayor's invitation: it waits, or was left out."""
    return str(request.param)


@pytest.fixture
def newark(
    db: Session, settings: Settings, clock: TestClock, event: Event, state: str
) -> CityInvitation:
    """The adviser was told, and the city."""
    made = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    for mail in db.query(OutboxMail):
        mail.state = "drafted" if mail.to_address == MAYOR else "sent"
    db.flush()
    if state == "discarded":
        desk.leave_out(db, event.id, first(db).id, follow_up.colleague(db), now=clock.now)
    clock.advance(timedelta(hours=1))
    return made


@pytest.fixture
def confirm(db: Session, settings: Settings, clock: TestClock, newark: CityInvitation) -> Confirm:
    def confirm(draft: DelegationDraft) -> None:
        save_draft(db, newark, draft, now=clock.now)
        confirm_delegation(db, settings, newark.id, now=clock.now)

    return confirm


def first(db: Session) -> OutboxMail:
    asked = db.query(OutboxMail).filter_by(letter="member_invited", to_address=MAYOR)
    found = asked.order_by(OutboxMail.id).populate_existing().first()
    assert found is not None
    return found


def since(db: Session) -> list[tuple[str, str, str]]:
    """What was written, beside what had left and the mayor's first letter."""
    db.expire_all()
    mails = db.query(OutboxMail).where(OutboxMail.state != "sent", OutboxMail.id != first(db).id)
    return [(one.letter, one.to_address, one.state) for one in mails.order_by(OutboxMail.id)]


def all_come(newark: CityInvitation, *days: date) -> DelegationDraft:
    draft = draft_of(newark)
    return replace(draft, people=tuple(replace(one, days=days) for one in draft.people))


def test_other_days(
    db: Session, event: Event, newark: CityInvitation, confirm: Confirm, state: str
) -> None:
    """Control: the adviser is told of them."""
    day = days_of(event)[0]
    confirm(all_come(newark, day))
    assert since(db) == [("member_updated", ADVISER, "queued"), RECEIPT]
    letter = first(db)
    assert (letter.state, letter.facts["days"], letter.facts["invitation"]["sequence"]) == (
        state,
        [day.isoformat()],
        1,
    )


def test_days_that_make_another_entry(
    db: Session, event: Event, newark: CityInvitation, confirm: Confirm
) -> None:
    """It waits with the first; or waits to be read, where that was left out."""
    every = days_of(event)
    confirm(all_come(newark, every[0], every[-1]))
    assert since(db) == [
        ("member_invited", MAYOR, "drafted"),
        ("member_updated", ADVISER, "queued"),
        ("member_invited", ADVISER, "queued"),
        RECEIPT,
    ]


def test_they_come_no_longer(
    db: Session, newark: CityInvitation, confirm: Confirm, event: Event
) -> None:
    """Control: the adviser goes too, in place of whom others come."""
    days = tuple(days_of(event))
    draft = draft_of(newark)
    confirm(replace(draft, people=(PersonDraft("Chief", "Chief", CHIEF, days=days),)))
    assert since(db) == [
        ("member_cancelled", ADVISER, "queued"),
        ("member_invited", CHIEF, "queued"),
        RECEIPT,
    ]
    assert first(db).state == "discarded"


def test_whom_the_city_names_again_is_invited(
    db: Session, clock: TestClock, newark: CityInvitation, confirm: Confirm
) -> None:
    whole = draft_of(newark)
    confirm(replace(whole, people=whole.people[1:]))
    clock.advance(timedelta(hours=1))
    people = (replace(whole.people[0], member_id=None), *whole.people[1:])
    confirm(replace(draft_of(newark), people=people))
    assert since(db) == [RECEIPT, ("member_invited", MAYOR, "queued"), RECEIPT]


def test_the_city_withdraws(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    withdraw_delegation(db, settings, newark.id, now=clock.now)
    assert since(db) == [
        ("member_cancelled", ADVISER, "queued"),
        ("delegation_withdrawn", OFFICE, "queued"),
    ]
    assert first(db).state == "discarded"
