"""Fetching mail from a mailbox: archived first, marked after that, nothing deleted."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from events_service.db import engine, transaction
from events_service.model import InboundMail
from tests.workers.imap_server import SEEN, ImapServer, imap_server
from tests.workers.programs import wait_until
from workers import imap, process
from workers.imap import LET_OTHERS, ONE_AT_A_TIME, fetch_mail

OURS = {"events-service"}
MAILS = b"Subject: One\r\n\r\nYes.\r\n", b"Subject: Two\r\n\r\n\x00\xff)\r\n"


@pytest.fixture
def mailbox(jobs: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    del jobs
    with imap_server() as server:
        server.holds(*MAILS)
        point_to(server.url, monkeypatch)
        yield server


def point_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOX_IMAP_URL", url)
    process.settings.cache_clear()


def archived() -> list[tuple[bytes, str]]:
    with transaction() as session:
        kept = select(InboundMail.raw, InboundMail.door).order_by(InboundMail.id)
        return [(raw, door) for raw, door in session.execute(kept)]


def test_what_is_new_is_archived_once_and_gets_our_mark_alone(mailbox: ImapServer) -> None:
    fetch_mail()
    fetch_mail()
    assert archived() == [(raw, "imap") for raw in MAILS]
    assert mailbox.flags() == [OURS, OURS]
    assert mailbox.heard[:3] == [
        "CAPABILITY",
        'LOGIN inbox@example.org "s ecret"',
        'SELECT "Answers"',
    ]
    assert not [said for said in mailbox.heard if "Deleted" in said or "EXPUNGE" in said]


def test_what_a_person_opened_first_is_fetched_all_the_same(mailbox: ImapServer) -> None:
    mailbox.mails[101].flags.add(SEEN)
    fetch_mail()
    assert [raw for raw, _ in archived()] == list(MAILS)
    assert mailbox.flags() == [{SEEN, *OURS}, OURS]


@pytest.mark.parametrize(
    ("lasting", "mark"),
    [
        (r"\Seen \Deleted events-service", "events-service"),  # somebody made it there before
        (r"\Seen \Deleted", SEEN),
        ("", SEEN),  # the server does not say
    ],
)
def test_a_server_that_makes_no_marks_is_told_that_the_mail_was_seen(
    mailbox: ImapServer, lasting: str, mark: str
) -> None:
    mailbox.lasting = lasting
    fetch_mail()
    asked = len([said for said in mailbox.heard if "FETCH" in said])
    fetch_mail()
    assert ([raw for raw, _ in archived()], mailbox.flags()) == (list(MAILS), [{mark}, {mark}])
    assert asked == len([said for said in mailbox.heard if "FETCH" in said]) == len(MAILS)


def test_a_mail_that_could_not_be_archived_stays_unmarked(
    mailbox: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control is the test above."""

    def broken(*_: object, **__: object) -> int:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(imap, "archive", broken)
        fetch_mail()
    assert (archived(), mailbox.flags()) == ([], [set(), set()])
    fetch_mail()
    assert (len(archived()), mailbox.flags()) == (2, [OURS, OURS])


@pytest.mark.parametrize("verb", ["LOGIN", "SEARCH", "FETCH", "STORE"])
def test_a_server_that_drops_loses_nothing(mailbox: ImapServer, verb: str) -> None:
    mailbox.drops_at = verb
    fetch_mail()
    mailbox.drops_at = ""
    fetch_mail()
    assert ([raw for raw, _ in archived()], mailbox.flags()) == (list(MAILS), [OURS, OURS])


def test_one_worker_fetches_at_a_time(mailbox: ImapServer) -> None:
    with engine().connect() as other:
        assert other.execute(ONE_AT_A_TIME).scalar()
        fetch_mail()
        assert (archived(), mailbox.heard) == ([], [])
        other.execute(LET_OTHERS)
    fetch_mail()
    assert len(archived()) == 2


@pytest.mark.usefixtures("jobs")
def test_no_password_leaves_without_tls_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """127.0.0.2 stands for another machine: it is not one of the names of this one."""
    with imap_server("127.0.0.2") as server:
        server.holds(*MAILS)
        point_to(server.url, monkeypatch)
        fetch_mail()
        point_to(server.url.replace("imap://", "imaps://"), monkeypatch)
        fetch_mail()
        assert [said for said in server.heard if said.startswith("LOGIN")] == []
    assert archived() == []


@pytest.mark.usefixtures("jobs")
def test_without_a_mailbox_nothing_happens() -> None:
    fetch_mail()
    assert archived() == []


def test_a_real_worker_fetches_and_reads(mailbox: ImapServer, programs, tick) -> None:
    programs("worker", "--concurrency", "1", INBOX_IMAP_URL=mailbox.url)
    tick("imap")
    wait_until(lambda: mailbox.flags() == [OURS, OURS])
    assert len(archived()) == 2
