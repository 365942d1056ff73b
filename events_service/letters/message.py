"""From a letter to a MIME message, in two steps.

`compose` makes the stored form once: 8-bit leaves and placeholders for links. `seal` makes what
is sent, alike at each try: placeholders filled and every leaf transfer-encoded. A stored letter
therefore opens nothing, and an SMTP server never has to re-encode it.
"""

import hashlib
import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from events_service.itip.addresses import AddressNotSendable
from events_service.itip.folding import fold, unfold
from events_service.letters.headers import mailbox_header, text_header
from events_service.letters.letter import CalendarPart, Letter
from events_service.tokens import fill_placeholders, token_for

__all__ = ["AddressNotSendable", "compose", "envelope_sender", "seal"]

CRLF = b"\r\n"
LONGEST = 990  # octets of a stored line; RFC 5322 allows 998
ENCODED = 76  # characters of a base64 line (RFC 2045 §6.8)
_BOUNDARY = re.compile(rb'boundary="([^"]+)"')
_ENCODING = re.compile(rb"(?m)^Content-Transfer-Encoding: 8bit")


def compose(
    letter: Letter,
    *,
    to_name: str,
    to_address: str,
    cc_address: str | None,
    message_id: str,
    date: datetime,
) -> bytes:
    """The stored form (RFC 5322, 8bit). `message_id` is with its angle brackets, `date` aware.

    With a calendar part: mixed{alternative{plain, html, calendar}, application/ics}, else the
    alternative alone. AddressNotSendable if To, Cc or From cannot be written without SMTPUTF8.
    """
    headers = [
        mailbox_header("From", letter.from_address, letter.from_name),
        mailbox_header("To", to_address, to_name),
        *([mailbox_header("Cc", cc_address)] if cc_address else []),
        *([mailbox_header("Reply-To", letter.reply_to)] if letter.reply_to else []),
        text_header("Subject", letter.subject),
        f"Date: {format_datetime(date.astimezone(UTC))}",
        text_header("Message-ID", message_id),
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
        f"Content-Language: {letter.language}",
    ]
    return (
        CRLF.join(header.encode("ascii") for header in headers) + CRLF + _body(letter, message_id)
    )


def seal(secret: str, stored: bytes) -> bytes:
    """What goes over the wire. The same secret and stored bytes always give the same."""
    head, _, body = stored.partition(CRLF + CRLF)
    return (
        fill_placeholders(secret, _entity_head(head)) + CRLF * 2 + _sealed_body(secret, head, body)
    )


def envelope_sender(secret: str, mail_id: int, mail_domain: str) -> str:
    """The address bounces go to: it names the mail and cannot be made up (VERP, signed)."""
    return f"bounce+{token_for(secret, 'bnce', mail_id)}@{mail_domain}"


def _body(letter: Letter, message_id: str) -> bytes:
    leaves = [
        _leaf("text/plain; charset=UTF-8", _text(letter.text)),
        _leaf("text/html; charset=UTF-8", _text(letter.html)),
    ]
    part = letter.calendar
    if part is None:
        return _multipart("alternative", leaves, message_id)
    _check(part)
    leaves.append(_leaf(f"text/calendar; method={part.method}; charset=UTF-8", part.ics))
    attachment = _leaf(
        'application/ics; name="invite.ics"',
        part.ics,
        'Content-Disposition: attachment; filename="invite.ics"',
    )
    parts = [_multipart("alternative", leaves, message_id), attachment]
    return _multipart("mixed", parts, message_id)


def _check(part: CalendarPart) -> None:
    """The MIME parameter must equal the property (RFC 6047 §2.4)."""
    if f"\r\nMETHOD:{part.method}\r\n".encode() not in part.ics:
        raise ValueError(f"the calendar part is no {part.method}")


def _multipart(kind: str, parts: list[bytes], message_id: str) -> bytes:
    """Boundaries come from the Message-ID, which nobody can guess and put into a body."""
    digest = hashlib.sha256(f"{kind}{message_id}".encode()).hexdigest()[:24]
    boundary = f"=_{kind[:3]}_{digest}"
    mark = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n'.encode()
    inner = b"".join(mark + CRLF + part + CRLF for part in parts)
    return head + b"Content-Transfer-Encoding: 8bit" + CRLF * 2 + inner + mark + b"--" + CRLF


def _leaf(content_type: str, content: bytes, *more: str) -> bytes:
    head = [f"Content-Type: {content_type}", *more, "Content-Transfer-Encoding: 8bit"]
    return "\r\n".join(head).encode("ascii") + CRLF * 2 + content


def _text(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode().split(b"\n")
    return CRLF.join(piece for line in lines for piece in _pieces(line))


def _pieces(line: bytes) -> Iterator[bytes]:
    """A line in pieces that may be stored: broken at a space, else before a character."""
    while len(line) > LONGEST:
        cut = line.rfind(b" ", 1, LONGEST)
        if cut < 0:
            cut = LONGEST
            while line[cut] & 0xC0 == 0x80:  # inside a UTF-8 character
                cut -= 1
            entity = line.rfind(b"&", cut - 8, cut)
            cut = entity if entity > 0 and b";" not in line[entity:cut] else cut
        yield line[:cut]
        line = line[cut:]
    yield line


def _sealed_body(secret: str, head: bytes, body: bytes) -> bytes:
    # The last Content-Type is ours: nothing else of a head can begin a line with that name.
    boundary = _BOUNDARY.search(head, head.rindex(b"Content-Type: "))
    if boundary is None:
        return _encoded(secret, head, body)
    mark = CRLF + b"--" + boundary[1]
    first, *parts, last = (CRLF + body).split(mark)
    return (first + mark + mark.join([*(_sealed_part(secret, p) for p in parts), last]))[2:]


def _sealed_part(secret: str, part: bytes) -> bytes:
    head, _, body = part.removeprefix(CRLF).partition(CRLF + CRLF)
    return CRLF + _entity_head(head) + CRLF * 2 + _sealed_body(secret, head, body)


def _entity_head(head: bytes) -> bytes:
    """The head with the transfer encoding that its body gets."""
    if b"Content-Type: multipart/" in head:
        return _ENCODING.sub(b"Content-Transfer-Encoding: 7bit", head)
    kind = b"base64" if _is_calendar(head) else b"quoted-printable"
    return _ENCODING.sub(b"Content-Transfer-Encoding: " + kind, head)


def _encoded(secret: str, head: bytes, body: bytes) -> bytes:
    if _is_calendar(head):
        return _encoded_calendar(secret, body)
    return b2a_qp(fill_placeholders(secret, body), istext=True)


@lru_cache(maxsize=1)  # a letter holds its calendar twice: to be answered, and as a file
def _encoded_calendar(secret: str, body: bytes) -> bytes:
    # A fold may run through a placeholder. A token is as long, so the folds fall alike.
    encoded = b64encode(fold(fill_placeholders(secret, unfold(body))))
    starts = range(0, len(encoded), ENCODED)
    return b"".join([encoded[start : start + ENCODED] + CRLF for start in starts])


def _is_calendar(head: bytes) -> bool:
    return b"Content-Type: text/calendar" in head or b"Content-Type: application/ics" in head
