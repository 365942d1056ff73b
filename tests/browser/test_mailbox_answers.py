"""An invitation is answered in the mailbox, and the answer comes in like any other."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from events_service.model import InboundMail, Member, OutboxMail
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser

A_MOMENT = 30.0  # seconds for a worker


def invited(service: WholeService) -> int:
    """The number of a mayor who is invited to three days."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, "answers", "Answers from calendars")
        city = office.registered(db, service.settings, clock, event, "Cape Town", "Mayor")
        return office.people_of(city)[0].id


def soon(found: Callable[[], object]) -> object:
    """What it finds once a worker has been there."""
    deadline = time.monotonic() + A_MOMENT
    while not (value := found()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return value


def letter_of(service: WholeService, member: int) -> object:
    """The number of the invitation in the mailbox."""
    wanted = select(OutboxMail.id).where(
        OutboxMail.member_id == member, OutboxMail.state == "sent", OutboxMail.invitation_id > 0
    )
    with service.session() as db:
        return db.scalar(wanted)


def outcome_of_the_answer(service: WholeService, member: int) -> object:
    with service.session() as db:
        sender = db.get_one(Member, member).address
        return db.scalar(select(InboundMail.outcome).where(InboundMail.sender == sender))


def test_a_mayor_declines_one_day(quiet_service: WholeService, visits) -> None:
    member = invited(quiet_service)
    staff: Visitor = visits(quiet_service, screen="phone")
    staff.open(quiet_service.sign_in_path("staff@events.example.org"))
    staff.press("Sign in", within="main")
    staff.open(f"/staff/mailbox/{soon(lambda: letter_of(quiet_service, member))}")
    staff.follow("Answer as Mayor, Cape Town")
    staff.press("Post this answer")
    assert [target for target, _ in staff.slips()] == ["answer"]
    staff.tick("Decline")
    staff.tick("Tuesday 1\u00a0June")
    staff.write("Comment (optional)", "I have to be in the council")
    staff.press("Post this answer")
    staff.sees("The answer of Mayor, Cape Town is posted")
    assert soon(lambda: outcome_of_the_answer(quiet_service, member)) == "applied"
    with quiet_service.session() as db:
        (invitation,) = db.get_one(Member, member).invitations
        answers = [(one.day, one.partstat) for one in invitation.day_answers]
    assert answers == [(scenes.SECOND_DAY, "DECLINED")]
