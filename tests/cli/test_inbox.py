"""`events-service inbox`: what a mail server pipes to or connects to, and what a person asks."""

import json
import signal
import smtplib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from events_service.db import transaction
from events_service.domain.inbox.archive import archive
from tests.conftest import SECRET, Databases
from tests.running.running_service import COMMAND, clean_environment, events_service, free_port
from tests.workers.answering import Person, people_invited
from tests.workers.fixtures import own_database

__all__ = ["own_database"]

TO = "rsvp+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@events.example.org"
MAIL = b"From: official@city.example.org\r\nSubject: Hello\r\n\r\nI shall be late.\r\n"


@pytest.fixture
def elsewhere(own_database: Engine, tmp_path: Path) -> dict[str, str]:
    """Settings that name a database; the broker there does not answer."""
    return {
        "DATABASE_URL": own_database.url.render_as_string(hide_password=False).replace(
            "+psycopg", ""
        ),
        "REDIS_URL": f"redis+socket://{tmp_path}/nobody?virtual_host=0",
        "SECRET_KEY": SECRET,
    }


def inbox(*arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, "inbox", *arguments],
        input=given,
        capture_output=True,
        env={**clean_environment(), **more},
        timeout=90,
    )


def kept_mails(database: Engine) -> int:
    with database.begin() as connection:
        return int(connection.execute(text("select count(*) from inbound_mail")).scalar_one())


def listed(**more: str) -> list[dict[str, object]]:
    return json.loads(inbox("show", "--json", **more).stdout)


def test_what_is_piped_is_kept_until_a_worker_reads_it(
    elsewhere: dict[str, str], own_database: Engine
) -> None:
    to = ("--recipient", TO, "--recipient", "b@b.example")
    done = inbox("deliver", *to, given=MAIL, **elsewhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (mail,) = listed(**elsewhere)
    assert (mail["door"], mail["outcome"], mail["reason"]) == ("command", None, "")
    with own_database.begin() as connection:
        kept = connection.execute(text("select raw, recipients from inbound_mail")).one()
    assert (bytes(kept.raw), kept.recipients) == (MAIL, [TO, "b@b.example"])


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (["deliver"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}),
        (["deliver"], {"DATABASE_URL": "mysql://what"}),
        (["deliver"], {"SECRET_KEY": "short"}),
        (["deliver", "--no-such-option"], {}),
        (["deliver", "unexpected"], {}),
    ],
)
def test_what_cannot_be_kept_now_stays_with_the_mail_server(
    elsewhere: dict[str, str],
    own_database: Engine,
    arguments: list[str],
    changed: dict[str, str],
) -> None:
    """The control is the test above."""
    done = inbox(*arguments, given=MAIL, **{**elsewhere, **changed})
    assert (done.returncode, done.stdout) == (75, b"")
    assert b"Traceback" not in done.stderr
    assert kept_mails(own_database) == 0


def test_where_no_tables_are_the_mail_server_keeps_the_mail(
    databases: Databases, elsewhere: dict[str, str]
) -> None:
    databases.execute("create database {}", "no_tables_for_mail")
    url = databases.server.url("no_tables_for_mail")
    done = inbox("deliver", given=MAIL, **{**elsewhere, "DATABASE_URL": url})
    assert done.returncode == 75
    assert b"can't be archived now" in done.stderr


def test_a_folder_of_no_service_keeps_no_mail(tmp_path: Path) -> None:
    """The control is the test below."""
    mistyped = tmp_path / "dat"
    done = inbox("deliver", "--data", str(mistyped), given=MAIL)
    said = (
        f"No service was ever set up in {mistyped}: name its data folder with --data, or set "
        "DATABASE_URL.\n"
    )
    assert (done.returncode, done.stdout, done.stderr.decode()) == (75, b"", said)
    assert list(tmp_path.iterdir()) == []


def test_with_no_service_running_it_is_read_at_once(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    assert events_service("migrate", "--data", data).returncode == 0
    assert inbox("deliver", "--data", data, given=MAIL).returncode == 0
    assert inbox("deliver", "--data", data, "--recipient", TO, given=b"\x00").returncode == 0
    shown = json.loads(inbox("show", "--data", data, "--json").stdout)
    assert [(one["id"], one["outcome"]) for one in shown] == [
        (1, "quarantined"),
        (2, "quarantined"),
    ]
    assert (shown[0]["from"], shown[0]["subject"]) == ("official@city.example.org", "Hello")
    one = json.loads(inbox("show", "--data", data, "--json", "1").stdout)
    assert one == shown[0]


def test_the_newest_thousand_are_shown_and_how_many_came_earlier(
    elsewhere: dict[str, str], own_database: Engine
) -> None:
    with own_database.begin() as connection:
        connection.execute(
            text(
                "insert into inbound_mail (digest, raw, door, recipients, received_at, due_at,"
                " attempts, reason) select n::text, '', 'smtp', '{}', now(), now(), 0, ''"
                " from generate_series(1, 1002) as n"
            )
        )
    done = inbox("show", "--json", **elsewhere)
    assert [one["id"] for one in json.loads(done.stdout)] == [*range(3, 1003)]
    assert done.stderr == b"The newest 1,000 mails; 2 came earlier.\n"
    assert inbox("show", "--json", "2", **elsewhere).stderr == b""


def test_the_day_and_what_a_person_decided_are_shown(
    elsewhere: dict[str, str], own_database: Engine
) -> None:
    """Control: the second mail is about no day, and nobody has decided about it."""
    with own_database.begin() as connection:
        connection.execute(
            text(
                "insert into inbound_mail (digest, raw, door, recipients, received_at, due_at,"
                " attempts, reason, outcome, claims, decision, decided_at) values"
                " ('1', '', 'smtp', '{}', now(), now(), 0, 'Held.', 'review',"
                """ '{"day": "2027-06-09T07:00:00+00:00"}', 'applied', now()),"""
                " ('2', '', 'smtp', '{}', now(), now(), 0, 'Held.', 'review',"
                """ '{"day": null}', null, null)"""
            )
        )
    shown = [(one["day"], one["decision"]) for one in listed(**elsewhere)]
    assert shown == [("2027-06-09", "applied"), (None, None)]
    assert inbox("show", **elsewhere).stdout.decode().splitlines() == [
        "     1  review       unclear  ",
        "        Held. About 2027-06-09. A person decided: applied.",
        "     2  review       unclear  ",
        "        Held.",
    ]


def test_showing_one_that_is_not_there(elsewhere: dict[str, str]) -> None:
    done = inbox("show", "7", **elsewhere)
    assert (done.returncode, done.stderr) == (1, b"Error: No mail 7 has come in.\n")


@contextmanager
def serving(protocol: str, environment: dict[str, str], log: Path) -> Iterator[int]:
    """The port of a door that is open."""
    port = free_port()
    command = [*COMMAND, "inbox", "serve", protocol, "--listen", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env={**clean_environment(), "PYTHONUNBUFFERED": "1", **environment},
        )
    deadline = time.monotonic() + 30
    while f"on port {port}" not in log.read_text():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    try:
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0, log.read_text()


def test_smtp_says_yes_once_it_is_kept(elsewhere: dict[str, str], tmp_path: Path) -> None:
    with serving("--smtp", elsewhere, tmp_path / "log") as port:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            refused = client.sendmail("a@city.example", [TO, "other@events.example.org"], MAIL)
            assert refused == {
                "other@events.example.org": (550, b"5.1.1 There is no such address here")
            }
            client.sendmail("a@city.example", ["bounce+x@EVENTS.example.org"], MAIL)
            assert client.esmtp_features["size"] == str(30 * 1024 * 1024)
            client.ehlo()
            assert client.docmd("MAIL", "FROM:<a@b.example> SIZE=40000000")[0] == 552
        (mail,) = listed(**elsewhere)
        assert (mail["door"], mail["outcome"]) == ("smtp", None)


def test_lmtp_answers_for_each_recipient(
    elsewhere: dict[str, str], own_database: Engine, tmp_path: Path
) -> None:
    with serving("--lmtp", elsewhere, tmp_path / "log") as port:
        with smtplib.LMTP("127.0.0.1", port, timeout=10) as client:
            client.ehlo()
            for command in ("FROM:<>", f"TO:<{TO}>", f"TO:<bounce+{TO}>"):
                verb = "MAIL" if command.startswith("FROM") else "RCPT"
                assert client.docmd(verb, command)[0] == 250
            assert client.docmd("DATA")[0] == 354
            client.send(MAIL + b".\r\n")
            assert [client.getreply()[0] for _ in range(2)] == [250, 250]
            assert client.noop()[0] == 250
        assert kept_mails(own_database) == 1


def test_a_database_that_went_away_is_a_try_again(
    elsewhere: dict[str, str], own_database: Engine, tmp_path: Path
) -> None:
    with (
        serving("--smtp", elsewhere, tmp_path / "log") as port,
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        with own_database.begin() as connection:
            connection.execute(text("alter table inbound_mail rename to put_away"))
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("a@city.example", [TO], MAIL)
        assert refused.value.smtp_code == 451
        with own_database.begin() as connection:
            connection.execute(text("alter table put_away rename to inbound_mail"))
        client.sendmail("a@city.example", [TO], MAIL)
    assert kept_mails(own_database) == 1


def test_the_same_mail_by_every_door_is_one(
    elsewhere: dict[str, str], own_database: Engine, tmp_path: Path
) -> None:
    """By pipe, by SMTP, and as IMAP archives it: without a recipient."""
    del own_database
    (mayor,) = people_invited(1)
    assert inbox("deliver", given=mayor.accepts, **elsewhere).returncode == 0
    with (
        serving("--smtp", elsewhere, tmp_path / "log") as port,
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        client.sendmail("", [mayor.recipient], mayor.accepts)
    by_imap(mayor)
    (mail,) = listed(**elsewhere)
    assert (mail["id"], mail["door"]) == (1, "command")


def by_imap(person: Person) -> None:
    with transaction() as session:
        archive(session, person.accepts, door="imap", now=datetime.now(UTC))
