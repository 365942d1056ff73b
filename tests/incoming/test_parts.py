"""Calendars in mails, however they are wrapped."""

import base64
import quopri

import pytest

from events_service.incoming.mail import IncomingMail, read_mail
from events_service.incoming.parts import LARGEST
from tests.incoming.mails import ANSWERED, CALENDAR, ICS, sent

HEAD = b"From: deputy.mayor@newark.example.org\r\nMIME-Version: 1.0\r\n"


def read(mail: bytes) -> IncomingMail:
    return read_mail(mail, trusted_servers=())


def part(head: str, body: bytes, encoding: str = "base64") -> bytes:
    encoded = {
        "base64": base64.encodebytes(body).replace(b"\n", b"\r\n"),
        "quoted-printable": quopri.encodestring(body, quotetabs=True),
        "8bit": body,
        "7bit": body,
    }[encoding]
    lines = f"{head}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return lines.encode() + encoded


def mixed(*parts: bytes) -> bytes:
    inner = b"".join(b"--B\r\n" + each + b"\r\n" for each in parts)
    return HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + inner + b"--B--\r\n"


def lines(ics: bytes) -> list[bytes]:
    return ics.split()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "7bit"])
@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/calendar; method=REPLY; charset=UTF-8",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Type: TEXT/Calendar",
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Type: application/octet-stream; name="invite.ics"',
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=A.ICS",
        "Content-Type: text/calendar; charset=no-such-charset",
        "Content-Type: text/calendar; charset=us-ascii",
        "Content-Type: text/calendar; charset=punycode",
        "Content-Type: text/calendar; charset=utf-16",
        'Content-Type: text/calendar; charset=""',
    ],
)
def test_a_calendar_is_found(head: str, encoding: str) -> None:
    alone = read(HEAD + part(head, ICS, encoding))
    within = read(
        mixed(part("Content-Type: text/plain", b"Accepted.", "7bit"), part(head, ICS, encoding))
    )
    for mail in (alone, within):
        assert (mail.kind, mail.problem) == ("calendar", "")
        assert [lines(each) for each in mail.calendars] == [lines(ICS)]


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain",
        "Content-Type: application/octet-stream; name=invite.pdf",
        "Content-Type: application/pdf; name=invite.ics",
        "Content-Type: message/external-body",
    ],
)
def test_other_parts_are_no_calendar(head: str) -> None:
    assert read(mixed(part(head, ICS))).calendars == ()


@pytest.mark.parametrize(
    ("named", "charset"),
    [
        ("iso-8859-2", "iso-8859-2"),
        ("windows-1250", "cp1250"),
        ("utf-16", "utf-16"),
        ("utf-16le", "utf-16-le"),
        ("utf-16be", "utf-16-be"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("us-ascii", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_character_sets_are_made_one(named: str, charset: str) -> None:
    head = f"Content-Type: text/calendar; charset={named}"
    mail = read(HEAD + part(head, ICS.decode().encode(charset)))
    assert [lines(each) for each in mail.calendars] == [lines(ICS)]


def test_a_character_set_that_is_not_named_is_guessed() -> None:
    ics = CALENDAR.replace("Žofia", "Zoé").replace("\n", "\r\n")
    mail = read(HEAD + part("Content-Type: text/calendar", ics.encode("latin-1")))
    assert [lines(each) for each in mail.calendars] == [lines(ics.encode())]


def test_the_same_calendar_twice_counts_once() -> None:
    folded = ICS.replace(b"mailto:", b"mai\r\n lto:").replace(b"\r\n", b"\n")
    inline = part("Content-Type: text/calendar; method=REPLY", ICS)
    copy = part("Content-Type: application/ics; name=a.ics", folded)
    other = part("Content-Type: application/ics; name=b.ics", ICS.replace(b"one@", b"two@"))
    assert len(read(mixed(inline, copy)).calendars) == 1
    assert len(read(mixed(inline, copy, other)).calendars) == 2


def test_a_calendar_that_is_too_large_is_left_out_and_said() -> None:
    large = part("Content-Type: text/calendar", ICS + b"x" * LARGEST)
    mail = read(mixed(large))
    assert (mail.kind, mail.calendars) == ("other", ())
    assert mail.problem == "A calendar in the mail is too large to be an answer."


def test_a_mail_of_many_calendars_is_for_a_person() -> None:
    several = [
        part("Content-Type: text/calendar", ICS.replace(b"one@", b"%d@" % number))
        for number in range(11)
    ]
    assert len(read(mixed(*several[:10])).calendars) == 10
    assert read(mixed(*several)).problem == "The mail holds more calendars than an answer has."
    assert read(mixed(*several)).calendars == ()


def test_signed_mail_is_looked_into() -> None:
    inner = sent(ANSWERED).partition(b"1.0\r\n")[2]
    mail = (
        HEAD
        + b"Content-Type: multipart/signed; boundary=S\r\n\r\n--S\r\n"
        + inner
        + b"\r\n--S\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--S--\r\n"
    )
    assert len(read(mail).calendars) == 1


def test_parts_within_parts_end_somewhere() -> None:
    body = part("Content-Type: text/calendar", ICS)
    for number in range(200):
        head = f"Content-Type: multipart/mixed; boundary=B{number}\r\n\r\n--B{number}\r\n"
        body = head.encode() + body + f"\r\n--B{number}--\r\n".encode()
    assert read(HEAD + body).calendars == ()
