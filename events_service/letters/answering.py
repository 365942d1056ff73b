"""The mail by which a calendar program answers an invitation, as the in-app mailbox writes it."""

from base64 import encodebytes
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from events_service.itip.messages import Person
from events_service.letters.headers import mailbox_header, text_header
from events_service.letters.letter import CalendarPart


def answering(
    part: CalendarPart,
    *,
    said: str,
    title: str,
    by: Person,
    to: str,
    in_reply_to: str,
    message_id: str,
    date: datetime,
) -> bytes:
    """The whole mail: words and the calendar part (RFC 6047 §2.4), ASCII with CRLF.

    `said` such as "Accepted"; `title` of what is answered. Message-IDs with angle brackets, `date`
    aware. No Auto-Submitted: a person pressed the button. AddressNotSendable for a wrong address.
    """
    boundary = f"=_{sha256(message_id.encode()).hexdigest()[:24]}"
    lines = [
        mailbox_header("From", by.address, by.name),
        mailbox_header("To", to),
        text_header("Subject", f"{said}: {title}"),
        f"Date: {format_datetime(date.astimezone(UTC))}",
        text_header("Message-ID", message_id),
        text_header("In-Reply-To", in_reply_to),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        *_leaf(boundary, "text/plain; charset=UTF-8", f"{said}: {title}\r\n".encode()),
        *_leaf(boundary, f"text/calendar; method={part.method}; charset=UTF-8", part.ics),
        f"--{boundary}--",
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _leaf(boundary: str, content_type: str, content: bytes) -> list[str]:
    encoded = encodebytes(content).decode("ascii").splitlines()
    head = [f"--{boundary}", f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64"]
    return [*head, "", *encoded]
