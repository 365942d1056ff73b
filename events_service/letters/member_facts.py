"""What letters to one person are made from (see events_service.letters.facts)."""

from typing import Literal, NotRequired, TypedDict

from events_service.letters.facts import (
    EventFacts,
    InvitationFacts,
    LinkFacts,
    PersonFacts,
    RunFacts,
)


class MemberInvitedFacts(TypedDict):
    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    named_by: str  # address of whoever registered the delegation
    copied_to_office: bool
    days: list[str]  # all days of the person, over all invitations
    invitation: InvitationFacts
    reason: Literal["named", "promoted", "readmitted"]
    in_place_of: NotRequired[str]  # name of whom a substitute replaces; absent: of nobody
    link: LinkFacts  # answ
    words: NotRequired[str]  # the organiser's own; absent: none


class MemberNudgeFacts(TypedDict):
    """A reminder to somebody who has not answered, with the same REQUEST again."""

    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    named_by: str
    copied_to_office: bool
    days: list[str]  # all days of the person, over all invitations
    invitation: InvitationFacts
    words: str  # the organiser's own; may be empty
    link: LinkFacts  # answ


class MemberUpdatedFacts(TypedDict):
    event: EventFacts  # as it is now
    event_before: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    copied_to_office: bool
    days: list[str]
    days_before: list[str]
    was: NotRequired[RunFacts]  # what the calendar shows before this
    invitation: InvitationFacts
    link: LinkFacts  # answ
    words: NotRequired[str]  # the organiser's own; absent: none


class MemberCancelledFacts(TypedDict):
    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    copied_to_office: bool
    invitation: InvitationFacts  # its days are those cancelled
    reason: Literal["withdrawn", "removed", "days", "session", "replaced", "event", "too_early"]
    # withdrawn: the city takes its delegation back · removed: the city removes this person
    # days: the person comes on other days or to other sessions · event: cancelled
    # session: it is no longer on the agenda · replaced: other entries stand for it now
    words: str  # the organiser's reason when the event is cancelled; may be empty


class ProposalDeclinedFacts(TypedDict):
    """To somebody who proposed another time from their calendar."""

    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    copied_to_office: bool
    invitation: InvitationFacts
    day: str | None  # of several, when only one was meant
    proposed_starts: str  # instants
    proposed_ends: str
    words: NotRequired[str]  # the organiser's own; absent: none
