from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.delivery import approval
from events_service.domain.outbox import Recipient, promise
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import OutboxMail
from tests.conftest import TestClock
from tests.follow_up import colleague

READ = "7fce1ab84aeee0bc17a8f0ecd8efd3a3ebeb1d2e66a7b8a4df62c8d2a0fe2e1d"


@pytest.fixture
def letter(db: Session, clock: TestClock) -> OutboxMail:
    """A rendered letter that waits for approval."""
    promise(
        db,
        "spotlight_invite",
        Recipient("mayor@newark.example.org"),
        key="letter",
        facts={"city": "Newark", "words": ""},
        now=clock.now,
        mail_domain="events.example.org",
        for_approval=True,
    )
    mail = db.query(OutboxMail).one()
    mail.rendered = b"Dear Mayor,"
    db.flush()
    return mail


def test_what_was_read_is_approved_and_queued(
    db: Session, clock: TestClock, letter: OutboxMail
) -> None:
    reader, read = colleague(db), approval.digest_of(letter)
    clock.advance(timedelta(hours=1))
    approval.approve_letter(db, letter.id, reader, read=read, now=clock.now)
    assert (letter.state, letter.approved_by_id, letter.approved_at, letter.due_at) == (
        "queued",
        reader.id,
        clock.now,
        clock.now,
    )
    assert letter.approved_hash == read
    assert letter.rendered == b"Dear Mayor,"


@pytest.mark.parametrize(
    ("rendered", "why"),
    [(b"Dear Mayor!", "has changed since you read it"), (None, "still being prepared")],
)
def test_other_bytes_than_those_read_are_not_approved(
    db: Session, clock: TestClock, letter: OutboxMail, rendered: bytes | None, why: str
) -> None:
    read = approval.digest_of(letter)
    letter.rendered = rendered
    db.flush()
    with pytest.raises(Conflict, match=why):
        approval.approve_letter(db, letter.id, colleague(db), read=read, now=clock.now)
    assert (letter.state, letter.approved_at) == ("drafted", None)


def test_an_empty_digest_approves_nothing(
    db: Session, clock: TestClock, letter: OutboxMail
) -> None:
    letter.rendered = None
    with pytest.raises(Conflict):
        approval.approve_letter(db, letter.id, colleague(db), read="", now=clock.now)


def test_a_letter_is_approved_once(db: Session, clock: TestClock, letter: OutboxMail) -> None:
    read = approval.digest_of(letter)
    approval.approve_letter(db, letter.id, colleague(db), read=read, now=clock.now)
    with pytest.raises(Conflict, match="no longer waits"):
        approval.approve_letter(db, letter.id, colleague(db, "Other"), read=read, now=clock.now)


def test_an_edit_has_the_letter_rendered_anew(
    db: Session, clock: TestClock, letter: OutboxMail
) -> None:
    read = approval.digest_of(letter)
    clock.advance(timedelta(hours=1))
    approval.edit_letter(db, letter.id, "We met in June.", read=read, now=clock.now)
    assert letter.facts == {"city": "Newark", "words": "We met in June."}
    assert (letter.rendered, letter.created_at, letter.state) == (None, clock.now, "drafted")
    with pytest.raises(Conflict, match="Somebody else changed"):
        approval.edit_letter(db, letter.id, "Other words", read=read, now=clock.now)


def test_a_letter_is_put_aside_and_back(db: Session, clock: TestClock, letter: OutboxMail) -> None:
    approval.discard_letter(db, letter.id)
    assert letter.state == "discarded"
    with pytest.raises(Conflict):
        approval.approve_letter(
            db, letter.id, colleague(db), read=approval.digest_of(letter), now=clock.now
        )
    approval.restore_letter(db, letter.id)
    assert letter.state == "drafted"
    with pytest.raises(Conflict, match="not put aside"):
        approval.restore_letter(db, letter.id)


def test_no_letter_no_approval(db: Session, clock: TestClock) -> None:
    with pytest.raises(NotFound):
        approval.approve_letter(db, 0, colleague(db), read=READ, now=clock.now)
