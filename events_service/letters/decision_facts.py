"""What letters about decisions are made from (see events_service.letters.facts)."""

from typing import NotRequired

from events_service.letters.facts import DelegationFacts


class DelegationSubmittedFacts(DelegationFacts):
    """A city has handed in its delegation where an organiser decides about each."""

    asked_for: int  # people it would come with; more than `members` where these have places
    confirmed: bool  # `members` have places, and stay as they are until the decision
    details_open: NotRequired[int]  # people who have not told about themselves; absent: none


class DelegationTurnedDownFacts(DelegationFacts):
    because: str  # the organiser's reason; may be empty
    confirmed: bool  # `members` keep their places; more people were asked for


class DelegationOfferedFacts(DelegationFacts):
    """Part of its places to a delegation that waits; also when that offer has ended."""

    offered: int
    offer_ends_at: str  # instant
