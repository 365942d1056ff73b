"""Nobody is reminded of an invitation that was never sent to them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import batch
from events_service.domain.delivery.desk import leave_group_out, put_back
from events_service.domain.registration.form import days_of
from events_service.domain.registration.nudging import draft_nudges
from events_service.domain.registration.sending_to_many import send_to_many
from events_service.model import CityInvitation, Invitation, Member, OutboxMail
from events_service.queries.board import board_of
from events_service.queries.nudges import silent_people
from tests import office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of
from tests.reminding import nudges

MAYOR, LIAISON = "mayor@newark.example.org", "liaison@newark.example.org"
BOTH = [MAYOR, LIAISON]
Happens = Callable[[str], None]


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


@pytest.fixture
def newark(desk: Desk) -> CityInvitation:
    """Approved; the letters wait."""
    made = desk.handed_in("Newark", "Mayor", "Liaison")
    desk.approve(made)
    return made


@pytest.fixture
def happens(desk: Desk, newark: CityInvitation) -> Happens:
    """To the letters: they wait, are left_out, released or taken_back."""

    def happens(what: str) -> None:
        if what == "left_out":
            group = f"city-{newark.city_id}"
            leave_group_out(desk.db, desk.event.id, group, desk.me, now=desk.clock.now)
        if what in ("released", "taken_back"):
            office.release_all(desk.db, desk.settings, desk.clock, desk.event, desk.me)
        if what == "taken_back":
            batch.take_back(desk.db, desk.event.id, desk.clock.now)
        desk.clock.advance(timedelta(seconds=30))
        desk.db.expire_all()

    return happens


def remind(desk: Desk, newark: CityInvitation) -> int:
    people = [one.id for one in office.people_of(newark)]
    return draft_nudges(desk.db, desk.settings, desk.event, people, words="", now=desk.clock.now)


def reminders(desk: Desk) -> list[tuple[str, str]]:
    desk.db.expire_all()
    mails = desk.db.query(OutboxMail).filter_by(letter="member_nudge").order_by(OutboxMail.id)
    return [(one.to_address, one.state) for one in mails]


def offered(desk: Desk) -> list[str]:
    desk.db.flush()
    desk.db.expire_all()
    silent = silent_people(desk.db, desk.event, now=desk.clock.now)
    return [desk.db.get_one(Member, one.person.member_id).address for one in silent]


def the_letter(desk: Desk, address: str) -> OutboxMail:
    asked = desk.db.query(OutboxMail).filter_by(letter="member_invited", to_address=address)
    return asked.one()


@pytest.mark.parametrize(
    ("what", "asked"),
    [("waits", []), ("left_out", []), ("taken_back", []), ("released", BOTH)],
)
def test_only_people_whose_invitation_was_sent_are_reminded(
    desk: Desk, newark: CityInvitation, happens: Happens, what: str, asked: list[str]
) -> None:
    happens(what)
    assert offered(desk) == asked
    later = desk.clock.now + timedelta(days=15)
    assert [row.questions for row in board_of(desk.db, desk.event, now=later).delegations] == [
        ("unanswered",) if asked else ()
    ]
    assert remind(desk, newark) == len(asked)
    assert reminders(desk) == [(address, "drafted") for address in asked]


def test_of_two_people_the_one_whose_letter_was_left_out_is_not(
    desk: Desk, newark: CityInvitation
) -> None:
    desk.send_letters()
    letter = the_letter(desk, LIAISON)
    letter.state, letter.left_at = "discarded", desk.clock.now
    assert (offered(desk), remind(desk, newark)) == ([MAYOR], 1)
    put_back(desk.db, desk.event.id, letter.id, now=desk.clock.now)
    assert (offered(desk), remind(desk, newark)) == ([MAYOR], 1)
    letter.state = "sent"  # control
    assert (offered(desk), remind(desk, newark)) == (BOTH, 2)


def test_an_invitation_that_is_sent_again_was_sent_before(
    desk: Desk, newark: CityInvitation
) -> None:
    """What waits is not the first letter about it."""
    desk.send_letters()
    people = [one.id for one in office.people_of(newark)]
    send_to_many(desk.db, desk.settings, desk.event, people, now=desk.clock.now)
    assert (offered(desk), remind(desk, newark)) == (BOTH, 2)


def test_of_two_entries_the_one_that_was_told_is_asked_about(
    desk: Desk, newark: CityInvitation
) -> None:
    """The earlier one waits."""
    desk.undo(newark)
    first, *_, last = days_of(desk.event)
    (mayor, _) = office.people_of(newark)
    mayor.days = [first, last]
    desk.clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    _, later = desk.db.query(Invitation).filter_by(member_id=mayor.id).order_by(Invitation.id)
    desk.db.query(OutboxMail).filter_by(invitation_id=later.id).one().state = "sent"
    assert (offered(desk), remind(desk, newark)) == ([MAYOR], 1)
    assert [one.invitation_id for one in nudges(desk.db, desk.settings)] == [later.id]
    later.partstat = "ACCEPTED"
    assert offered(desk) == []


def test_undoing_the_release_of_an_invitation_puts_its_reminder_aside(
    desk: Desk, newark: CityInvitation, happens: Happens
) -> None:
    """Also one that was released meanwhile. Control: of a letter that a worker has taken, it
    stays."""
    released = desk.clock.now
    happens("released")
    the_letter(desk, LIAISON).attempts = 1
    remind(desk, newark)
    office.release_all(desk.db, desk.settings, desk.clock, desk.event, desk.me)
    assert reminders(desk) == [(MAYOR, "queued"), (LIAISON, "queued")]
    batch.take_back(desk.db, desk.event.id, released)
    assert reminders(desk) == [(MAYOR, "discarded"), (LIAISON, "queued")]
    assert of(newark).state == "confirmed"
