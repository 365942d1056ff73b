"""What each letter is made from: a snapshot in JSON, taken when the mail is promised.

Days are ISO dates ("2027-06-01"), clock times "09:00", instants ISO with offset. A letter reads
nothing else, so it says what was true when its cause was committed, whenever it is rendered.
"""

from typing import Literal, NotRequired, TypedDict


class SessionFacts(TypedDict):
    held_on: str
    starts: str  # local wall time
    ends: str
    fold: int  # 1: the second of two equal times
    title: str
    note: str
    number: NotRequired[int]  # absent in facts that an earlier release took


class EventFacts(TypedDict):
    title: str
    programme: str  # may be empty
    city: str  # host
    country: str  # ISO 3166-1 alpha-2
    venue: str  # may be empty
    venue_address: str  # may be empty
    timezone: str  # IANA name
    starts_on: str
    ends_on: str
    sessions: list[SessionFacts]
    slug: str


class LinkFacts(TypedDict):
    """Which row a link opens; its purpose follows from the letter. Never the token."""

    number: int
    version: int


class PersonFacts(TypedDict):
    name: str
    role: str  # may be empty
    address: str


class MemberFacts(PersonFacts):
    days: list[str]


class HoursFacts(TypedDict):
    """Local wall times; a fold of 1: the second of two equal times."""

    starts: str
    starts_fold: int
    ends: str
    ends_fold: int


class RunFacts(TypedDict):
    """What one calendar object covers (see events_service.itip.days.Run)."""

    days: list[str]
    hours: HoursFacts | None  # None: all day
    session: int | None  # number of the one session it is about
    title: str  # of that session


class InvitationFacts(TypedDict):
    """One calendar object: one person and one run of days, or one session."""

    uid: str
    sequence: int  # as sent with this mail
    dtstamp: str  # instant, the `now` of its cause
    days: list[str]
    partstat: str  # NEEDS-ACTION after a change of time, else what the person answered
    link: LinkFacts  # rsvp: number of the invitation
    run: NotRequired[RunFacts]  # absent in facts that an earlier release took: as the agenda says
    chosen: NotRequired[list[int] | None]  # sessions of the person; None: all of their days


class SignInFacts(TypedDict):
    account: str  # name
    link: LinkFacts  # sign
    minutes: int


class CityInvitedFacts(TypedDict):
    event: EventFacts
    summary: str  # of the event, may be empty
    partners: list[str]  # names as printed
    languages: list[str]  # BCP 47, spoken there
    city: str
    city_timezone: str
    addressee: str  # "Mayor"; may be empty
    seats: int  # held for the city
    seats_elected: NotRequired[int]  # of them, for elected officials
    closes_at: str  # instant
    approves: NotRequired[bool]  # an organiser decides about each delegation; absent: not so
    again: bool  # not the first letter with this invitation
    before: EventFacts | None  # as it was announced, when the event was moved since
    link: LinkFacts  # city
    words: NotRequired[str]  # the organiser's own; absent: none


class RegistrationLinkFacts(TypedDict):
    """Somebody asked on the public page, and we know the address."""

    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    closes_at: str
    link: LinkFacts  # city


class RegistrationUnknownFacts(TypedDict):
    """Somebody asked on the public page, and we do not know the address."""

    event: EventFacts


class DelegationFacts(TypedDict):
    """To whoever registered: delegation_promoted, delegation_withdrawn."""

    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    members: list[MemberFacts]
    closes_at: str
    link: LinkFacts  # city
    words: NotRequired[str]  # the organiser's own; absent: none


class DelegationConfirmedFacts(DelegationFacts):
    changed: bool  # False: the first confirmation
    removed: list[str]  # names of those who were members before this change
    details_open: NotRequired[int]  # people who have not told about themselves; absent: none


class DelegationMovedFacts(DelegationFacts):
    """The event moved: to whoever registered and, while the delegation waits, to each member."""

    event_before: EventFacts
    waiting: bool
    undecided: NotRequired[bool]  # an organiser decides; absent in facts of an earlier release
    to_member: PersonFacts | None
    copied_to_office: bool


class DelegationWaitlistedFacts(DelegationFacts):
    seats_free: int  # at that moment, fewer than the delegation needs
    to_member: PersonFacts | None  # None: this is the letter to whoever registered
    named_by: str  # address of whoever registered
    copied_to_office: bool
    details_open: NotRequired[int]  # people who have not told about themselves; absent: none


class WaitingEndedFacts(TypedDict):
    """To somebody who was told that their delegation waits. There is no calendar to clear."""

    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    copied_to_office: bool
    reason: Literal["withdrawn", "removed", "turned_down", "event"]
    words: str  # the organiser's reason when the event is cancelled; may be empty


class EventCancelledFacts(TypedDict):
    event: EventFacts
    city: str
    addressee: str  # may be empty
    members: list[MemberFacts]  # whose calendars are being cleared; may be empty
    words: str  # the organiser's reason; may be empty


LetterName = Literal[
    "sign_in",
    "city_invited",
    "registration_link",
    "registration_unknown",
    "city_declined",
    "city_reminder",
    "city_sign_in",
    "city_contacts_changed",
    "delegation_confirmed",
    "delegation_submitted",
    "delegation_approved",
    "delegation_turned_down",
    "delegation_waitlisted",
    "delegation_offered",
    "delegation_offer_ended",
    "waiting_ended",
    "delegation_moved",
    "delegation_promoted",
    "delegation_withdrawn",
    "member_details",
    "member_invited",
    "member_nudge",
    "member_updated",
    "member_cancelled",
    "proposal_declined",
    "event_cancelled_city",
    "spotlight_invite",
    "spotlight_draft",
    "spotlight_sign_off",
    "spotlight_publish",
    "spotlight_check_in",
    "letter_test",
]
