"""A mail that came in, read into plain values. Never raises, whatever the bytes are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

MailKind = Literal["calendar", "bounce", "auto-reply", "other"]


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of a mail of ours (RFC 3464, or what flufl.bounce makes of it).

    `recipient` lower case, may be empty; `permanent`: it will never be delivered there; `status`
    such as "5.1.1", may be empty; `original_message_id` with angle brackets, may be empty.
    """

    recipient: str
    permanent: bool
    status: str
    diagnostic: str
    original_message_id: str


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
    """What the mail is. `trusted_servers`: authserv-ids whose Authentication-Results count."""
    raise NotImplementedError
