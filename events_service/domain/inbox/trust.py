"""Whose word an answer is: what the addresses that it came to prove, and what its sender proves.

Pure. A token is derived from the secret key, so whoever writes to the address with it has the
invitation, or the mail that came back, in hand (RFC 6047 §2.2.1 is about those who have not).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from events_service.config import Settings
from events_service.itip.addresses import AddressNotSendable, sendable
from events_service.tokens import LENGTH, Purpose, number_in, token_is_right

_SIGNED = re.compile(rf"(rsvp|bounce)\+([a-z2-7]{{{LENGTH}}})@(.+)")
_PURPOSES: dict[str, Purpose] = {"rsvp": "rsvp", "bounce": "bnce"}


@dataclass(frozen=True)
class Proven:
    """Numbers of the rows whose tokens were right: invitations, and mails of the outbox."""

    invitations: frozenset[int] = frozenset()
    mails: frozenset[int] = frozenset()


def proven_by(addresses: Iterable[str], settings: Settings) -> Proven:
    """What the addresses that a mail was delivered to prove."""
    found: dict[Purpose, set[int]] = {"rsvp": set(), "bnce": set()}
    for address in addresses:
        signed = _SIGNED.fullmatch(address.strip().strip("<>").lower())
        if signed is None or not same_domain(signed[3], settings.mail_domain):
            continue
        purpose, token = _PURPOSES[signed[1]], signed[2]
        number = number_in(token)
        if number is not None and token_is_right(settings.secret_key, token, purpose, number):
            found[purpose].add(number)
    return Proven(frozenset(found["rsvp"]), frozenset(found["bnce"]))


def is_answer_address(address: str, mail_domain: str) -> bool:
    """Whether mail to this address is for the service, as it writes them: rsvp+… and bounce+…"""
    local, _, domain = address.lower().rpartition("@")
    return local.startswith(("rsvp+", "bounce+")) and same_domain(domain, mail_domain)


def same_address(one: str, other: str) -> bool:
    """Addresses compare without regard to case, their domains as IDNA."""
    return _comparable(one) == _comparable(other)


def same_domain(one: str, other: str) -> bool:
    return same_address(f"x@{one}", f"x@{other}")


def distrust(
    attendee: str, invitation_id: int, proven: Proven, *, sender: str | None, dmarc_passed: bool
) -> str | None:
    """Why this answer can't be taken at its word, for an organiser; None when it can."""
    if invitation_id in proven.invitations:
        return None
    if proven.invitations:
        return "It came to the answer address of another invitation, so it is unclear whose it is."
    if sender is None:
        return "Who sent it is unclear, and it did not come to the address in the invitation."
    if not same_address(sender, attendee):
        return f"{sender} sent it, and not to the address in the invitation that only they know."
    if dmarc_passed:
        return None
    return f"Nothing proves that it comes from {sender}: anybody can write that name on a letter."


def _comparable(address: str) -> str:
    try:
        return sendable(address.strip()).casefold()
    except AddressNotSendable:
        return address.strip().casefold()
