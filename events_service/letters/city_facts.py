"""What letters to a city are made from, where it answers as such or speaks for itself (see
events_service.letters.facts)."""

from typing import Literal, TypedDict

from events_service.letters.facts import EventFacts, LinkFacts, PersonFacts


class CityDeclinedFacts(TypedDict):
    """A city said that it does not come."""

    event: EventFacts
    city: str
    city_timezone: str
    addressee: str  # may be empty
    words: str  # the city's reason; may be empty
    closes_at: str
    link: LinkFacts  # city


class CityReminderFacts(TypedDict):
    """A city has not registered and the deadline comes near."""

    event: EventFacts
    city: str
    city_timezone: str
    addressee: str  # may be empty
    seats: int
    seats_elected: int
    started: bool  # names are typed, nothing is confirmed
    closes_at: str
    words: str  # the organiser's own; may be empty
    link: LinkFacts  # city


class CitySignInFacts(TypedDict):
    """To an address that speaks for one city or for several."""

    cities: list[str]
    link: LinkFacts  # home
    minutes: int


class CityContactsChangedFacts(TypedDict):
    """To each focal point of a city but the one who made the change, and to whom it is about."""

    city: str
    reason: Literal["added", "changed", "removed"]
    contact: PersonFacts  # as they are now, or were last
    before: PersonFacts | None  # as they were, when something about them has changed
    named_by: str  # address of who made the change
    to_contact: bool  # this letter goes to the person it is about
