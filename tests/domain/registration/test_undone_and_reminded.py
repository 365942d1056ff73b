"""A decision is undone of which nobody was told, and yet somebody was reminded of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.desk import leave_group_out
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.nudging import NUDGE, nudge_facts
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling.moving import move_event
from events_service.domain.scheduling.refreshing import refresh_drafts
from events_service.domain.snapshot import event_facts
from events_service.model import CityInvitation, Invitation, OutboxMail
from events_service.model.mail import MailState
from tests import follow_up, office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of
from tests.domain.scheduling.test_changes import later

OFFICE, MAYOR, LIAISON = (f"{name}@newark.example.org" for name in ("office", "mayor", "liaison"))


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


@pytest.fixture
def newark(desk: Desk) -> CityInvitation:
    """Approved; the letters wait, and a reminder to the mayor is there."""
    made = desk.handed_in("Newark", "Mayor", "Liaison")
    office.letters(desk.db)
    desk.approve(made)
    desk.clock.advance(timedelta(minutes=1))
    return made


def reminded(desk: Desk, newark: CityInvitation, state: MailState) -> None:
    """As a race, or an older version of the service, may have left it."""
    mayor, _ = office.people_of(newark)
    (entry,) = mayor.invitations
    facts = nudge_facts(event_facts(desk.event), mayor, entry, "", desk.clock.now)
    mail = OutboxMail(
        letter=NUDGE,
        dedupe_key=f"{NUDGE}:{mayor.id}:1",
        facts=dict(facts),
        to_address=mayor.address,
        message_id="<reminder@workshops.example.org>",
        created_at=desk.clock.now,
        due_at=desk.clock.now,
        only_while_unanswered=True,
        state=state,
        event_id=desk.event.id,
        city_id=newark.city_id,
        member_id=mayor.id,
        invitation_id=entry.id,
    )
    desk.db.add(mail)
    desk.db.flush()


def letters(desk: Desk) -> list[tuple[str, str, str]]:
    desk.db.expire_all()
    mails = desk.db.query(OutboxMail).where(OutboxMail.state != "discarded")
    return [(one.letter, one.to_address, one.state) for one in mails.order_by(OutboxMail.id)]


def entries(desk: Desk) -> list[tuple[str, int, bool]]:
    """Address, SEQUENCE and whether it stands."""
    desk.db.expire_all()
    rows = desk.db.query(Invitation).order_by(Invitation.id)
    return [(one.member.address, one.sequence, one.cancelled_at is None) for one in rows]


@pytest.mark.parametrize("state", ["drafted", "discarded"])
def test_a_reminder_that_has_not_left_goes_with_the_decision(
    desk: Desk, newark: CityInvitation, state: MailState
) -> None:
    reminded(desk, newark, state)
    desk.undo(newark)
    assert (of(newark).state, desk.taken(), letters(desk), entries(desk)) == (
        "submitted",
        0,
        [],
        [],
    )


def test_whoever_has_the_entry_by_a_reminder_is_told_that_it_ended(
    desk: Desk, newark: CityInvitation
) -> None:
    """Control: the liaison has none. The letter waits to be read, and says why."""
    reminded(desk, newark, "sent")
    desk.undo(newark)
    assert (of(newark).state, desk.taken()) == ("submitted", 0)
    assert letters(desk) == [
        (NUDGE, MAYOR, "sent"),
        ("member_cancelled", MAYOR, "drafted"),
    ]
    assert entries(desk) == [(MAYOR, 1, False)]
    mail = desk.db.query(OutboxMail).filter_by(letter="member_cancelled").one()
    rendered = follow_up.written(desk.db, desk.settings, mail).rendered or b""
    assert b"METHOD:CANCEL" in rendered
    assert "was sent too early" in " ".join(rendered.decode().split())


def test_approved_again_the_entry_is_taken_up_above_its_end(
    desk: Desk, newark: CityInvitation
) -> None:
    reminded(desk, newark, "sent")
    desk.undo(newark)
    desk.clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    assert entries(desk) == [(MAYOR, 2, True), (LIAISON, 0, True)]


@pytest.mark.parametrize("does", ["changes", "withdraws"])
def test_what_the_city_does_tells_them_at_once(
    desk: Desk, newark: CityInvitation, does: str
) -> None:
    reminded(desk, newark, "sent")
    if does == "changes":
        draft = draft_of(newark)
        draft = replace(draft, people=draft.people[:1])
        save_draft(desk.db, newark, draft, now=desk.clock.now)
        confirm_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)
    else:
        withdraw_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)
    assert letters(desk) == [
        (NUDGE, MAYOR, "sent"),
        ("member_cancelled", MAYOR, "queued"),
        (f"delegation_{'submitted' if does == 'changes' else 'withdrawn'}", OFFICE, "queued"),
    ]
    assert entries(desk) == [(MAYOR, 1, False)]


def test_a_second_entry_that_a_move_brought_goes_too(desk: Desk, newark: CityInvitation) -> None:
    """The letters were left out before, so it belongs to no decision."""
    group = f"city-{newark.city_id}"
    leave_group_out(desk.db, desk.event.id, group, desk.me, now=desk.clock.now)
    move = later(desk.event, style="each_day")
    move_event(desk.db, desk.settings, desk.event, move, desk.clock.now)
    refresh_drafts(desk.db, desk.event, desk.clock.now)
    assert len(entries(desk)) == 6
    desk.undo(newark)
    assert entries(desk) == []
    assert [one for one in letters(desk) if one[0].startswith("member_")] == []
