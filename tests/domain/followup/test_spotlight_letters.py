from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.followup import spotlights
from events_service.domain.followup.spotlight_letters import contact_for, draft_due_letters
from events_service.domain.refusals import Conflict
from events_service.model import Delegation, Member, OutboxMail, Spotlight
from tests import cast
from tests.conftest import TestClock
from tests.follow_up import came, colleague, practice

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def spotlight(db: Session, clock: TestClock) -> Spotlight:
    clock.advance(timedelta(days=2))  # to Tuesday
    return spotlights.start_partnership(db, practice(db).id, colleague(db), TUESDAY, now=clock.now)


def mails(db: Session) -> list[OutboxMail]:
    return list(db.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def sent(db: Session, mail: OutboxMail, clock: TestClock) -> None:
    mail.state, mail.sent_at = "sent", clock.now
    db.flush()


def test_a_due_step_becomes_one_letter_that_waits(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    assert draft_due_letters(db, settings, now=clock.now) == 1
    assert draft_due_letters(db, settings, now=clock.now) == 0
    [mail] = mails(db)
    assert (mail.state, mail.letter, mail.to_address, mail.to_name, mail.on_unknown) == (
        "drafted",
        "spotlight_invite",
        "newark@cities.example.org",
        "Head of international affairs, Newark",
        "hold",
    )
    assert mail.facts["answer_by"] == "2026-12-08"
    assert mail.facts["words"] == ""
    assert spotlight.steps[0].mail_id == mail.id


def test_the_key_of_the_step_lets_two_workers_draft_it_once(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    spotlight.steps[0].mail = None  # what a second worker saw before the first committed
    db.flush()
    draft_due_letters(db, settings, now=clock.now)
    [mail] = mails(db)
    assert spotlight.steps[0].mail_id == mail.id


@pytest.mark.parametrize(("wait", "drafted"), [(0, 0), (1, 1), (30, 1)])
def test_nothing_is_drafted_before_its_day(
    db: Session,
    settings: Settings,
    clock: TestClock,
    spotlight: Spotlight,
    wait: int,
    drafted: int,
) -> None:
    spotlight.steps[0].due_on = TUESDAY + timedelta(days=1)
    clock.advance(timedelta(days=wait))
    assert draft_due_letters(db, settings, now=clock.now) == drafted


def test_a_step_waits_for_the_one_before_it(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    clock.advance(timedelta(days=60))  # three steps are due by now
    assert draft_due_letters(db, settings, now=clock.now) == 1
    sent(db, mails(db)[0], clock)
    assert draft_due_letters(db, settings, now=clock.now) == 1
    assert spotlight.steps[0].done_at == clock.now
    assert [mail.letter for mail in mails(db)] == ["spotlight_invite", "spotlight_draft"]


def test_the_step_of_a_sent_letter_stays_done(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    sent(db, mails(db)[0], clock)
    assert spotlights.finished_at(spotlight.steps[0]) == clock.now
    with pytest.raises(Conflict, match="was sent"):
        spotlights.mark_open(db, spotlight.steps[0])


def test_marking_done_puts_the_draft_aside_and_undo_brings_it_back(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    spotlights.mark_done(db, spotlight.steps[0], now=clock.now)
    assert mails(db)[0].state == "discarded"
    spotlights.mark_open(db, spotlight.steps[0])
    assert mails(db)[0].state == "drafted"


def test_an_approved_letter_is_not_put_aside(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    mails(db)[0].state = "queued"
    db.flush()
    spotlights.decline(db, spotlight)
    assert mails(db)[0].state == "queued"


def test_a_declined_partnership_is_silent_and_its_draft_returns_with_it(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    spotlights.decline(db, spotlight)
    clock.advance(timedelta(days=60))
    assert draft_due_letters(db, settings, now=clock.now) == 0
    assert mails(db)[0].state == "discarded"
    spotlights.reopen(db, spotlight)
    assert mails(db)[0].state == "drafted"


@pytest.mark.usefixtures("spotlight")
def test_a_draft_of_another_day_is_written_anew_with_its_personal_words(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    mail = mails(db)[0]
    approval.edit_letter(db, mail.id, "We met at the harbour.", read="", now=clock.now)
    mail.rendered = b"letter of Tuesday"
    clock.advance(timedelta(days=5))
    assert draft_due_letters(db, settings, now=clock.now) == 0
    assert (mail.rendered, mail.created_at) == (None, clock.now)
    told: dict[str, Any] = mail.facts
    assert (told["answer_by"], told["words"]) == ("2026-12-14", "We met at the harbour.")


@pytest.mark.usefixtures("spotlight")
def test_a_draft_of_today_is_left_as_it_was_read(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    draft_due_letters(db, settings, now=clock.now)
    mails(db)[0].rendered = b"letter of Tuesday"
    clock.advance(timedelta(hours=2))
    draft_due_letters(db, settings, now=clock.now)
    assert mails(db)[0].rendered == b"letter of Tuesday"


def test_without_an_address_nothing_is_drafted(
    db: Session, settings: Settings, clock: TestClock, spotlight: Spotlight
) -> None:
    spotlight.city.contacts.clear()
    db.flush()
    assert contact_for(db, spotlight) is None
    assert draft_due_letters(db, settings, now=clock.now) == 0
    assert mails(db) == []


def test_without_a_focal_point_the_letter_goes_to_who_came(
    db: Session, spotlight: Spotlight
) -> None:
    member = member_of(db, spotlight)
    came(db, spotlight.practice.event, "Newark").member_id = member.id
    spotlight.city.contacts.clear()
    db.flush()
    assert contact_for(db, spotlight) == {
        "name": "Deputy mayor, Newark",
        "role": "Deputy mayor",
        "address": "deputy.mayor@newark.example.org",
    }


def member_of(db: Session, spotlight: Spotlight) -> Member:
    event = spotlight.practice.event
    invitation = cast.invited(db, event, "Newark")
    delegation = Delegation(
        city_invitation=invitation,
        event=event,
        city=spotlight.city,
        contact_address="deputy.mayor@newark.example.org",
        started_at=cast.LONG_AGO,
    )
    member = Member(
        delegation=delegation,
        name="Deputy mayor, Newark",
        role="Deputy mayor",
        address="deputy.mayor@newark.example.org",
        days=[event.starts_on],
    )
    db.add(member)
    db.flush()
    return member
