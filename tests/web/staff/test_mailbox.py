from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import Recipient, promise
from events_service.letters.message import seal
from events_service.model import OutboxMail
from events_service.model.account import Role
from events_service.tokens import token_for
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import written
from tests.letters.cast import CASES


def sent(
    db: Session, settings: Settings, clock: TestClock, key: str, letter: str = "member_invited"
) -> OutboxMail:
    promise(
        db,
        letter,
        Recipient("safety@newark.example.org", "Head of community safety, Newark"),
        key=key,
        facts=CASES[letter],
        now=clock.now,
        mail_domain=settings.mail_domain,
    )
    mail = db.query(OutboxMail).filter_by(dedupe_key=key).one()
    mail.state, mail.sent_at, mail.sent_via = "sent", clock.now, "mailbox"
    return written(db, settings, mail)


@pytest.fixture
def mail(db: Session, settings: Settings, clock: TestClock) -> OutboxMail:
    return sent(db, settings, clock, "one")


def test_mails_are_listed_newest_first_a_page_at_a_time(
    browser: Browser, sign_in_as: SignInAs, db: Session, settings: Settings, clock: TestClock
) -> None:
    sign_in_as("administrator")
    assert "No letters here" in browser.get("/staff/mailbox")
    mails = []
    for number in range(51):
        clock.advance(timedelta(seconds=1))
        mails.append(sent(db, settings, clock, str(number), "sign_in"))
    newest = browser.get("/staff/mailbox")
    assert newest.count("/staff/mailbox/") == 50
    assert f'"/staff/mailbox/{mails[0].id}"' not in newest
    assert newest.index(f"/{mails[50].id}") < newest.index(f"/{mails[49].id}")
    older = browser.get(f"/staff/mailbox?before={mails[1].id}")
    assert f'"/staff/mailbox/{mails[0].id}"' in older
    assert "Newest letters" in older
    assert "Older letters" not in older


@pytest.mark.parametrize("before", ["", "x", "-1", "99999999999999999999"])
def test_a_page_number_that_is_none(browser: Browser, sign_in_as: SignInAs, before: str) -> None:
    sign_in_as("staff")
    browser.get(f"/staff/mailbox?before={before}")


def test_a_mail_shows_headers_text_calendar_and_files(
    browser: Browser, sign_in_as: SignInAs, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    page = browser.get(f"/staff/mailbox/{mail.id}")
    for shown in (
        "safety@newark.example.org",
        "Calendar part, REQUEST",
        "Tuesday\u00a01 to Wednesday 2\u00a0June 2027",
        "invite.ics",
        "The same letter as plain text",
        "Only administrators and staff can read the mailbox",
        "Message-ID",
    ):
        assert shown in page


def test_the_letter_is_framed_where_nothing_runs(
    client: FlaskClient, sign_in_as: SignInAs, settings: Settings, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    page = client.get(f"/staff/mailbox/{mail.id}").text
    assert (
        f'<iframe class="ws-mailframe" src="/staff/mailbox/{mail.id}/html" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    )
    frame = client.get(f"/staff/mailbox/{mail.id}/html")
    assert frame.content_type == "text/html; charset=utf-8"
    assert frame.headers["Content-Security-Policy"] == (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    assert '<base target="_blank">' in frame.text
    assert frame.headers["Referrer-Policy"] == "no-referrer"
    number = mail.facts["link"]["number"]
    assert f"/a/{token_for(settings.secret_key, 'answ', number)}" in frame.text


def test_raw_is_what_was_sent_to_the_byte(
    client: FlaskClient, sign_in_as: SignInAs, settings: Settings, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    answer = client.get(f"/staff/mailbox/{mail.id}/raw")
    assert mail.rendered is not None
    assert answer.data == seal(settings.secret_key, mail.rendered)
    assert answer.content_type.startswith("message/rfc822")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=mail-{mail.id}.eml"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_is_handed_out_as_one(
    client: FlaskClient, sign_in_as: SignInAs, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    answer = client.get(f"/staff/mailbox/{mail.id}/parts/3")
    assert answer.content_type.startswith("application/ics")
    assert answer.headers["Content-Disposition"] == "attachment; filename=invite.ics"
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")
    for number in (0, 1, 2, 4):
        assert client.get(f"/staff/mailbox/{mail.id}/parts/{number}").status_code == 404


def test_a_mail_that_is_not_rendered_yet_says_so(
    client: FlaskClient, sign_in_as: SignInAs, db: Session, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    mail.rendered, mail.subject = None, None
    db.commit()
    assert "still being written" in client.get(f"/staff/mailbox/{mail.id}").text
    for part in ("html", "raw", "parts/3"):
        assert client.get(f"/staff/mailbox/{mail.id}/{part}").status_code == 404


def test_an_organiser_reads_no_mail(
    client: FlaskClient, sign_in_as: SignInAs, mail: OutboxMail
) -> None:
    """Control: `test_a_mail_shows_…` reads the same mail as staff."""
    sign_in_as("organiser")
    for part in ("", "/html", "/raw", "/parts/3"):
        assert client.get(f"/staff/mailbox/{mail.id}{part}").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("staff", 404), ("administrator", 200)])
def test_a_sign_in_link_is_read_by_administrators_alone(
    client: FlaskClient,
    sign_in_as: SignInAs,
    db: Session,
    settings: Settings,
    clock: TestClock,
    role: Role,
    status: int,
) -> None:
    """Else staff could make administrators of themselves."""
    sign_in_as(role)
    link = sent(db, settings, clock, "link", "sign_in")
    for path in ("mailbox/{}", "mailbox/{}/html", "mailbox/{}/raw", "letters/{}"):
        assert client.get(f"/staff/{path.format(link.id)}").status_code == status
    listed = f"/staff/mailbox/{link.id}" in client.get("/staff/mailbox").text
    assert listed == (status == 200)
