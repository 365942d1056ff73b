"""The commands against a database of one's own, and what they say when something is wrong."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from events_service.letters.message import seal
from events_service.model import OutboxMail
from events_service.running.broker import BrokerServer
from events_service.running.doctor import Finding, mail_server
from tests.conftest import SECRET, Databases, alchemy
from tests.running.running_service import COMMAND, clean_environment, events_service, free_port

STORED = b"Subject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWelcome.\r\n"


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> dict[str, str]:
    """Settings that name somebody's own database; the broker there does not answer."""
    return {
        "DATABASE_URL": databases.fresh(),
        "REDIS_URL": f"redis+socket://{tmp_path}/nobody?virtual_host=0",
        "SECRET_KEY": SECRET,
    }


def put_mail(url: str) -> int:
    engine = create_engine(alchemy(url))
    with Session(engine) as session, session.begin():
        now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        mail = OutboxMail(
            dedupe_key="hello",
            letter="sign_in",
            facts={},
            to_address="official@example.org",
            message_id="<hello@example.org>",
            created_at=now,
            due_at=now,
            state="sent",
            subject="Hello",
            rendered=STORED,
            sent_at=now,
            sent_via="mailbox",
        )
        session.add(mail)
        session.flush()
        number = mail.id
    engine.dispose()
    return number


def test_the_mailbox_is_listed_as_data(elsewhere):
    number = put_mail(elsewhere["DATABASE_URL"])
    listed = events_service("mailbox", "list", "--json", **elsewhere)
    assert json.loads(listed.stdout) == [
        {
            "id": number,
            "to": "official@example.org",
            "cc": None,
            "letter": "sign_in",
            "subject": "Hello",
            "has_calendar": False,
            "method": None,
            "state": "sent",
            "event": None,
            "message_id": "<hello@example.org>",
            "created_at": "2026-11-22T12:00:00+00:00",
            "sent_at": "2026-11-22T12:00:00+00:00",
            "sent_via": "mailbox",
            "last_answer": None,
        }
    ]


def test_the_raw_mail_is_what_goes_over_the_wire(elsewhere):
    number = put_mail(elsewhere["DATABASE_URL"])
    command = [*COMMAND, "mailbox", "raw", str(number)]
    environment = {**clean_environment(), **elsewhere}
    written = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
    assert written == seal(SECRET, STORED)


def test_a_mail_that_is_not_there(elsewhere):
    refused = events_service("mailbox", "raw", "77", **elsewhere)
    assert (refused.returncode, refused.stderr) == (
        1,
        "Error: There is no mail 77, or it is not rendered yet.\n",
    )


def test_settings_that_are_wrong_are_named_in_one_message(tmp_path):
    refused = events_service(
        "up", "--data", str(tmp_path / "data"), PORT="eighty", SMTP_URL="mail.example.org"
    )
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr == (
        "Error: These settings need another look:\n"
        "SMTP_URL: should be an address like smtp://host:25, smtp+starttls:// or smtps://\n"
        "PORT: should be a number from 1 to 65535\n"
    )


def test_a_database_of_ones_own_is_not_changed_unasked(databases: Databases, elsewhere):
    databases.execute("create database {}", "nothing_in_it")
    elsewhere["DATABASE_URL"] = databases.server.url("nothing_in_it")
    refused = events_service("mailbox", "list", **elsewhere)
    assert refused.stderr == (
        "Error: The database lacks migrations: run `events-service migrate`.\n"
    )
    assert events_service("migrate", **elsewhere).stdout == "The database is up to date.\n"
    address = "administrator@events.example.org"
    assert "/sign-in/" in events_service("sign-in-link", address, **elsewhere).stdout


def test_the_doctor_says_what_to_mend(elsewhere):
    examined = events_service("doctor", **elsewhere, SMTP_URL="smtp://127.0.0.1:1")
    assert examined.returncode == 1
    assert examined.stdout.splitlines() == [
        "ok      settings: complete",
        "ok      database: answers, with the tables of this version",
        "WRONG   broker: The broker does not answer; mail waits in the outbox until it does",
        "        Look at REDIS_URL and whether that server runs.",
        "WRONG   mail server: 127.0.0.1 cannot be used: [Errno 111] Connection refused",
        "        Look at SMTP_URL: host, port, user and password; and whether a firewall is "
        "between.",
        "ok      clock: agrees with the database's",
    ]


def test_the_doctor_is_content_when_all_is_well(elsewhere, tmp_path):
    with BrokerServer(tmp_path) as broker:
        examined = events_service("doctor", **{**elsewhere, "REDIS_URL": broker.url})
    assert (examined.returncode, "WRONG" in examined.stdout) == (0, False)


def test_the_doctor_greets_the_mail_server():
    port = free_port()
    controller = Controller(object(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert mail_server(f"smtp://127.0.0.1:{port}") == Finding(
            "mail server", True, "127.0.0.1 answers"
        )
    finally:
        controller.stop()
