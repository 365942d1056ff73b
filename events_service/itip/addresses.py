"""Addresses as they may stand in headers, envelopes and mailto: URIs."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

import idna

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class AddressNotSendable(ValueError):
    """The address cannot be written to without SMTPUTF8 or is no address at all."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(
            f"{address[:80]!r} cannot be written to: the part before the @ must be plain ASCII "
            "letters, figures and marks, and the part after it a domain name."
        )


def sendable(address: str) -> str:
    """The address with its domain in IDNA form (RFC 5891), lower case; the local part is kept.

    Refuses what email.policy.SMTP would silently turn into an invalid address.
    """
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or len(local) > 64:
        raise AddressNotSendable(address)
    ascii_domain = _ascii(domain)
    if "." not in ascii_domain:
        raise AddressNotSendable(address)
    return f"{local}@{ascii_domain}"


@lru_cache(maxsize=2048)
def _ascii(domain: str) -> str:
    """The domain in IDNA form, or nothing when it is none."""
    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return ""


@lru_cache(maxsize=2048)
def readable(address: str) -> str:
    """The address as people read it, its domain in Unicode: office@žilina.example. For eyes only:
    `sendable` is what goes into headers."""
    local, at, domain = address.rpartition("@")
    if "xn--" not in domain:
        return address
    try:
        return f"{local}{at}{idna.decode(domain)}"
    except UnicodeError:
        return address


def mailto(address: str) -> str:
    """The mailto: URI (RFC 6068) of a sendable address."""
    local, _, domain = sendable(address).rpartition("@")
    quoted = quote(local, safe="!$'*+-._~")
    return f"mailto:{quoted}@{domain}"


def address_in(uri: str) -> str:
    """The address of a mailto: URI in any case, as others write it, lower case throughout.

    AddressNotSendable for what names nobody, such as `invalid:nomail`.
    """
    written = uri.strip()
    if written[:7].lower() == "mailto:":
        written = unquote(written[7:].partition("?")[0]).strip()
    return sendable(written).lower()
