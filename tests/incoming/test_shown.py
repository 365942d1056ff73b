"""A stranger's mail as a person reads it: words, whatever the bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.incoming.shown import LONGEST, ShownMail, shown
from tests.inbound import message

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
NESTED = (
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: message/rfc822\r\n\r\nContent-Type: text/plain\r\n\r\nInner\r\n--x\r\n"
    b"Content-Type: text/plain; name=a.txt\r\n\r\nA file\r\n--x\r\n"
    b"Content-Type: text/plain\r\n\r\nOuter\r\n--x--\r\n"
)


def test_text_and_markup_are_told_apart() -> None:
    raw = message(
        "a@city.example.org", "I can’t come.", html="<p>No</p>", calendar="BEGIN:VCALENDAR"
    )
    assert shown(raw) == ShownMail("I can’t come.\n", "<p>No</p>\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"Subject: x\r\n\r\nHello", "Hello"),
        (NESTED, "Outer"),
        (b"Content-Type: text/plain; charset=no-such\r\n\r\n\xc5\xbdilina", "Žilina"),
        (b"Content-Type: text/plain; charset=windows-1250\r\n\r\n\x8eilina", "Žilina"),
        (b"Content-Type: text/plain\r\n\r\n\xff\x00\x1b[31m", "\ufffd[31m"),
        (b"Content-Type: application/pdf\r\n\r\n%PDF", ""),
        (b"\r\n" + b"x" * (LONGEST + 5), "x" * LONGEST),
    ],
)
def test_what_is_shown_of_it(raw: bytes, text: str) -> None:
    assert shown(raw).text == text


def test_ends_of_our_links_are_hidden_and_other_words_are_not() -> None:
    quoted = f"> https://events.example.org/a/{TOKEN}\n> rsvp+{TOKEN.upper()}@events.example.org"
    long = f"x{TOKEN} {TOKEN}x {TOKEN[:31]}"
    assert shown(message("a@b.example.org", f"{quoted}\n{long}")).text == (
        f"> https://events.example.org/a/…\n> rsvp+…@events.example.org\n{long}\n"
    )


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    head = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
    for one in (raw, b"Content-Type: " + raw, head + raw, head + b"Content-Type: " + raw):
        found = shown(one)
        assert "\x00" not in found.text + found.html
