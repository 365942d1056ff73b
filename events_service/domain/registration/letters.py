"""Letters about a whole delegation, to whoever registered it and, while it waits, to its people."""

from collections.abc import Sequence
from typing import Literal

from events_service.domain.outbox import Recipient
from events_service.domain.particulars.still_open import details_open
from events_service.domain.recipients import recipient_of, registrant_of
from events_service.domain.registration.calendars import Post
from events_service.domain.registration.seats import hold_seats_still
from events_service.domain.snapshot import city_link, member_facts, person_facts
from events_service.letters.facts import (
    DelegationConfirmedFacts,
    DelegationFacts,
    DelegationMovedFacts,
    DelegationWaitlistedFacts,
    EventFacts,
    WaitingEndedFacts,
)
from events_service.model import Member
from events_service.model.registration import DelegationState

WaitingReason = Literal["withdrawn", "removed", "turned_down", "event"]


def confirmed(
    post: Post, members: Sequence[Member], removed: Sequence[Member], *, changed: bool
) -> None:
    facts = DelegationConfirmedFacts(
        **facts_of(post, members),
        changed=changed,
        removed=[member.name for member in removed],
        details_open=details_open(post.session, post.event, members),
    )
    to_registrant(post, "delegation_confirmed", facts)


def promoted(post: Post, members: Sequence[Member]) -> None:
    to_registrant(post, "delegation_promoted", facts_of(post, members))


def withdrawn(post: Post, members: Sequence[Member]) -> None:
    to_registrant(post, "delegation_withdrawn", facts_of(post, members))


def waitlisted(post: Post, members: Sequence[Member], newly_named: Sequence[Member]) -> None:
    """Tell the registrant, and those who were not told before. No calendar part: no seat yet."""
    seats_free = hold_seats_still(post.session, post.event.id)
    still_open = details_open(post.session, post.event, members)
    for member in [None, *newly_named]:
        facts = DelegationWaitlistedFacts(
            **facts_of(post, members),
            seats_free=seats_free,
            details_open=still_open,
            to_member=person_facts(member) if member else None,
            named_by=post.delegation.contact_address,
            copied_to_office=bool(member and member.assistant_address),
        )
        if member is None:
            to_registrant(post, "delegation_waitlisted", facts)
        else:
            _promise(post, "delegation_waitlisted", facts, recipient_of(member), member)


def moved(
    post: Post, members: Sequence[Member], before: EventFacts, *, known: DelegationState
) -> None:
    """Tell whoever registered, and people who wait and so have no calendar entry that could tell
    them. `known`: how things stand with the delegation as far as the city knows."""
    waiting = known == "waitlisted"
    for member in [None, *(members if waiting else ())]:
        facts = DelegationMovedFacts(
            **facts_of(post, members),
            event_before=before,
            waiting=waiting,
            undecided=known == "submitted",
            to_member=person_facts(member) if member else None,
            copied_to_office=bool(member and member.assistant_address),
        )
        if member is None:
            to_registrant(post, "delegation_moved", facts)
        else:
            _promise(post, "delegation_moved", facts, recipient_of(member), member)


def waiting_ended(
    post: Post, members: Sequence[Member], reason: WaitingReason, words: str = ""
) -> None:
    """Tell people who were told that they wait."""
    for member in members:
        facts = WaitingEndedFacts(
            event=post.facts,
            city=post.delegation.city.name,
            city_timezone=post.delegation.city.timezone,
            member=person_facts(member),
            copied_to_office=member.assistant_address is not None,
            reason=reason,
            words=words,
        )
        _promise(post, "waiting_ended", facts, recipient_of(member), member)


def facts_of(post: Post, members: Sequence[Member]) -> DelegationFacts:
    return {
        "event": post.facts,
        "city": post.delegation.city.name,
        "city_timezone": post.delegation.city.timezone,
        "members": member_facts(members),
        "closes_at": post.event.registration_closes_at.isoformat(),
        "link": city_link(post.delegation.city_invitation),
    }


def to_registrant(post: Post, letter: str, facts: DelegationFacts) -> None:
    _promise(post, letter, facts, registrant_of(post.delegation))


def _promise(
    post: Post,
    letter: str,
    facts: DelegationFacts | WaitingEndedFacts,
    to: Recipient,
    member: Member | None = None,
) -> None:
    delegation = post.delegation
    about = f"member:{member.id}" if member else "registrant"
    post.promise(
        letter,
        to,
        key=f"{letter}:{delegation.id}:{delegation.version}:{about}",
        facts=facts,
        member_id=member.id if member else None,
    )
