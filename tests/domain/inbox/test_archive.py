"""The same bytes are one mail, whichever doors they come by."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from events_service.domain.inbox.archive import archive
from events_service.model import Account, InboundMail
from tests.conftest import TestClock
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox


def test_a_mail_is_kept_as_it_came(db: Session, clock: TestClock) -> None:
    raw = b"\x00\xff not even a mail"
    number = archive(db, raw, door="command", recipients=["a@b.example"], now=clock.now)
    mail = db.get_one(InboundMail, number)
    assert (mail.raw, mail.digest, mail.door, mail.recipients) == (
        raw,
        sha256(raw).hexdigest(),
        "command",
        ["a@b.example"],
    )
    assert (mail.received_at, mail.due_at, mail.read_at, mail.outcome, mail.attempts) == (
        clock.now,
        clock.now,
        None,
        None,
        0,
    )


def test_three_doors_keep_one(db: Session, clock: TestClock) -> None:
    numbers = {
        archive(db, b"Subject: Yes\r\n\r\n", door=door, recipients=to, now=clock.now)
        for door, to in (("imap", []), ("smtp", ["a@b.example"]), ("command", ["a@b.example"]))
    }
    (mail,) = db.query(InboundMail)
    assert (numbers, mail.door, mail.recipients) == ({mail.id}, "imap", ["a@b.example"])


def test_a_new_recipient_has_a_held_mail_read_again(inbox: Inbox) -> None:
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now)
    mail = inbox.takes(raw, "rsvp@events.example.org")
    assert mail.outcome == "review"
    inbox.later()
    archive(inbox.db, raw, door="imap", now=inbox.now)
    assert (mail.outcome, mail.read_at is None) == ("review", False), "nothing new was said"
    archive(inbox.db, raw, door="smtp", recipients=[written.rsvp(inbox.invitation)], now=inbox.now)
    assert (mail.outcome, mail.read_at, mail.due_at) == (None, None, inbox.now)


def test_what_was_carried_out_or_decided_is_not_read_again(
    inbox: Inbox, organiser: Account
) -> None:
    applied = inbox.answers("ACCEPTED")
    new = ["new@events.example.org"]
    archive(inbox.db, applied.raw, door="smtp", recipients=new, now=inbox.now)
    assert (applied.outcome, applied.read_at is None) == ("applied", False)
    assert applied.recipients[1:] == new
    raw = written.answer(inbox.invitation, "DECLINED", at=inbox.now + timedelta(minutes=1))
    held = inbox.takes(raw)
    held.decision, held.decided_at, held.decided_by_id = "dismissed", inbox.now, organiser.id
    archive(inbox.db, raw, door="smtp", recipients=new, now=inbox.now)
    assert (held.outcome, held.recipients) == ("review", new)


def test_recipients_that_cannot_be_kept_are_mended(db: Session, clock: TestClock) -> None:
    number = archive(db, b"x", door="command", recipients=["a\x00\udcff@b"], now=clock.now)
    assert db.get_one(InboundMail, number).recipients == ["a\ufffd\ufffd@b"]
