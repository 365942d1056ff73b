"""A mail taken apart says what was put into it."""

from datetime import UTC, datetime

import pytest

from events_service.letters import LETTERS
from events_service.letters.message import compose, seal
from events_service.letters.opened import CalendarGlance, OpenedMail, opened
from tests.conftest import SECRET
from tests.letters.cast import CASES, SENDER


def read(name: str) -> OpenedMail:
    stored = compose(
        LETTERS[name.partition(".")[0]](CASES[name], SENDER),
        to_name="Ålesund, deputy mayor",
        to_address="deputy@newark.example.org",
        cc_address=None,
        message_id="<one@events.example.org>",
        date=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )
    return opened(seal(SECRET, stored))


def test_headers_are_decoded() -> None:
    mail = read("spotlight_invite")
    assert mail.header("to") == '"Ålesund, deputy mayor" <deputy@newark.example.org>'
    assert mail.header("Message-ID") == "<one@events.example.org>"
    assert mail.header("X-Nothing") == ""


@pytest.mark.parametrize("name", CASES)
def test_every_letter_has_both_forms_and_no_placeholder(name: str) -> None:
    mail = read(name)
    assert mail.text
    assert mail.html
    assert "zzlinkzz" not in mail.text + mail.html


def test_a_calendar_part_is_read_for_its_card() -> None:
    mail = read("member_invited")
    assert mail.calendar == CalendarGlance(
        method="REQUEST",
        does="Puts this into the calendar and asks for an answer",
        title="Preventing hate where people live, Bratislava",
        when="Tuesday\xa01 to Wednesday 2\xa0June 2027, 09:00\xa0–\xa017:30 each day"
        " (Europe/Bratislava)",
        where="Primate’s Palace, Primaciálne námestie 2, Bratislava, Slovakia",
        sequence=0,
        status="CONFIRMED",
    )
    assert [(part.name, part.content_type) for part in mail.attachments] == [
        ("invite.ics", "application/ics")
    ]
    assert b"METHOD:REQUEST" in mail.attachments[0].content


def test_a_letter_without_calendar_has_neither_card_nor_files() -> None:
    mail = read("spotlight_invite")
    assert (mail.calendar, mail.attachments) == (None, ())


def test_a_cancelled_day_is_said_to_be_taken_out() -> None:
    card = read("member_cancelled").calendar
    assert card is not None
    assert (card.method, card.does) == ("CANCEL", "Takes this out of the calendar")
