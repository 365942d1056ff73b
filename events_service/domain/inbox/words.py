"""Text of other people's mails, as the database can keep it."""

import re

LONGEST = 2000  # characters of anything that is kept of a mail beside its bytes
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")


def kept(text: str, longest: int = LONGEST) -> str:
    """Without NUL and halves of characters, which PostgreSQL refuses, and not longer than this."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:longest]


def kept_or_none(text: str | None, longest: int = LONGEST) -> str | None:
    return None if text is None else kept(text, longest)
