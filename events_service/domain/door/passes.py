"""A person's entry code: a link that says who they are. It lets nobody in by itself."""

import hashlib

from sqlalchemy.orm import Session

from events_service.domain.refusals import LinkEnded
from events_service.model import Member
from events_service.tokens import number_in, token_for, token_is_right
from events_service.translation import lazy_gettext

UNKNOWN = lazy_gettext(
    "This entry code is not one of ours, or part of it is missing. "
    "Open it from your letter or your answer page again, or give your name at the door."
)


def pass_behind(session: Session, secret: str, token: str) -> Member:
    """The person whose code it is, with a place or without one."""
    number = number_in(token)
    found = session.get(Member, number) if number is not None else None
    if found is None or not token_is_right(secret, token, "pass", found.id):
        raise LinkEnded(UNKNOWN)
    return found


def has_a_place(member: Member) -> bool:
    """Whether the person stands on the list at the door."""
    delegation = member.delegation
    return (
        member.removed_at is None
        and delegation.state == "confirmed"
        and delegation.event.cancelled_at is None
    )


def fingerprint(secret: str, member_id: int) -> str:
    """By which a device without a network recognises a person's code, and could not make one."""
    token = token_for(secret, "pass", member_id)
    return hashlib.sha256(token.encode()).hexdigest()[:32]
