"""A person's calendar as it stands, kept while their days or the event change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from events_service.domain.registration.runs import shown_to
from events_service.itip.days import Run
from events_service.letters.facts import EventFacts
from events_service.model import Event, Member


@dataclass(frozen=True)
class Before:
    """`shown`: by the number of each invitation that stands."""

    event: EventFacts
    days: tuple[date, ...]
    shown: Mapping[int, Run]

    def place_differs(self, now: EventFacts) -> bool:
        place_now = now["venue"], now["venue_address"], now["city"], now["country"]
        then = self.event
        return place_now != (then["venue"], then["venue_address"], then["city"], then["country"])


def before_change(member: Member, event: Event, facts: EventFacts) -> Before:
    """Take it before anything changes. `facts` are those of the event at this moment."""
    return Before(facts, tuple(member.days), shown_to(member, event))
