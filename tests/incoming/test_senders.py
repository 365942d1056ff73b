"""One address, or none: what can be read in two ways is refused."""

from email.utils import parseaddr

import pytest

from events_service.incoming.mail import read_mail
from events_service.incoming.senders import one_address
from tests.incoming.mails import PERSON, sent, topped


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("alice@city.example", "alice@city.example"),
        ("Alice@City.Example", "alice@city.example"),
        ("<alice@city.example>", "alice@city.example"),
        ("Alice <alice@city.example>", "alice@city.example"),
        ("J. O'Neill-Smith <alice@city.example>", "alice@city.example"),
        ('"Mayor, deputy" <alice@city.example>', "alice@city.example"),
        ('"The \\"real\\" <mayor@evil.example>" <alice@city.example>', "alice@city.example"),
        ("=?utf-8?b?xb1vZmlh?= <alice@city.example>", "alice@city.example"),
        ("Žofia <alice@city.example>", "alice@city.example"),
        ("alice+calendar@žilina.example", "alice+calendar@xn--ilina-tib.example"),
    ],
)
def test_one_address(value: str, address: str) -> None:
    assert one_address(value) == address


@pytest.mark.parametrize(
    "value",
    [
        "alice@city.example]<mallory@evil.example>",
        "alice@city.example <mallory@evil.example>",
        "alice@city.example, mallory@evil.example",
        "alice@city.example; mallory@evil.example",
        "<alice@city.example><mallory@evil.example>",
        "<alice@city.example> mallory",
        "alice@city.example (mallory@evil.example)",
        "(comment) alice@city.example",
        "alice(comment)@city.example",
        "Cities: alice@city.example;",
        "<@evil.example:alice@city.example>",
        '"alice@city.example',
        '"alice@city.example" "',
        "alice @city.example",
        "alice@city.example\u00a0<mallory@evil.example>",
        '"alice"@city.example',
        "alice@[192.0.2.1]",
        "alice@city",
        "älice@city.example",
        "alice@city.example\\",
        "alice",
        "<>",
        "",
        "x" * 2000 + " <alice@city.example>",
    ],
)
def test_nobody(value: str) -> None:
    assert one_address(value) is None


def test_control_python_itself_is_fooled_or_guesses() -> None:
    """Else the strictness would be for nothing."""
    assert parseaddr("alice@city.example (mallory@evil.example)")[1] == "alice@city.example"
    assert parseaddr("<@evil.example:alice@city.example>")[1] == "alice@city.example"


def sender(mail: bytes) -> str | None:
    return read_mail(mail, trusted_servers=()).sender


def test_the_sender_is_in_lower_case() -> None:
    assert sender(sent(PERSON)) == "deputy.mayor@newark.example.org"


@pytest.mark.parametrize("second", ["From: x@evil.example", "FROM: x@evil.example", "From : x@y.z"])
def test_two_senders_are_none(second: str) -> None:
    assert sender(topped(PERSON, second)) is None
    assert sender(sent(PERSON.replace("\nTo:", f"\n{second}\nTo:"))) is None


def test_the_mark_of_an_mbox_file_is_no_sender() -> None:
    marked = b"From bounce@newark.example.org Sat May  1 12:00:00 2027\r\n" + sent(PERSON)
    assert sender(marked) == "deputy.mayor@newark.example.org"


def test_no_sender() -> None:
    assert sender(sent(PERSON.replace("From:", "X-From:"))) is None


def test_a_folded_sender() -> None:
    folded = PERSON.replace('Newark" <', 'Newark"\n <')
    assert sender(sent(folded)) == "deputy.mayor@newark.example.org"


def test_octets_that_are_no_text() -> None:
    mail = sent(PERSON).replace(b"Deputy mayor, Newark", b"Deputy \xff\x00 mayor")
    assert sender(mail) == "deputy.mayor@newark.example.org"


def test_to_whom_it_was_delivered() -> None:
    mail = topped(
        PERSON,
        "Delivered-To: RSVP+Token@events.example.org",
        "X-Original-To: rsvp+other@events.example.org",
        "Delivered-To: rsvp+token@events.example.org",
        "Delivered-To: a@b.example, c@d.example",
    )
    read = read_mail(mail, trusted_servers=())
    assert read.delivered_to == ("rsvp+token@events.example.org", "rsvp+other@events.example.org")
    assert read.message_id == "<question-1@newark.example.org>"
    assert read.in_reply_to == ("<invite-71@events.example.org>", "<invite-70@events.example.org>")
