"""Links that open something: derived from the secret key, never stored.

A token is 32 characters of lower-case base32: four bytes of row number and sixteen of HMAC-SHA-256
over purpose, row number and the row's link version. A stolen database opens nothing, since the
key is not in it. Rendered letters hold a *placeholder* of the same length and alphabet instead,
replaced alike at each try, so that folded calendar lines keep their length.
"""

import base64
import hashlib
import hmac
import re
from functools import lru_cache
from typing import Literal, cast

Purpose = Literal["city", "rsvp", "answ", "sign", "bnce", "feed", "door", "pass", "home", "self"]
# city: a city's registration · rsvp: where calendar answers go · answ: a person's answer page
# sign: a sign-in link · bnce: where a mail that cannot be delivered comes back to
# feed: a private calendar feed · door: where people are checked in · pass: a person's entry code
# home: a link that signs in somebody who speaks for a city · self: a person's own details

LENGTH = 32
_PLACEHOLDER = re.compile(rb"zzlinkzz([a-z]{4})([0-9]{12})v([0-9]{7})")


def _mac(secret: str, purpose: str, number: int, version: int) -> bytes:
    message = f"{purpose}:{number}:{version}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()[:16]


@lru_cache(maxsize=16)  # a letter has the same link in several places
def token_for(secret: str, purpose: Purpose, number: int, version: int = 1) -> str:
    """The token of row `number`; another `version` gives another token."""
    raw = number.to_bytes(4, "big") + _mac(secret, purpose, number, version)
    return base64.b32encode(raw).decode("ascii").lower()


def number_in(token: str) -> int | None:
    """The row number a token names, or None when it is no token. Proves nothing yet."""
    if len(token) != LENGTH:
        return None
    try:
        raw = base64.b32decode(token.upper())
    except ValueError:
        return None
    return int.from_bytes(raw[:4], "big")


def token_is_right(
    secret: str, token: str, purpose: Purpose, number: int, version: int = 1
) -> bool:
    """Whether the token is the one of this row, compared in constant time."""
    return hmac.compare_digest(
        token.lower().encode(), token_for(secret, purpose, number, version).encode()
    )


def placeholder(purpose: Purpose, number: int, version: int = 1) -> str:
    """What stands for a token in stored bytes: 32 characters, lower case and figures."""
    return f"zzlinkzz{purpose}{number:012d}v{version:07d}"


def fill_placeholders(secret: str, rendered: bytes) -> bytes:
    """The same bytes with every placeholder replaced by its token; the length is unchanged."""

    def token(match: re.Match[bytes]) -> bytes:
        purpose, number, version = cast(Purpose, match[1].decode()), int(match[2]), int(match[3])
        return token_for(secret, purpose, number, version).encode()

    return _PLACEHOLDER.sub(token, rendered)


def hide_placeholders(text: str) -> str:
    """The same text for somebody who reads a letter and may not open what its links open."""
    return re.sub(_PLACEHOLDER.pattern.decode(), "…", text)
