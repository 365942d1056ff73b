"""A mail that came in, read into plain values. Never raises, whatever the bytes are."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from typing import Literal

from events_service.incoming.authentication import dmarc_passed
from events_service.incoming.automatic import looks_automatic, says_automatic
from events_service.incoming.bounce import Bounce
from events_service.incoming.bounces import bounce_in, report_type
from events_service.incoming.parts import calendars, headers, is_report
from events_service.incoming.senders import delivered_to, message_ids, sender_of
from events_service.itip.cleaning import one_line

__all__ = ["Bounce", "IncomingMail", "MailKind", "read_mail"]

MailKind = Literal["calendar", "bounce", "auto-reply", "other"]
LARGEST = 30 * 1024 * 1024  # bytes
LONGEST = 500  # characters of a subject
# Reports that ask nothing of anybody: a mail was read (RFC 8098), or has arrived.
QUIET_REPORTS = ("disposition-notification", "delivery-status")


@dataclass(frozen=True)
class IncomingMail:
    """`sender`: From, lower case, when it names exactly one address and nothing ambiguous.
    `delivered_to`: as the delivering server noted it (Delivered-To, X-Original-To), lower case.
    `calendars`: text/calendar and application/ics parts, never from within a message/rfc822."""

    kind: MailKind
    message_id: str | None
    subject: str
    sender: str | None
    dmarc_passed: bool  # for the domain of `sender`, said by a server that we trust
    delivered_to: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    calendars: tuple[bytes, ...] = ()
    bounce: Bounce | None = None
    problem: str = ""  # why it could not be read, in words


def read_mail(raw: bytes, *, trusted_servers: Collection[str]) -> IncomingMail:
    """What the mail is. `trusted_servers`: authserv-ids whose Authentication-Results count.

    Text in it holds neither NUL nor lone surrogates, so that a database can keep it.
    """
    if len(raw) > LARGEST:
        return _unread("The mail is too large to be read.")
    try:
        return _read(message_from_bytes(raw), trusted_servers)
    except Exception:  # the parser's own faults, for bytes that anybody may send
        return _unread("The mail is damaged, so it could not be taken apart.")


def _unread(problem: str) -> IncomingMail:
    return IncomingMail("other", None, "", None, dmarc_passed=False, problem=problem)


def _read(message: Message, trusted_servers: Collection[str]) -> IncomingMail:
    sender = sender_of(message)
    domain = (sender or "").rpartition("@")[2]
    found, problem = calendars(message)
    bounce = bounce_in(message)
    kind = _kind(message, bounce, found)
    return IncomingMail(
        kind=kind,
        message_id=next(iter(message_ids(message, "Message-ID")), None),
        subject=_subject(message),
        sender=sender,
        dmarc_passed=bool(sender) and dmarc_passed(message, domain, trusted_servers),
        delivered_to=delivered_to(message),
        in_reply_to=message_ids(message, "In-Reply-To", "References"),
        calendars=found,
        bounce=bounce,
        problem=problem,
    )


def _kind(message: Message, bounce: Bounce | None, found: tuple[bytes, ...]) -> MailKind:
    if bounce is not None:
        return "bounce"
    if says_automatic(message) or (is_report(message) and report_type(message) in QUIET_REPORTS):
        return "auto-reply"
    if found:
        return "calendar"
    return "auto-reply" if looks_automatic(message) else "other"


def _subject(message: Message) -> str:
    written = next(iter(headers(message, "Subject")), "")[: 4 * LONGEST]
    with suppress(Exception):  # character sets that do not exist, broken base64
        written = "".join(_decoded(*word) for word in decode_header(written))
    return one_line(written)[:LONGEST]


def _decoded(word: str | bytes, charset: str | None) -> str:
    return word if isinstance(word, str) else word.decode(charset or "ascii", "replace")
