"""A mail taken apart: its headers as they were sent, its parts, and the calendars among them."""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message

LARGEST = 2 * 1024 * 1024  # bytes of one calendar
MOST = 10  # calendars of one mail
DEEPEST = 20  # parts within parts
CALENDAR_TYPES = ("text/calendar", "application/ics")
# Codecs of Python that are no character sets of mail; some take minutes for a megabyte.
NO_CHARSETS = ("idna", "punycode", "unicode_escape", "raw_unicode_escape")
GUESSES = ("utf-8-sig", "utf-16-le", "utf-16-be", "cp1252")


def headers(message: Message, *names: str) -> list[str]:
    """The values of those headers on one line each, in their order, from the top."""
    wanted = {name.lower() for name in names}
    return [_plain(value) for name, value in message.raw_items() if name.strip().lower() in wanted]


def _plain(value: object) -> str:
    """Octets that are no UTF-8 come as surrogates, which nothing can store."""
    octets = str(value).encode("utf-8", "surrogateescape")
    return " ".join(octets.decode("utf-8", "replace").replace("\0", "").split())


def leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something, never from within a mail that this one encloses or reports
    on: what stands in there was said by somebody else."""
    if not message.is_multipart():
        yield message
    elif depth < DEEPEST and not is_report(message) and not _encloses(message):
        for part in parts_of(message):
            yield from leaves(part, depth + 1)


def is_report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report"


def parts_of(message: Message) -> list[Message]:
    """The parts that stand directly in this one; none when it is no multipart."""
    inner = message.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _encloses(message: Message) -> bool:
    return message.get_content_maintype() == "message"


def content(part: Message) -> bytes:
    """The octets of a part, its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def calendars(message: Message) -> tuple[tuple[bytes, ...], str]:
    """The calendars of a mail as UTF-8, each once, and why some were left out (or nothing)."""
    found: dict[bytes, bytes] = {}
    problem = ""
    for part in leaves(message):
        if not _is_calendar(part):
            continue
        octets = content(part)
        if len(octets) > LARGEST:
            problem = "A calendar in the mail is too large to be an answer."
            continue
        ics = _utf8(octets, part)
        found.setdefault(_gist(ics), ics)
    if len(found) > MOST:
        return (), "The mail holds more calendars than an answer has."
    return tuple(found.values()), problem


def _is_calendar(part: Message) -> bool:
    kind = part.get_content_type()
    name = (part.get_filename() or "").strip().lower()
    return kind in CALENDAR_TYPES or (
        kind == "application/octet-stream" and name.endswith((".ics", ".ical"))
    )


def _utf8(octets: bytes, part: Message) -> bytes:
    """By the character set that is named, if the data is in it, else by the one that it is in."""
    for charset in (*_named_charset(part), *GUESSES):
        with suppress(UnicodeError, LookupError):
            text = octets.decode(charset)
            if "BEGIN:VCALENDAR" in text.upper():
                return text.removeprefix("\ufeff").encode()
    return octets


def _named_charset(part: Message) -> list[str]:
    try:
        name = codecs.lookup(str(part.get_content_charset("utf-8"))).name
    except (LookupError, ValueError):
        return []
    return [] if name in NO_CHARSETS else [name]


def _gist(ics: bytes) -> bytes:
    """What is the same when a calendar comes twice, wrapped in different ways."""
    lines = ics.replace(b"\r\n", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")
    return b"\n".join(line.strip() for line in lines.split(b"\n") if line.strip())
