"""Letters that come back: what is marked, and on whose word."""

import pytest

from events_service.domain.delivery.claim import claim
from events_service.model import OutboxMail, SuppressedAddress
from events_service.queries.proof import mails_from
from events_service.queries.troubles import Trouble, troubles_of
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox

MAYOR = "mayor@newark.example.org"


@pytest.fixture
def letter(inbox: Inbox) -> OutboxMail:
    """The mayor's invitation."""
    return inbox.db.query(OutboxMail).filter_by(letter="member_invited", to_address=MAYOR).one()


def suppressed(inbox: Inbox) -> list[str]:
    return [one.address for one in inbox.db.query(SuppressedAddress)]


def test_a_letter_that_came_back_for_good_marks_mail_and_address(
    inbox: Inbox, letter: OutboxMail
) -> None:
    mail = inbox.takes(written.came_back(MAYOR.upper()), written.bounce_to(letter.id))
    assert (mail.outcome, mail.outbox_mail_id, mail.event_id, mail.invitation_id) == (
        "bounce",
        letter.id,
        letter.event_id,
        inbox.invitation.id,
    )
    assert mail.reason.startswith(f"A letter to {MAYOR} came back. Nothing more is sent there")
    assert letter.bounced_at == inbox.now
    assert letter.bounce is not None and "5.1.1" in letter.bounce
    assert suppressed(inbox) == [MAYOR]


def test_a_late_letter_is_only_noted(inbox: Inbox, letter: OutboxMail) -> None:
    raw = written.came_back(MAYOR, status="4.4.1", action="delayed")
    mail = inbox.takes(raw, written.bounce_to(letter.id))
    assert (mail.outcome, mail.outbox_mail_id) == ("bounce", letter.id)
    assert (letter.bounced_at, suppressed(inbox)) == (None, [])


def test_a_made_up_bounce_marks_nothing(inbox: Inbox, letter: OutboxMail) -> None:
    """It knows the Message-ID, as everybody does who got the letter. Control: the first test."""
    raw = written.came_back(MAYOR, original=letter.message_id)
    mail = inbox.takes(raw, "bounce+" + "a" * 32 + "@events.example.org")
    assert (mail.outcome, mail.outbox_mail_id) == ("bounce", letter.id)
    assert "which nothing proves" in mail.reason
    assert (letter.bounced_at, suppressed(inbox)) == (None, [])


def test_the_token_of_one_letter_marks_no_other_address(inbox: Inbox, letter: OutboxMail) -> None:
    raw = written.came_back("adviser@newark.example.org")
    mail = inbox.takes(raw, written.bounce_to(letter.id))
    assert "was sent on to adviser@newark.example.org" in mail.reason
    assert (letter.bounced_at, suppressed(inbox)) == (None, [])


OFFICE = "office@newark.example.org"


@pytest.fixture
def copied(inbox: Inbox, letter: OutboxMail) -> OutboxMail:
    """The mayor's invitation, which has left, with a copy to the office."""
    letter.cc_address, letter.state, letter.sent_at = OFFICE, "sent", inbox.now
    inbox.db.flush()
    return letter


def test_the_copy_that_came_back_marks_the_office_alone(inbox: Inbox, copied: OutboxMail) -> None:
    """The organiser reads of it at the person, who is reached. Control: the next test."""
    mail = inbox.takes(written.came_back(OFFICE), written.bounce_to(copied.id))
    assert suppressed(inbox) == [OFFICE]
    assert (copied.bounced_at, copied.bounce) == (None, None)
    assert troubles_of(inbox.db, mail.event_id or 0) == {}
    assert mails_from(inbox.db, inbox.mayor) == [mail]
    assert mail.reason.startswith(f"The copy to {OFFICE} of a letter to {MAYOR} came back. Nothing")


def test_a_copied_letter_that_did_not_reach_the_person_marks_them(
    inbox: Inbox, copied: OutboxMail
) -> None:
    raw = written.came_back(MAYOR, status="5.2.2")
    mail = inbox.takes(raw, written.bounce_to(copied.id))
    trouble = Trouble("bounced", inbox.now, copied.bounce or "")
    assert troubles_of(inbox.db, mail.event_id or 0) == {inbox.mayor.id: trouble}


def test_one_of_two_that_is_not_named_marks_nobody(inbox: Inbox, copied: OutboxMail) -> None:
    mail = inbox.takes(written.came_back(""), written.bounce_to(copied.id))
    assert mail.reason.startswith(f"A letter to {MAYOR} or its copy to {OFFICE} came back.")
    assert (copied.bounced_at, suppressed(inbox)) == (None, [])


def test_no_copy_is_sent_to_an_address_that_was_refused(inbox: Inbox, letter: OutboxMail) -> None:
    """Control: the person's own letter leaves, and a copy to another office does."""
    (adviser,) = inbox.db.query(OutboxMail).filter_by(member_id=inbox.adviser.id)
    letter.cc_address, adviser.cc_address = OFFICE.title(), "hall@newark.example.org"
    for one in (letter, adviser):
        one.state, one.rendered = "queued", b"Subject: Invitation\n\n"
    inbox.db.add(SuppressedAddress(address=OFFICE, since=inbox.now, answer="550 no"))
    inbox.db.flush()
    taken = claim(inbox.db.connection(), now=inbox.now).mails
    assert {one.to_address: one.cc_address for one in taken} == {
        MAYOR: None,
        adviser.to_address: "hall@newark.example.org",
    }


@pytest.mark.parametrize(
    ("status", "diagnostic", "refused"),
    [
        ("5.1.1", "550 5.1.1 no such user", True),
        ("5.7.1", "550 5.7.1 you are on a list", False),
        ("5.2.2", "552 mailbox full", False),
        ("5.0.0", "550 rejected", False),
        ("", "550 no such user", True),
        ("", "550-5.1.1 no such user", True),
        ("", "550 5.7.26 unauthenticated", False),
        ("", "554 looks like spam", False),
        ("", "", False),
    ],
)
def test_only_what_is_wrong_with_the_address_suppresses_it(
    inbox: Inbox, letter: OutboxMail, status: str, diagnostic: str, refused: bool
) -> None:
    """The letter came back in each case."""
    raw = written.came_back(MAYOR, status=status, diagnostic=diagnostic)
    mail = inbox.takes(raw, written.bounce_to(letter.id))
    assert letter.bounced_at == inbox.now
    assert suppressed(inbox) == [MAYOR] * refused
    assert ("Nothing more is sent there" in mail.reason) is refused


def test_a_bounce_of_nothing_that_we_know(inbox: Inbox) -> None:
    mail = inbox.takes(written.came_back("somebody@example.net"), "letters@events.example.org")
    assert (mail.outcome, mail.outbox_mail_id, mail.event_id) == ("bounce", None, None)


def test_an_automatic_answer_is_noted_at_the_person(inbox: Inbox, letter: OutboxMail) -> None:
    raw = written.words(MAYOR, "I am away.", Auto_Submitted="auto-replied")
    mail = inbox.takes(raw, written.bounce_to(letter.id))
    assert (mail.outcome, mail.outbox_mail_id, mail.invitation_id) == (
        "auto-reply",
        letter.id,
        inbox.invitation.id,
    )
    thread = written.words(
        MAYOR, "Away.", Auto_Submitted="auto-replied", In_Reply_To=letter.message_id
    )
    assert inbox.takes(thread).outbox_mail_id == letter.id
