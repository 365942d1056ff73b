"""Addresses in headers, read strictly: one that can be read in two ways is none.

email.utils.parseaddr makes alice@city.eu of `alice@city.eu]<mallory@evil.test>` (Python 3.11.7).
"""

import re
from email.errors import MisplacedEnvelopeHeaderDefect
from email.message import Message

from events_service.incoming.parts import headers
from events_service.itip.addresses import AddressNotSendable, sendable

LONGEST = 1000  # characters of a From that is looked at
# An optional name, of quoted strings or of words without marks that mean something, then <…>.
_NAMED = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^"()<>\[\]:;@\\,])*<([^<>\s]+)>')
_BARE = re.compile(r"[^<>\s]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


def sender_of(message: Message) -> str | None:
    """The address in From, if there is one From with exactly one address."""
    found = headers(message, "From")
    return one_address(found[0]) if len(found) == 1 and not _has_another(message) else None


def _has_another(message: Message) -> bool:
    """A line `From : …`, which Python takes for a mark of mbox files and others for a From."""
    first = message.get_unixfrom() or ""
    later = [each for each in message.defects if isinstance(each, MisplacedEnvelopeHeaderDefect)]
    return bool(later) or first[4:].lstrip().startswith(":")


def one_address(value: str) -> str | None:
    """The address of a header, lower case, if it names exactly one and nothing else."""
    if len(value) > LONGEST:
        return None
    named = _NAMED.fullmatch(value)
    if named is None and not _BARE.fullmatch(value):
        return None
    try:
        return sendable(named[1] if named else value).lower()
    except AddressNotSendable:
        return None


def delivered_to(message: Message) -> tuple[str, ...]:
    """To whom the server that delivered it did so, as it noted."""
    found = (one_address(value) for value in headers(message, *_DELIVERED))
    return tuple(dict.fromkeys(address for address in found if address))


def message_ids(message: Message, *names: str) -> tuple[str, ...]:
    """Every Message-ID in those headers, once, with angle brackets."""
    found = [each for value in headers(message, *names) for each in _MESSAGE_ID.findall(value)]
    return tuple(dict.fromkeys(found))[:50]
