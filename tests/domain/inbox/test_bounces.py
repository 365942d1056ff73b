"""Letters that come back: what is marked, and on whose word."""

import pytest

from events_service.model import OutboxMail, SuppressedAddress
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


def test_the_copy_that_came_back_marks_the_office_alone(inbox: Inbox, letter: OutboxMail) -> None:
    letter.cc_address = "office@newark.example.org"
    inbox.takes(written.came_back("office@newark.example.org"), written.bounce_to(letter.id))
    assert suppressed(inbox) == ["office@newark.example.org"]


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
