"""Text that people typed, made harmless for lines that machines read.

Removed are control characters, lone surrogates (no UTF-8 has them) and the bidirectional
embeddings, overrides and isolates (UAX #9) that can make a name read as something else. Joiners
stay: emoji and several scripts need them.
"""

import re

_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]"
)
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_SPACE = re.compile(r"[ \t\n]+")
NAME_LENGTH = 200  # characters of a display name that headers carry; bodies carry all


def lines(text: str) -> str:
    """Text of several lines, parted by `\\n`, without other control characters or tabs."""
    if text.replace("\n", "").isprintable():  # none of what is looked for below is
        return text
    return _HARMFUL.sub("", _BREAK.sub("\n", text)).replace("\t", " ")


def one_line(text: str) -> str:
    """The text on one line, with single spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", lines(text)).strip()


def display_name(text: str) -> str:
    """A name for CN, From and To: one line without quotation marks, of bounded length."""
    name = one_line(text.replace('"', ""))
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"
