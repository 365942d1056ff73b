"""A letter of the cast as stored and as sent."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from events_service.letters import LETTERS
from events_service.letters.letter import Letter
from events_service.letters.message import compose, seal
from tests.letters.cast import CASES, SENDER

SECRET = "the secret of the letters' tests, long enough"


def letter_of(case: str, **changes: Any) -> Letter:
    return LETTERS[case.partition(".")[0]]({**CASES[case], **changes}, SENDER)


def stored_of(letter: Letter, **changes: Any) -> bytes:
    envelope: dict[str, Any] = {
        "to_name": "Deputy mayor, Newark",
        "to_address": "deputy.mayor@newark.example.org",
        "cc_address": None,
        "message_id": "<0f9a3e5f0c6c1e2b7a4d@events.example.org>",
        "date": datetime(2027, 2, 1, 9, 30, tzinfo=UTC),
    }
    return compose(letter, **{**envelope, **changes})


def sent(stored: bytes) -> bytes:
    return seal(SECRET, stored)


def parsed(message: bytes) -> EmailMessage:
    found = message_from_bytes(message, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found
