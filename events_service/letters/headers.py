"""Header lines of a message: ASCII, folded, and never more of them than were meant.

email.policy.SMTP is too slow for thousands of letters and quietly writes invalid addresses, so
the few headers that letters have are written here.
"""

import re
from base64 import b64encode

from events_service.itip.addresses import sendable
from events_service.itip.cleaning import display_name, one_line

_PLAIN_WORDS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
LIMIT = 76


def text_header(name: str, text: str) -> str:
    """An unstructured header such as Subject, in encoded words (RFC 2047) where needed."""
    value = one_line(text)
    if _is_plain(value):
        return _folded(f"{name}: {value}")
    return f"{name}: {_encoded(value, len(name) + 2)}"


def mailbox_header(name: str, address: str, display: str = "") -> str:
    """An address with a display name. AddressNotSendable for an address that needs SMTPUTF8."""
    spec = sendable(address)
    shown = display_name(display)
    if not shown:
        return f"{name}: {spec}"
    if not _is_plain(shown):
        phrase = _encoded(shown, len(name) + 2)
    elif _PLAIN_WORDS.fullmatch(shown):
        phrase = shown
    else:
        escaped = shown.replace("\\", "\\\\")
        phrase = f'"{escaped}"'
    head = _folded(f"{name}: {phrase}") if _is_plain(shown) else f"{name}: {phrase}"
    last = head.rpartition("\r\n")[2]
    gap = " " if len(last) + len(spec) + 3 <= LIMIT else "\r\n "
    return f"{head}{gap}<{spec}>"


def _is_plain(text: str) -> bool:
    """ASCII in which nothing reads as an encoded word."""
    return text.isascii() and "=?" not in text


def _encoded(text: str, used: int) -> str:
    """Encoded words of at most 75 characters, no character split (RFC 2047 §2, §5)."""
    words: list[str] = []
    piece, room = b"", (LIMIT - used - 13) // 4 * 3
    for character in text:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            words.append(_word(piece))
            piece, room = b"", 45
        piece += octets
    return "\r\n ".join([*words, _word(piece)])


def _word(piece: bytes) -> str:
    return f"=?utf-8?b?{b64encode(piece).decode()}?="


def _folded(line: str) -> str:
    """Broken at spaces where it is long; a word longer than a line stays whole."""
    parts: list[str] = []
    start = line.find(": ") + 2  # never an empty first line
    while len(line) > LIMIT and (cut := line.rfind(" ", start, LIMIT + 1)) > 0:
        parts.append(line[:cut])
        line, start = line[cut:], 1
    return "\r\n".join([*parts, line])
