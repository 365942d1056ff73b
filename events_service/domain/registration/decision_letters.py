"""Letters about what is handed in and what an organiser decides, to whoever registered."""

from collections.abc import Sequence
from datetime import datetime

from events_service.domain.particulars.still_open import details_open
from events_service.domain.registration.letters import facts_of, to_registrant
from events_service.domain.registration.post import Post
from events_service.letters.decision_facts import (
    DelegationOfferedFacts,
    DelegationSubmittedFacts,
    DelegationTurnedDownFacts,
)
from events_service.model import Member


def submitted(post: Post, members: Sequence[Member]) -> None:
    _submitted(post, members, len(members), confirmed=False)


def asked_for_more(post: Post, members: Sequence[Member], asked_for: int) -> None:
    """`members` have their places; the city would come with `asked_for` people."""
    _submitted(post, members, asked_for, confirmed=True)


def _submitted(post: Post, members: Sequence[Member], asked_for: int, *, confirmed: bool) -> None:
    facts = DelegationSubmittedFacts(
        **facts_of(post, members),
        asked_for=asked_for,
        confirmed=confirmed,
        details_open=details_open(post.session, post.event, members),
    )
    to_registrant(post, "delegation_submitted", facts)


def approved(post: Post, members: Sequence[Member]) -> None:
    to_registrant(post, "delegation_approved", facts_of(post, members))


def turned_down(post: Post, members: Sequence[Member], because: str) -> None:
    facts = DelegationTurnedDownFacts(
        **facts_of(post, members),
        because=because,
        confirmed=post.delegation.state == "confirmed",
    )
    to_registrant(post, "delegation_turned_down", facts)


def offered(post: Post, members: Sequence[Member], because: str) -> None:
    delegation = post.delegation
    assert delegation.offer_ends_at is not None
    facts = _offer(post, members, delegation.offered_seats, delegation.offer_ends_at)
    if because:
        facts["words"] = because
    to_registrant(post, "delegation_offered", facts)


def offer_ended(post: Post, members: Sequence[Member], places: int, ended_at: datetime) -> None:
    to_registrant(post, "delegation_offer_ended", _offer(post, members, places, ended_at))


def _offer(
    post: Post, members: Sequence[Member], places: int, ends_at: datetime
) -> DelegationOfferedFacts:
    return DelegationOfferedFacts(
        **facts_of(post, members),
        offered=places,
        offer_ends_at=ends_at.isoformat(),
    )
