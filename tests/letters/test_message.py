"""Line 1 of what a correct invitation is, and what a mail must carry."""

import email
from dataclasses import replace
from email.header import decode_header, make_header
from typing import Any

import pytest

from events_service.itip.addresses import AddressNotSendable
from events_service.letters.letter import CalendarPart
from events_service.letters.message import envelope_sender, seal
from events_service.tokens import placeholder, token_for, token_is_right
from tests.letters.cast import CASES
from tests.letters.sending import SECRET, letter_of, parsed, sent, stored_of

RSVP = token_for(SECRET, "rsvp", 71)
EVERY_CASE = pytest.mark.parametrize("case", CASES)


def shape(part: Any) -> Any:
    if part.is_multipart():
        return [part.get_content_type(), *(shape(each) for each in part.iter_parts())]
    return part.get_content_type()


def leaves(message: bytes) -> list[tuple[str, bytes]]:
    return [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in email.message_from_bytes(message).walk()
        if not part.is_multipart()
    ]


def test_the_parts_of_an_invitation() -> None:
    message = parsed(sent(stored_of(letter_of("member_invited"))))
    assert shape(message) == [
        "multipart/mixed",
        ["multipart/alternative", "text/plain", "text/html", "text/calendar"],
        "application/ics",
    ]
    calendar, attachment = [part for part in message.walk() if not part.is_multipart()][2:]
    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "UTF-8"}
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert attachment.get_filename() == "invite.ics"
    assert attachment.get_content_disposition() == "attachment"
    assert attachment.get_payload(decode=True) == calendar.get_payload(decode=True)


def test_a_letter_without_calendar_is_an_alternative() -> None:
    message = parsed(sent(stored_of(letter_of("sign_in"))))
    assert shape(message) == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize(
    ("case", "method"),
    [
        ("member_invited", b"REQUEST"),
        ("member_updated", b"REQUEST"),
        ("member_cancelled", b"CANCEL"),
    ],
)
def test_the_mime_method_is_the_method_property(case: str, method: bytes) -> None:
    message = sent(stored_of(letter_of(case)))
    assert b"Content-Type: text/calendar; method=" + method + b"; charset=UTF-8\r\n" in message
    ics = dict(leaves(message))["text/calendar"]
    assert b"\r\nMETHOD:" + method + b"\r\n" in ics


def test_another_method_is_refused() -> None:
    letter = letter_of("member_invited")
    assert letter.calendar
    wrong = replace(letter, calendar=CalendarPart("CANCEL", letter.calendar.ics))
    with pytest.raises(ValueError, match="no CANCEL"):
        stored_of(wrong)


def test_the_headers_of_an_invitation() -> None:
    letter = letter_of("member_invited")
    head = sent(stored_of(letter, cc_address="office@bücher.example")).partition(
        b"\r\nContent-Type"
    )[0]
    assert head.decode().split("\r\n") == [
        "From: Network of Cities",
        f" <rsvp+{RSVP}@events.example.org>",
        'To: "Deputy mayor, Newark" <deputy.mayor@newark.example.org>',
        "Cc: office@xn--bcher-kva.example",
        "Reply-To: secretariat@events.example.org",
        "Subject: =?utf-8?b?SW52aXRhdGlvbjogQnJhdGlzbGF2YSwgMSDigJMgMiBKdW5lIDIw?=",
        " =?utf-8?b?MjcgKFByZXZlbnRpbmcgaGF0ZSB3aGVyZSBwZW9wbGUgbGl2ZSk=?=",
        "Date: Mon, 01 Feb 2027 09:30:00 +0000",
        "Message-ID: <0f9a3e5f0c6c1e2b7a4d@events.example.org>",
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
        "Content-Language: en",
    ]


def test_from_is_the_organizer_and_to_the_attendee() -> None:
    message = sent(stored_of(letter_of("member_invited")))
    calendar = dict(leaves(message))["text/calendar"].replace(b"\r\n ", b"").decode()
    assert f"mailto:rsvp+{RSVP}@events.example.org\r\n" in calendar
    assert parsed(message)["From"].addresses[0].addr_spec == f"rsvp+{RSVP}@events.example.org"
    assert "mailto:deputy.mayor@newark.example.org\r\n" in calendar


@EVERY_CASE
def test_every_letter_goes_out_in_short_ascii_lines(case: str) -> None:
    stored = stored_of(letter_of(case))
    message = sent(stored)
    assert message.isascii()
    assert all(len(line) <= 78 for line in message.split(b"\r\n"))
    assert all(len(line) <= 998 for line in stored.split(b"\r\n"))
    for form in (stored, message):
        assert b"\r\r" not in form
        assert b"\n" not in form.replace(b"\r\n", b"") and b"\r" not in form.replace(b"\r\n", b"")
    for part in parsed(message).walk():
        assert part.defects == []


@EVERY_CASE
def test_sealing_changes_links_and_encoding_and_nothing_else(case: str) -> None:
    stored = stored_of(letter_of(case))
    message = sent(stored)
    assert sent(stored) == message
    assert b"zzlinkzz" not in message
    assert [kind for kind, _ in leaves(message)] == [kind for kind, _ in leaves(stored)]
    for (_, before), (kind, after) in zip(leaves(stored), leaves(message), strict=True):
        assert b"zzlinkzz" not in after
        assert len(before) == len(after)
        if kind in ("text/calendar", "application/ics"):
            assert all(len(line) <= 75 for line in after.split(b"\r\n"))
            assert [len(line) for line in before.split(b"\r\n")] == [
                len(line) for line in after.split(b"\r\n")
            ]


def test_the_stored_form_holds_no_token_and_another_secret_gives_another() -> None:
    stored = stored_of(letter_of("member_invited"))
    assert RSVP.encode() not in stored
    assert placeholder("rsvp", 71).encode() in stored
    other = token_for("another secret", "rsvp", 71).encode()
    assert other in seal("another secret", stored)


def test_a_fold_that_runs_through_a_placeholder_is_mended() -> None:
    """Control: filled without unfolding, the stored calendar would keep its placeholder."""
    letter = letter_of("member_invited")
    assert letter.calendar
    assert placeholder("rsvp", 71).encode() not in letter.calendar.ics
    assert placeholder("rsvp", 71).encode() in letter.calendar.ics.replace(b"\r\n ", b"")
    calendar = dict(leaves(sent(stored_of(letter))))["text/calendar"]
    assert RSVP.encode() in calendar.replace(b"\r\n ", b"")


def display_name(message: bytes) -> str:
    """Of To, decoded as RFC 2047 says; Python 3.11's address parser parts adjacent words."""
    decoded = str(make_header(decode_header(email.message_from_bytes(message)["To"])))
    return decoded.rpartition("<")[0].strip().strip('"')


HOSTILE_NAMES = [
    "Mayor\r\nBcc: everyone@example.net",
    "Mayor\nContent-Type: text/html\n\n<b>",
    'Mayor" <evil@example.net>, "x',
    "Mayor\u2028X-Header: 1",
    'Mayor boundary="=_x"',
    "=?utf-8?q?Mayor=0D=0ABcc:_x@example.net?=",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_adds_no_header_and_no_recipient(name: str) -> None:
    letter = replace(letter_of("member_invited"), subject=name, from_name=name)
    message = sent(stored_of(letter, to_name=name))
    plain = sent(stored_of(letter_of("member_invited")))
    assert parsed(message).keys() == parsed(plain).keys()
    assert shape(parsed(message)) == shape(parsed(plain))
    assert [each.addr_spec for each in parsed(message)["To"].addresses] == [
        "deputy.mayor@newark.example.org"
    ]
    assert parsed(message)["Bcc"] is None


@pytest.mark.parametrize("name", ["x" * 10_000, "é" * 10_000, "👩🏽‍⚖️" * 2_000, "a b " * 2_500])
def test_a_name_of_ten_thousand_characters_is_shortened_in_headers_only(name: str) -> None:
    case = {**CASES["member_invited"]["member"], "name": name}
    letter = letter_of("member_invited", member=case)
    message = sent(stored_of(letter, to_name=name))
    shown = display_name(message)
    assert len(shown) <= 200 and shown.endswith("…")
    assert all(len(line) <= 998 for line in message.split(b"\r\n"))
    assert all(len(line) <= 998 for line in stored_of(letter).split(b"\r\n"))
    text = dict(leaves(message))["text/plain"].decode()
    assert "".join(name.split()) in "".join(text.split())


@pytest.mark.parametrize(
    "name", ["Žofia, Bürgermeisterin", "עוזרת ראש העיר", "👩🏽‍⚖️", "plain words", ""]
)
def test_a_name_arrives_as_it_was(name: str) -> None:
    message = sent(stored_of(letter_of("sign_in"), to_name=name))
    assert display_name(message) == name
    assert parsed(message)["To"].addresses[0].addr_spec == "deputy.mayor@newark.example.org"


@pytest.mark.parametrize("field", ["to_address", "cc_address"])
def test_an_address_that_needs_smtputf8_is_refused(field: str) -> None:
    with pytest.raises(AddressNotSendable):
        stored_of(letter_of("sign_in"), **{field: "jürgen@example.org"})


def test_bounces_come_back_to_an_address_that_names_the_mail_and_cannot_be_made_up() -> None:
    address = envelope_sender(SECRET, 4711, "events.example.org")
    local, _, domain = address.partition("@")
    assert domain == "events.example.org"
    assert local.startswith("bounce+")
    assert token_is_right(SECRET, local.removeprefix("bounce+"), "bnce", 4711)
    assert not token_is_right(SECRET, local.removeprefix("bounce+"), "rsvp", 4711)
    assert len(local) <= 64


def test_a_boundary_cannot_be_met_in_a_body() -> None:
    """It follows from the Message-ID, which nobody knows before the mail is sent."""
    one, other = (
        stored_of(letter_of("sign_in"), message_id=f"<{number}@events.example.org>")
        for number in (1, 2)
    )
    assert one.partition(b'boundary="')[2][:30] != other.partition(b'boundary="')[2][:30]
