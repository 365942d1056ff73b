"""What letters of a City Spotlight are made from (see events_service.letters.facts)."""

from typing import TypedDict

from events_service.letters.facts import EventFacts, PersonFacts


class PracticeFacts(TypedDict):
    title: str
    challenge: str
    approach: str
    impact: str
    slug: str


class SpotlightFacts(TypedDict):
    """To the contact of the city behind a practice: every spotlight_… letter."""

    event: EventFacts  # where the practice was shared
    practice: PracticeFacts
    city: str
    contact: PersonFacts
    owner: PersonFacts  # of the step, in the network team
    answer_by: str  # day
    words: str  # the sender's own paragraphs, blank lines between them; may be empty
