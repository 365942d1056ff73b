"""Every letter of the cast, from its promise to a mail server that others wrote."""

import email
import socket
from datetime import UTC, datetime
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from events_service.db import transaction
from events_service.domain.outbox import Recipient, promise
from tests.letters.cast import CASES
from workers import process
from workers.deliver import send_due_mail
from workers.render import render_due_letters


class Keeper(Message):
    """Keeps the bytes of every mail by their Message-ID."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, bytes] = {}

    def handle_message(self, message: email.message.Message) -> None:
        self.kept[message["Message-ID"]] = message.as_bytes()


@pytest.fixture
def keeper(jobs, monkeypatch) -> Keeper:
    del jobs
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    handler = Keeper()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{port}")
    process.settings.cache_clear()
    yield handler
    controller.stop()


# It leaves only while a city that was invited is silent; see the tests of reminders.
CONDITIONAL = {"city_reminder"}


def test_every_letter_is_rendered_and_taken(keeper, post):
    with transaction() as session:
        for case, facts in CASES.items():
            if case.partition(".")[0] in CONDITIONAL:
                continue
            promise(
                session,
                case.partition(".")[0],
                Recipient("deputy.mayor@newark.example.org", "Deputy mayor, Newark"),
                key=case,
                facts=facts,
                now=datetime.now(UTC),
                mail_domain="events.example.org",
            )
    render_due_letters()
    send_due_mail()
    rows = post.rows("message_id", "state", "calendar_method", "subject")
    assert {state for _, state, _, _ in rows} == {"sent"}
    sent = {row[0]: (row[2], row[3]) for row in rows}
    taken = {number: seen(raw) for number, raw in keeper.kept.items()}
    assert taken == sent


def seen(raw: bytes) -> tuple[str | None, str]:
    """METHOD of the calendar part as its header has it, and the subject."""
    message = email.message_from_bytes(raw, policy=default)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    method = calendars[0].get_param("method") if calendars else None
    return method, message["Subject"]
