"""A mail that can't be read is tried again, then waits for a person; the others are unharmed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from events_service.clock import Clock
from events_service.domain.inbox import settling
from events_service.domain.inbox.archive import archive
from events_service.domain.inbox.reading import MOST_TRIES
from events_service.incoming.mail import IncomingMail, read_mail
from events_service.model import InboundMail
from events_service.running.reading_inbox import read_due_mail
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox

POISON = b"Subject: poison\r\n\r\n"


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if reading one mail met a fault of ours."""

    def read(raw: bytes, *, trusted_servers: list[str]) -> IncomingMail:
        if raw == POISON:
            raise ZeroDivisionError
        return read_mail(raw, trusted_servers=trusted_servers)

    monkeypatch.setattr(settling, "read_mail", read)
    yield


def read_all(inbox: Inbox) -> tuple[int, list[tuple[int, str]]]:
    """How many were read, and which failed how."""
    failed: list[tuple[int, str]] = []

    def note(mail: int, error: Exception) -> str:
        failed.append((mail, type(error).__name__))
        return "ZeroDivisionError at settling"

    clock: Clock = inbox.clock
    inbox.db.commit()
    read = read_due_mail(inbox.settings, clock, go_on=lambda: True, failed=note)
    inbox.db.expire_all()
    return read, failed


@pytest.mark.usefixtures("poisoned")
def test_five_tries_then_a_person_and_the_others_are_read(inbox: Inbox) -> None:
    bad = archive(inbox.db, POISON, door="command", now=inbox.now)
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now)
    to = [written.rsvp(inbox.invitation)]
    good = archive(inbox.db, raw, door="command", recipients=to, now=inbox.now)
    assert read_all(inbox) == (1, [(bad, "ZeroDivisionError")])
    assert inbox.db.get_one(InboundMail, good).outcome == "applied"
    mail = inbox.db.get_one(InboundMail, bad)
    assert (mail.attempts, mail.due_at, mail.outcome, mail.read_at) == (
        1,
        inbox.now + timedelta(seconds=10),
        None,
        None,
    )
    for _ in range(MOST_TRIES - 1):
        inbox.later(60)
        assert read_all(inbox) == (0, [(bad, "ZeroDivisionError")])
    assert (mail.attempts, mail.outcome, mail.read_at, mail.reason) == (
        MOST_TRIES,
        "quarantined",
        inbox.now,
        "The mail could not be read, though it was tried several times. "
        "(ZeroDivisionError at settling)",
    )
    inbox.later(60)
    assert read_all(inbox) == (0, [])


def test_one_that_ends_its_process_is_given_up_as_well(inbox: Inbox) -> None:
    number = archive(inbox.db, b"x", door="command", now=inbox.now)
    inbox.db.execute(text("update inbound_mail set attempts = 5"))
    assert read_all(inbox) == (1, [])
    mail = inbox.db.get_one(InboundMail, number)
    assert (mail.outcome, mail.reason) == (
        "quarantined",
        "The mail could not be read, though it was tried several times.",
    )


def test_nothing_is_read_before_it_is_due_or_when_told_to_stop(inbox: Inbox) -> None:
    archive(inbox.db, b"x", door="command", now=inbox.now + timedelta(minutes=1))
    assert read_all(inbox) == (0, [])
    inbox.later()
    assert (
        read_due_mail(inbox.settings, inbox.clock, go_on=lambda: False, failed=lambda *_: "") == 0
    )
    assert read_all(inbox) == (1, [])
