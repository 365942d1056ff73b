"""Who says that a mail is from whom it says."""

import pytest

from events_service.incoming.mail import read_mail
from tests.incoming.mails import PERSON, topped

OURS = "mx.events.example.org"
FROM = "header.from=newark.example.org"
PASS = f"Authentication-Results: {OURS}; dmarc=pass {FROM}"
FAIL = f"Authentication-Results: {OURS}; dmarc=fail (p=reject) {FROM}"
RECEIVED = "Received: from mail.newark.example.org by mx.events.example.org; Sat, 1 May 2027"


def passed(*headers: str, mail: str = PERSON) -> bool:
    return read_mail(
        topped(mail, *headers), trusted_servers=(OURS, "MX2.events.example.org")
    ).dmarc_passed


@pytest.mark.parametrize(
    "value",
    [
        f"{OURS}; dmarc=pass {FROM}",
        f"{OURS.upper()}; DMARC=Pass Header.From=Newark.Example.org",
        f"{OURS} 1; dmarc=pass {FROM}",
        f"mx2.events.example.org; dmarc=pass {FROM}",
        f"{OURS}; dmarc=pass (p=REJECT sp=REJECT dis=NONE) {FROM}",
        f"{OURS};\n dkim=pass header.d=newark.example.org header.b=abc;\n spf=pass "
        f"smtp.mailfrom=x@newark.example.org;\n dmarc=pass (p=none (really)) {FROM}",
        f'{OURS}; dmarc=pass reason="because; of (this)" {FROM}',
        f'{OURS}; dmarc=pass header.from="newark.example.org"',
        f"{OURS}; dmarc/1 = pass {FROM}",
        f"{OURS} (a server; of ours); dmarc=pass {FROM}",
    ],
)
def test_a_pass_by_a_server_that_is_trusted(value: str) -> None:
    assert passed(f"Authentication-Results: {value}")


@pytest.mark.parametrize(
    "value",
    [
        f"mx.evil.example; dmarc=pass {FROM}",
        f"{OURS}.evil.example; dmarc=pass {FROM}",
        f"dmarc=pass {FROM}",
        f"{OURS}; none",
        f"{OURS}; dmarc=fail {FROM}",
        f"{OURS}; dmarc=none {FROM}",
        f"{OURS}; dmarc=passed {FROM}",
        f"{OURS}; dmarc=bestguesspass {FROM}",
        f"{OURS}; dmarc=pass header.from=evil.example",
        f"{OURS}; dmarc=pass header.from=sub.newark.example.org",
        f"{OURS}; dmarc=pass header.from=example.org",
        f"{OURS}; dmarc=pass",
        f"{OURS}; dmarc=pass {FROM} header.from=evil.example",
        f"{OURS}; dmarc=pass header.from=evil.example {FROM}",
        f"{OURS}; (dmarc=pass {FROM})",
        f"{OURS}; spf=fail (; dmarc=pass {FROM})",
        f"{OURS}; spf=fail (never closed; dmarc=pass {FROM}",
        f'{OURS}; spf=fail reason="; dmarc=pass {FROM}"',
        f"{OURS}; x-dmarc=pass {FROM}",
        f"{OURS}; dkim=pass dmarc=pass {FROM}",
        f"{OURS}; dmarc=pass {FROM}; dmarc=fail {FROM}",
        "",
        ";",
    ],
)
def test_what_proves_nothing(value: str) -> None:
    assert not passed(f"Authentication-Results: {value}")


def test_nothing_is_said() -> None:
    assert not passed()
    assert not read_mail(topped(PERSON, PASS), trusted_servers=()).dmarc_passed


def test_who_may_not_be_clear_is_never_proven() -> None:
    assert not passed(PASS, mail=PERSON.replace("From:", "From: x@newark.example.org\nFrom:"))


def test_servers_may_say_it_in_several_headers() -> None:
    spf = f"Authentication-Results: {OURS}; spf=pass smtp.mailfrom=newark.example.org"
    assert passed(spf, PASS, RECEIVED)
    assert passed(RECEIVED, PASS, spf, RECEIVED)


def test_what_a_sender_wrote_lies_below() -> None:
    foreign = "Authentication-Results: mx.evil.example; dmarc=pass"
    spf = f"Authentication-Results: {OURS}; spf=fail smtp.mailfrom=evil.example"
    assert not passed(foreign, PASS)
    assert not passed(FAIL, PASS)
    assert not passed(PASS, FAIL)
    assert not passed(FAIL, RECEIVED, PASS)
    assert not passed(spf, RECEIVED, PASS)
    assert not passed(spf, foreign, PASS)
    assert passed(PASS, RECEIVED, FAIL)  # control: said before it came to us
