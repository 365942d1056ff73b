from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.delivery import mail_decisions
from events_service.domain.outbox import Recipient, promise
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import OutboxMail
from events_service.model.mail import MailState, OnUnknown, held_for_a_person
from tests.conftest import TestClock
from tests.follow_up import colleague


def mail(
    db: Session, clock: TestClock, state: MailState, on_unknown: OnUnknown = "hold"
) -> OutboxMail:
    promise(
        db,
        "city_invited",
        Recipient("mayor@newark.example.org"),
        key="letter",
        facts={},
        now=clock.now,
        mail_domain="events.example.org",
        on_unknown=on_unknown,
    )
    made = db.query(OutboxMail).one()
    made.state, made.rendered, made.attempts, made.fence = state, b"Dear Mayor,", 8, 3
    made.last_answer = "550 no such person"
    db.flush()
    return made


ASKED = [("dead", "hold"), ("dead", "resend"), ("unknown", "hold")]
NOT_ASKED = [("unknown", "resend"), ("sent", "hold"), ("queued", "hold"), ("drafted", "hold")]


@pytest.mark.parametrize(("state", "policy"), ASKED)
def test_sending_again_keeps_bytes_and_message_id(
    db: Session, clock: TestClock, state: MailState, policy: OnUnknown
) -> None:
    letter = mail(db, clock, state, policy)
    message_id = letter.message_id
    clock.advance(timedelta(hours=1))
    mail_decisions.send_again(db, letter.id, now=clock.now)
    assert (letter.state, letter.due_at, letter.attempts, letter.fence) == (
        "queued",
        clock.now,
        0,
        4,
    )
    assert (letter.message_id, letter.rendered) == (message_id, b"Dear Mayor,")


@pytest.mark.parametrize(("state", "policy"), NOT_ASKED)
def test_what_the_service_settles_itself_is_not_for_a_person(
    db: Session, clock: TestClock, state: MailState, policy: OnUnknown
) -> None:
    letter, person = mail(db, clock, state, policy), colleague(db)
    with pytest.raises(Conflict, match="decided about this letter already"):
        mail_decisions.send_again(db, letter.id, now=clock.now)
    with pytest.raises(Conflict, match="decided about this letter already"):
        mail_decisions.leave(db, letter.id, person, now=clock.now)
    assert (letter.state, letter.left_at) == (state, None)


def test_a_letter_that_is_left_asks_nobody_again(db: Session, clock: TestClock) -> None:
    letter, person = mail(db, clock, "dead"), colleague(db)
    mail_decisions.leave(db, letter.id, person, now=clock.now)
    assert (letter.state, letter.left_at, letter.left_by_id) == ("dead", clock.now, person.id)
    asked = select(OutboxMail.id).where(held_for_a_person())
    assert db.scalars(asked).all() == []
    with pytest.raises(Conflict):
        mail_decisions.send_again(db, letter.id, now=clock.now)


def test_a_letter_that_never_rendered_is_rendered_anew(db: Session, clock: TestClock) -> None:
    letter = mail(db, clock, "dead")
    letter.rendered, letter.render_attempts = None, 5
    mail_decisions.send_again(db, letter.id, now=clock.now)
    assert (letter.state, letter.render_attempts) == ("queued", 0)


def test_a_sign_in_link_is_past_deciding(db: Session, clock: TestClock) -> None:
    """Control: the same mail of another letter is asked about."""
    letter = mail(db, clock, "dead")
    asked = select(OutboxMail.id).where(held_for_a_person())
    assert db.scalars(asked).all() == [letter.id]
    letter.letter = "sign_in"
    db.flush()
    assert db.scalars(asked).all() == []


def test_there_is_no_such_letter(db: Session, clock: TestClock) -> None:
    with pytest.raises(NotFound):
        mail_decisions.send_again(db, 0, now=clock.now)
