"""What came back, and what only looks as if."""

from dataclasses import replace

import pytest

from events_service.incoming.bounce import Bounce
from events_service.incoming.mail import IncomingMail, read_mail
from tests.incoming.mails import (
    ANSWERED,
    CALENDAR,
    EXIM,
    PERSON,
    POSTFIX,
    QMAIL,
    RECEIPT,
    sent,
    topped,
)

UNKNOWN_USER = Bounce(
    recipient="deputy.mayor@newark.example.org",
    permanent=True,
    status="5.1.1",
    diagnostic="550 5.1.1 <deputy.mayor@newark.example.org>: Recipient address rejected: "
    "User unknown",
    original_message_id="<invite-71@events.example.org>",
)
HEURISTIC = replace(UNKNOWN_USER, status="", diagnostic="")


def read(mail: str | bytes) -> IncomingMail:
    return read_mail(sent(mail) if isinstance(mail, str) else mail, trusted_servers=())


def altered(mail: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in mail
        mail = mail.replace(old, new)
    return mail


def test_a_report_is_a_bounce_and_the_invitation_in_it_is_no_answer() -> None:
    assert read(POSTFIX) == IncomingMail(
        kind="bounce",
        message_id="<20270501120000.1@mx.newark.example.org>",
        subject="Undelivered Mail Returned to Sender",
        sender=None,  # it bears a comment
        dmarc_passed=False,
        bounce=UNKNOWN_USER,
    )


def test_not_even_an_answer_within_a_report_is_one() -> None:
    mail = altered(POSTFIX, ("METHOD:REQUEST", "METHOD:REPLY"))
    assert (read(mail).kind, read(mail).calendars) == ("bounce", ())
    beside = altered(POSTFIX, ("Content-Type: message/rfc822\n", "Content-Type: text/calendar\n"))
    assert (read(beside).kind, read(beside).calendars) == ("bounce", ())


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [
        ("failed", "5.1.1", True),
        ("Failed (no such user)", "5.0.0", True),
        ("error", "5.7.1", True),
        ("failed", "", True),
        ("failed", "4.4.7", False),  # given up, but the address may be right
        ("delayed", "4.4.1", False),
        ("delayed", "5.0.0", False),
    ],
)
def test_failures_and_delays(action: str, status: str, permanent: bool) -> None:
    mail = altered(POSTFIX, ("Action: failed", f"Action: {action}"), ("5.1.1\n", f"{status}\n"))
    assert read(mail).bounce == replace(UNKNOWN_USER, permanent=permanent, status=status)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_success_is_nothing(action: str) -> None:
    found = read(altered(POSTFIX, ("Action: failed", f"Action: {action}"), ("5.1.1\n", "2.0.0\n")))
    assert (found.kind, found.bounce) == ("auto-reply", None)


def test_the_worst_of_several_recipients_counts() -> None:
    late = "Final-Recipient: rfc822; office@newark.example.org\nAction: delayed\n\n"
    mail = altered(POSTFIX, ("\nFinal-Recipient: rfc822; D", f"\n{late}Final-Recipient: rfc822; D"))
    assert read(mail).bounce == UNKNOWN_USER


@pytest.mark.parametrize(
    ("lines", "recipient"),
    [
        ("Final-Recipient: rfc822; <Deputy@newark.example.org>", "deputy@newark.example.org"),
        ("Final-Recipient: Deputy@newark.example.org", "deputy@newark.example.org"),
        ("Final-Recipient: x400; /C=US/", ""),
        ("Final-Recipient: rfc822; a@b.example, c@d.example", ""),
        (
            "Original-Recipient: rfc822; /C=US/\nFinal-Recipient: rfc822; a@b.example",
            "a@b.example",
        ),
    ],
)
def test_recipients_are_read_strictly(lines: str, recipient: str) -> None:
    head, _, rest = POSTFIX.partition("Final-Recipient")
    mail = head + lines + "\nAction:" + rest.partition("Action:")[2]
    assert read(mail).bounce == replace(UNKNOWN_USER, recipient=recipient)


def test_only_the_headers_came_back() -> None:
    mail = altered(POSTFIX, ("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers"))
    assert read(mail).bounce == UNKNOWN_USER


def test_a_report_that_says_nothing_is_a_bounce_of_nobody() -> None:
    head, _, rest = POSTFIX.partition("Final-Recipient")
    mail = head + "--B\nContent-Type: message/rfc822" + rest.partition("message/rfc822")[2]
    assert read(mail).bounce == Bounce("", False, "", "", "<invite-71@events.example.org>")


@pytest.mark.parametrize("mail", [QMAIL, EXIM])
def test_other_forms_of_bounces(mail: str) -> None:
    assert (read(mail).kind, read(mail).bounce) == ("bounce", HEURISTIC)


def test_a_person_who_quotes_a_bounce_is_a_person() -> None:
    mail = PERSON + QMAIL.partition("\n\n")[2]
    assert (read(mail).kind, read(mail).bounce) == ("other", None)


def test_a_sender_of_nothing_alone_is_no_bounce() -> None:
    assert read(topped(PERSON, "Return-Path: <>")).kind == "other"
    assert read(topped(ANSWERED, "Return-Path: <>")).kind == "calendar"


def test_a_receipt_is_no_bounce() -> None:
    assert (read(RECEIPT).kind, read(RECEIPT).bounce) == ("auto-reply", None)


def test_a_complaint_is_for_a_person() -> None:
    mail = altered(RECEIPT, ("report-type=disposition-notification", "report-type=feedback-report"))
    assert (read(mail).kind, read(mail).bounce) == ("other", None)


def test_a_bounce_that_is_forwarded_holds_no_answer() -> None:
    inner = POSTFIX.replace('"B"', '"C"').replace("--B", "--C")
    report = inner.partition("encapsulated message.")[2]
    part = f"--B\nContent-Type: multipart/report; boundary=C\n\n{report}\n"
    mail = f"From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n{part}--B--\n"
    assert "METHOD:REQUEST" in mail
    assert (read(mail).kind, read(mail).calendars) == ("other", ())


def test_a_mail_within_a_mail_holds_no_answer() -> None:
    head = "From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
    inner = f"Content-Type: message/rfc822\n\n{ANSWERED}\n--B--\n"
    assert (read(head + inner).kind, read(head + inner).calendars) == ("other", ())
    control = head + ANSWERED.partition("1.0\n")[2] + "\n--B--\n"
    assert len(read(control).calendars) == 1
    assert CALENDAR.replace("\n", "\r\n").encode().strip() == read(control).calendars[0].strip()
