"""Mail as calendar programs and mail servers write it, to be delivered."""

from collections.abc import Mapping
from datetime import UTC, datetime

from events_service.model import Invitation
from events_service.tokens import token_for
from tests.conftest import SECRET

DOMAIN = "events.example.org"


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def rsvp(invitation: Invitation) -> str:
    """The address in the person's own invitation."""
    return f"rsvp+{token_for(SECRET, 'rsvp', invitation.id)}@{DOMAIN}"


def bounce_to(mail_id: int) -> str:
    return f"bounce+{token_for(SECRET, 'bnce', mail_id)}@{DOMAIN}"


def vevent(
    invitation: Invitation, said: str | None, *, at: datetime, **properties: str | None
) -> list[str]:
    """An answer's VEVENT; `properties` add some, replace some, and None takes one out."""
    attendee = properties.pop("attendee", None) or invitation.member.address
    partstat = f";PARTSTAT={said}" if said else ""
    lines: dict[str, str | None] = {
        "UID": f":{invitation.uid}",
        "DTSTAMP": f":{stamp(at)}",
        "SEQUENCE": f":{invitation.sequence}",
        "ATTENDEE": f"{partstat}:mailto:{attendee}",
        **properties,
    }
    inner = [f"{name.replace('_', '-')}{value}" for name, value in lines.items() if value]
    return ["BEGIN:VEVENT", *inner, "END:VEVENT"]


def calendar(method: str, *events: list[str]) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", f"METHOD:{method}"]
    inner = [line for event in events for line in event]
    return "\r\n".join([*head, *inner, "END:VCALENDAR", ""])


def mail(sender: str, body: str, content_type: str, **headers: str) -> bytes:
    usual: Mapping[str, str] = {
        "From": sender,
        "To": f"rsvp@{DOMAIN}",
        "Subject": "An answer",
        "Message-ID": "<answer-1@city.example.org>",
        "MIME-Version": "1.0",
        "Content-Type": content_type,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "\r\n".join(f"{name}: {value}" for name, value in usual.items())
    return f"{head}\r\n\r\n{body}".encode()


def answer(
    invitation: Invitation,
    said: str | None,
    *,
    at: datetime,
    method: str = "REPLY",
    sender: str | None = None,
    headers: Mapping[str, str] | None = None,
    **properties: str | None,
) -> bytes:
    """What somebody's calendar sends when they press Accept, Tentative or Decline."""
    body = calendar(method, vevent(invitation, said, at=at, **properties))
    content_type = f"text/calendar; method={method}; charset=UTF-8"
    written_by = sender or invitation.member.address
    return mail(written_by, body, content_type, **(headers or {}))


def words(sender: str, text: str = "I shall be late.", **headers: str) -> bytes:
    return mail(sender, text, "text/plain; charset=utf-8", **headers)


def came_back(
    recipient: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    original: str = "",
    diagnostic: str = "550 5.1.1 no such user",
) -> bytes:
    """A delivery report (RFC 3464), with the head of what came back."""
    report = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.city.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {diagnostic}\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {original or '<unknown@example.org>'}\r\nSubject: Invitation\r\n\r\n"
        "--b--\r\n"
    )
    content_type = 'multipart/report; report-type=delivery-status; boundary="b"'
    return mail("mailer-daemon@city.example.org", report, content_type)
