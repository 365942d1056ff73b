"""No bytes make the reader fail, and what it says can be kept in a database."""

from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events_service.incoming.mail import IncomingMail, read_mail
from tests.incoming.mails import ALL, ANSWERED, ICS, sent

HEADERS = (
    *("From", "Subject", "Content-Type", "Content-Disposition", "Message-ID", "Precedence"),
    *("Authentication-Results", "Auto-Submitted", "Delivered-To", "Content-Transfer-Encoding"),
    *("Return-Path", "In-Reply-To", "Received"),
)
TRUSTED = ("mx.events.example.org",)


def read(raw: bytes) -> IncomingMail:
    mail = read_mail(raw, trusted_servers=TRUSTED)
    for text in texts(astuple(mail)):
        assert "\x00" not in text
        text.encode()  # no lone surrogates
    assert (mail.bounce is not None) == (mail.kind == "bounce")
    assert mail.calendars or mail.kind != "calendar"
    return mail


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for one in value for each in texts(one)] if isinstance(value, tuple) else []


def test_an_answer_is_read_whole() -> None:
    mail = read(sent(ANSWERED))
    assert [each.strip() for each in mail.calendars] == [ICS.strip()]
    assert mail == IncomingMail(
        kind="calendar",
        message_id="<answer-1@newark.example.org>",
        subject="Accepted: You are invited",
        sender="deputy.mayor@newark.example.org",
        dmarc_passed=False,
        calendars=mail.calendars,
    )


@pytest.mark.parametrize(
    "subject",
    [
        "=?no-such-charset?b?xb1vZmlh?=",
        "=?utf-8?b?broken===?=",
        "=?utf-8?q?=00=ED=A0=80?=",
        "=?utf-16?b?2AA=?=",
        "x\u202ey",
        "\x07",
        "=?utf-8?b?" * 500,
    ],
)
def test_strange_subjects(subject: str) -> None:
    read(sent(ANSWERED.replace("Accepted: You", subject)))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"\r\n" * 1000,
        b"From: a@b.example",
        b":\r\n:\r\n",
        b"Content-Type: multipart/mixed\r\n\r\n",
        b"Content-Type: multipart/report\r\n\r\n",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: "
        b"message/delivery-status\r\n\r\n",
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n!!",
        b"Content-Type: text/calendar; charset*=x''%ff%fe; name*0*=a\r\n\r\nBEGIN:VCALENDAR",
        b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: uuencode\r\n\r\nbegin 6",
        b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\n----\r\n',
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (each, each)
            for each in range(1500)
        ),
        b"Subject: =?utf-8?b?" + b"A" * 100_000,
        b"From: " + b'"' * 100_000 + b"<a@b.example>",
        b"Authentication-Results: mx.events.example.org; " + b"(" * 100_000,
        b"Authentication-Results: " + b"a=b;" * 50_000,
        b"Received: x\r\n" * 20_000,
    ],
)
def test_strange_mails(raw: bytes) -> None:
    read(raw)


def test_a_mail_that_is_too_large_is_not_taken_apart() -> None:
    mail = read(sent(ANSWERED) + b"x" * 30 * 1024 * 1024)
    assert (mail.kind, mail.problem) == ("other", "The mail is too large to be read.")


@given(st.binary(max_size=2000))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    read(raw)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(ALL)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=20)), max_size=4),
)
def test_no_damage_to_a_mail_makes_it_fail(
    name: str, damages: list[tuple[float, int, bytes]]
) -> None:
    raw = sent(ALL[name])
    for place, dropped, noise in damages:
        at = int(place * len(raw))
        raw = raw[:at] + noise + raw[at + dropped :]
    read(raw)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(ALL)),
    st.lists(
        st.tuples(
            st.sampled_from(HEADERS),
            st.text(max_size=40)
            | st.sampled_from(["multipart/report", "<>", "text/calendar;charset*=x"]),
        ),
        max_size=4,
    ),
)
def test_no_header_makes_it_fail(name: str, headers: list[tuple[str, str]]) -> None:
    above = b"".join(
        f"{header}: {value}\r\n".encode("utf-8", "surrogatepass") for header, value in headers
    )
    read(above + sent(ALL[name]))
