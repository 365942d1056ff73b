"""Delivery reports as RFC 3464 defines them: which mail did not arrive, and why."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from events_service.incoming.bounce import Bounce
from events_service.incoming.parts import content, headers, parts_of
from events_service.incoming.senders import message_ids, one_address

LONGEST = 1000  # characters of a diagnostic
STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
FAILED = ("fail", "error")  # OpenSMTPD says error
ARRIVED = ("deliver", "relay", "expand")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_WRITTEN_ID = re.compile(rb"(?im)^[> \t]*Message-ID:[ \t]*(<[!-;=?-~]{1,250}>)")


def failure_in(message: Message) -> Bounce | None:
    """The worst failure or delay that a delivery report tells of; None when it tells of none."""
    original = returned_id(message)
    found = [
        _bounce(block, original)
        for block in recipient_blocks(message)
        if _action(block).startswith((*FAILED, "delay"))
    ]
    return max(found, key=lambda bounce: bounce.permanent, default=None)


def tells_of_arrival(message: Message) -> bool:
    """The report is only about recipients whom the mail has reached, or is on its way to."""
    actions = [_action(block) for block in recipient_blocks(message)]
    return bool(actions) and all(action.startswith(ARRIVED) for action in actions)


def recipient_blocks(message: Message) -> Iterator[Message]:
    """The fields about each recipient, which follow those about the mail (RFC 3464 §2.1)."""
    for part in parts_of(message):
        if part.get_content_type() in STATUS_TYPES:
            for block in parts_of(part) or [message_from_bytes(content(part))]:
                if headers(block, "Final-Recipient", "Original-Recipient", "Action"):
                    yield block


def returned_id(message: Message) -> str:
    """Message-ID of the mail that came back, whole, as its headers, or as text; else empty."""
    for part in parts_of(message):
        kind, enclosed = part.get_content_type(), parts_of(part)
        if kind in ("message/rfc822", "message/global") and enclosed:
            found = message_ids(enclosed[0], "Message-ID")
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            found = message_ids(message_from_bytes(content(part)), "Message-ID")
        else:
            continue
        if found:
            return found[0]
    referred = message_ids(message, "In-Reply-To", "References")
    return referred[-1] if referred else _written_id(message)


def _written_id(message: Message) -> str:
    for part in [message, *parts_of(message)]:
        if found := _WRITTEN_ID.search(content(part)):
            return found[1].decode("ascii")
    return ""


def _bounce(block: Message, original_message_id: str) -> Bounce:
    status = _STATUS.search(_first(block, "Status"))
    number = status[1] if status else ""
    return Bounce(
        recipient=_recipient(block),
        permanent=_action(block).startswith(FAILED) and not number.startswith("4"),
        status=number,
        diagnostic=_first(block, "Diagnostic-Code").partition(";")[2].strip()[:LONGEST],
        original_message_id=original_message_id,
    )


def _action(block: Message) -> str:
    return _first(block, "Action").lower()


def _recipient(block: Message) -> str:
    """As we wrote it, if the report says so; a server may have passed it on to another address."""
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, mark, address = _first(block, name).partition(";")
        if found := one_address((address if mark else kind).strip()):
            return found
    return ""


def _first(block: Message, name: str) -> str:
    return next(iter(headers(block, name)), "")
