"""What no person wrote."""

import pytest

from events_service.incoming.mail import read_mail
from tests.incoming.mails import ANSWERED, PERSON, VACATION, sent, topped


def kind(mail: bytes) -> str:
    return read_mail(mail, trusted_servers=()).kind


def test_a_vacation_note() -> None:
    note = read_mail(sent(VACATION), trusted_servers=())
    assert (note.kind, note.subject, note.in_reply_to) == (
        "auto-reply",
        "Neprítomnosť: You are invited",
        ("<invite-71@events.example.org>",),
    )


@pytest.mark.parametrize(
    "value", ["auto-replied", "auto-generated", "Auto-Notified", "auto-replied; x=y", "(x) y", ""]
)
def test_an_answer_that_a_program_gave_by_itself_is_no_persons(value: str) -> None:
    assert kind(topped(ANSWERED, f"Auto-Submitted: {value}")) == "auto-reply"


@pytest.mark.parametrize("value", ["no", "No", "no (a person)", "no; x=y"])
def test_auto_submitted_no_is_a_persons(value: str) -> None:
    assert kind(topped(ANSWERED, f"Auto-Submitted: {value}")) == "calendar"


@pytest.mark.parametrize(
    "header",
    [
        "Precedence: auto_reply",
        "Precedence: Bulk",
        "Precedence: junk",
        "X-Autoreply: yes",
        "X-Autorespond: You are invited",
        "X-Auto-Reply: 1",
    ],
)
def test_signs_of_a_note_count_where_there_is_no_answer(header: str) -> None:
    """Clients and gateways put some of these on true answers."""
    assert kind(topped(PERSON, header)) == "auto-reply"
    assert kind(topped(ANSWERED, header)) == "calendar"


@pytest.mark.parametrize("header", ["Precedence: list", "X-Autoreply: no", "X-Mailer: Outlook"])
def test_signs_that_are_none(header: str) -> None:
    assert kind(topped(PERSON, header)) == "other"
