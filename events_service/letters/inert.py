"""Values that people typed, made inert for letters: words to read and nothing else.

Mail programs make links of whatever looks like one, even in plain text, so a name such as
"https://evil.example" gets an invisible non-joiner where the link would be recognised. Names
written from right to left are isolated, so that they cannot turn the words around them.
"""

import re
import unicodedata
from typing import Any

from events_service.itip.addresses import AddressNotSendable, readable, sendable
from events_service.itip.cleaning import lines, one_line

NON_JOINER = "\u200c"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
OF_SEVERAL_LINES = frozenset(
    {"words", "because", "summary", "challenge", "approach", "impact", "note"}
)
ADDRESSES = frozenset({"address", "named_by"})

_LINK = re.compile(r"(?<=:)(?=//)|(?<=\w\.)(?=[^\W\d_]{2})|(?<=\w)(?=@\w)")


def inert(value: Any, key: str = "") -> Any:
    """A copy of some facts (JSON) in which every text is inert; addresses that are ones stay,
    as people read them."""
    if isinstance(value, dict):
        return {name: inert(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [inert(each, key) for each in value]
    if not isinstance(value, str):
        return value
    if key in ADDRESSES and _is_address(value):
        return isolated(readable(value))
    text = lines(value) if key in OF_SEVERAL_LINES else one_line(value)
    return isolated(_LINK.sub(NON_JOINER, text))


def isolated(text: str) -> str:
    """Set apart from the text around it (UAX #9) when a letter of it runs from right to left."""
    if text.isascii() or not any(unicodedata.bidirectional(each) in ("R", "AL") for each in text):
        return text
    return f"{ISOLATE}{text}{END_OF_ISOLATE}"


def _is_address(value: str) -> bool:
    try:
        sendable(value)
    except AddressNotSendable:
        return False
    return True
