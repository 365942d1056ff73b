"""A stranger's mail as a person may read it: words, and markup for a sandboxed frame only.

Never raises, whatever the bytes are. What looks like the end of a link of ours is hidden: people
quote the letter they answer, and its link would let whoever reads this answer for them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from events_service.itip.cleaning import lines

LONGEST = 100_000  # characters shown of a part
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[a-z2-7]{32}(?![A-Za-z0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class ShownMail:
    """`text` is inert words; `html` as it came, for a frame that runs and fetches nothing. Either
    may be empty."""

    text: str
    html: str


def shown(raw: bytes) -> ShownMail:
    """The first part of each kind; not those of a mail that is attached to it."""
    found = {"text/plain": "", "text/html": ""}
    try:
        for part in _leaves(message_from_bytes(raw)):
            kind = part.get_content_type()
            if kind in found and not found[kind] and part.get_filename() is None:
                found[kind] = _words(part)
    except Exception:  # a header that Python's parser stumbles over: what was read is shown
        return _hidden(found)
    return _hidden(found)


def _leaves(message: Message) -> Iterator[Message]:
    if message.get_content_type() == "message/rfc822":
        return
    if not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _words(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # no such character set
        return content.decode("utf-8", errors="replace")


def _hidden(found: dict[str, str]) -> ShownMail:
    text, html = (_TOKEN.sub("…", one[:LONGEST]) for one in found.values())
    return ShownMail(lines(text), lines(html))
