"""An invitation answered in the mailbox goes the whole way of mail that comes in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service import create_app
from events_service.config import Settings
from events_service.domain.inbox.settling import settle_inbound
from events_service.incoming.mail import read_mail
from events_service.itip.reading import read_answers
from events_service.letters.opened import opened
from events_service.model import InboundMail, Member, OutboxMail, TimeProposal
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Answer, Browser, SignInAs, TestClock
from tests.follow_up import written


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock) -> Member:
    event = cast.event(db, host="Bratislava", slug="bratislava-2027")
    return office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))[0]


@pytest.fixture
def mail(db: Session, settings: Settings, clock: TestClock, mayor: Member) -> OutboxMail:
    """The mayor's invitation to three days, as it lies in the mailbox."""
    invited = db.query(OutboxMail).filter_by(letter="member_invited", member_id=mayor.id).one()
    found = written(db, settings, invited)
    found.state, found.sent_at, found.sent_via = "sent", clock.now, "mailbox"
    db.commit()
    return found


Post = Callable[..., Answer]


@pytest.fixture
def post(browser: Browser, sign_in_as: SignInAs, mail: OutboxMail) -> Post:
    sign_in_as("staff")
    path = f"/staff/mailbox/{mail.id}/answer"
    return lambda **form: browser.post(path, {"new_day": "2027-05-31", **form})


def settled(db: Session, settings: Settings, clock: TestClock) -> InboundMail:
    """The one mail that came in, read by a worker."""
    inbound = db.query(InboundMail).one()
    settle_inbound(db, settings, inbound, now=clock.now)
    db.commit()
    return inbound


def test_the_invitation_offers_an_answer(
    browser: Browser, sign_in_as: SignInAs, mail: OutboxMail
) -> None:
    sign_in_as("staff")
    assert f'href="/staff/mailbox/{mail.id}/answer"' in browser.get(f"/staff/mailbox/{mail.id}")
    page = browser.get(f"/staff/mailbox/{mail.id}/answer")
    for shown in ("Accept", "Maybe", "Decline", "Propose a new time", "All days", "Comment"):
        assert shown in page
    assert 'value="2027-05-31"' in page
    assert 'value="09:00"' in page


@pytest.mark.parametrize("said", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_an_answer_is_applied_like_one_that_came_by_mail(
    post: Post,
    db: Session,
    settings: Settings,
    clock: TestClock,
    mail: OutboxMail,
    mayor: Member,
    said: str,
) -> None:
    answer = post(answer=said, comment="I arrive at noon")
    assert (answer.status, answer.location) == (303, f"/staff/mailbox/{mail.id}")
    inbound = settled(db, settings, clock)
    invitation = mayor.invitations[0]
    rsvp = f"rsvp+{token_for(SECRET, 'rsvp', invitation.id)}@events.example.org"
    assert (inbound.door, inbound.recipients) == ("mailbox", [rsvp])
    assert (inbound.outcome, inbound.partstat) == ("applied", said)
    assert (invitation.partstat, invitation.answered_by, invitation.reply_comment) == (
        said,
        "mail",
        "I arrive at noon",
    )


def test_what_is_posted_is_a_whole_mail(
    post: Post, db: Session, mail: OutboxMail, mayor: Member
) -> None:
    post(answer="ACCEPTED")
    inbound = db.query(InboundMail).one()
    read = read_mail(inbound.raw, trusted_servers=())
    assert (read.kind, read.sender, read.in_reply_to) == (
        "calendar",
        mayor.address,
        (mail.message_id,),
    )
    shown = opened(inbound.raw)
    assert shown.header("To") == inbound.recipients[0]
    assert shown.header("Subject").startswith("Accepted: ")
    assert b"Content-Type: text/calendar; method=REPLY; charset=UTF-8" in inbound.raw
    assert inbound.raw.isascii()
    assert shown.text.startswith("Accepted: ")


def test_one_day_of_several(
    post: Post, db: Session, settings: Settings, clock: TestClock, mayor: Member
) -> None:
    post(answer="DECLINED", for_day="2027-06-01")
    assert settled(db, settings, clock).outcome == "applied"
    invitation = mayor.invitations[0]
    assert invitation.partstat == "NEEDS-ACTION"
    assert [(one.day, one.partstat) for one in invitation.day_answers] == [
        (date(2027, 6, 1), "DECLINED")
    ]


def test_another_time_is_proposed(
    post: Post, db: Session, settings: Settings, clock: TestClock
) -> None:
    post(answer="COUNTER", new_day="2027-06-08", starts="10:00", ends="16.30", comment="Later?")
    assert settled(db, settings, clock).outcome == "proposal"
    proposal = db.query(TimeProposal).one()
    assert (proposal.starts_at, proposal.ends_at, proposal.comment) == (
        datetime(2027, 6, 8, 8, tzinfo=UTC),
        datetime(2027, 6, 8, 14, 30, tzinfo=UTC),
        "Later?",
    )


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({}, "Choose an answer"),
        ({"answer": "DELEGATED"}, "Not a valid choice"),
        ({"answer": "ACCEPTED", "for_day": "2027-06-09"}, "Choose one of the days"),
        ({"answer": "ACCEPTED", "comment": "x" * 1001}, "Shorten this"),
        ({"answer": "COUNTER", "new_day": "", "starts": "10", "ends": "11:00"}, "Enter a day"),
        ({"answer": "COUNTER", "starts": "", "ends": "11:00"}, "Enter a time"),
        ({"answer": "COUNTER", "starts": "10:00", "ends": "25:00"}, "Enter a time"),
        ({"answer": "COUNTER", "starts": "10:00", "ends": "10:00"}, "after the start"),
    ],
)
def test_what_is_missing_is_asked_for(
    post: Post, db: Session, form: dict[str, str], problem: str
) -> None:
    answer = post(**form)
    assert answer.status == 422
    assert problem in answer.text
    assert db.query(InboundMail).count() == 0


def test_times_count_only_when_one_is_proposed(post: Post, db: Session) -> None:
    assert post(answer="ACCEPTED", new_day="", starts="", ends="x").status == 303
    assert db.query(InboundMail).count() == 1


def test_whole_days_are_answered_and_moved(
    post: Post, db: Session, settings: Settings, mail: OutboxMail
) -> None:
    invitation = mail.facts["invitation"]
    whole = {**invitation, "run": {**invitation["run"], "hours": None}}
    mail.facts = {**mail.facts, "invitation": whole}
    written(db, settings, mail)
    assert post(answer="COUNTER", new_day="2027-06-08").status == 303
    (ics,) = read_mail(db.query(InboundMail).one().raw, trusted_servers=()).calendars
    (answer,) = read_answers(ics)
    assert (answer.starts, answer.ends) == (date(2027, 6, 8), date(2027, 6, 11))
    assert answer.recurrence_id is None


def test_no_answer_to_what_asks_for_none(
    client: FlaskClient,
    sign_in_as: SignInAs,
    db: Session,
    settings: Settings,
    mail: OutboxMail,
) -> None:
    """Control: `test_the_invitation_offers_an_answer`."""
    sign_in_as("staff")
    receipt = written(
        db, settings, db.query(OutboxMail).filter_by(letter="delegation_confirmed").one()
    )
    receipt.state = "sent"
    mail.state = "queued"
    db.commit()
    for number in (receipt.id, mail.id):
        assert client.get(f"/staff/mailbox/{number}/answer").status_code == 404
        assert "Answer it" not in client.get(f"/staff/mailbox/{number}").text


def test_where_mail_goes_out_the_real_recipients_answer(
    settings: Settings, clock: TestClock, mail: OutboxMail, sign_in_as: SignInAs
) -> None:
    account = sign_in_as("staff")
    app = create_app(replace(settings, smtp_url="smtp://127.0.0.1:1"), clock)
    client = app.test_client()
    with client.session_transaction() as session:
        session["account"], session["since"] = account.id, clock.now.timestamp()
    page = client.get(f"/staff/mailbox/{mail.id}").text
    assert "Answers come from the people who received this" in page
    assert "/answer" not in page
    assert client.get(f"/staff/mailbox/{mail.id}/answer").status_code == 404


def test_an_organiser_answers_for_nobody(
    client: FlaskClient, sign_in_as: SignInAs, mail: OutboxMail
) -> None:
    sign_in_as("organiser")
    assert client.get(f"/staff/mailbox/{mail.id}/answer").status_code == 404
    assert client.post(f"/staff/mailbox/{mail.id}/answer").status_code in (400, 404)
