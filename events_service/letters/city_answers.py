"""Letters to a city that has not answered, or that has said that it does not come."""

from typing import Any

from events_service.letters.allotment import allotment_of_city
from events_service.letters.city_facts import CityDeclinedFacts, CityReminderFacts
from events_service.letters.happening import happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_url
from events_service.letters.rendering import write
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def city_declined(facts: CityDeclinedFacts, sender: Sender) -> Letter:
    """That the city's no has arrived, and how to take it back."""
    return write(
        "city_declined",
        sender,
        subject=_(
            "Not coming: %(city)s to %(event)s",
            city=facts["city"],
            event=headline(facts["event"]),
        ),
        facts=_context(facts, sender),
    )


def city_reminder(facts: CityReminderFacts, sender: Sender) -> Letter:
    """That registration closes soon; a person has read it and put in words of their own."""
    context = _context(facts, sender)
    return write(
        "city_reminder",
        sender,
        subject=_(
            "Will %(city)s come? %(event)s", city=facts["city"], event=headline(facts["event"])
        ),
        facts={
            **context,
            "allotment": allotment_of_city(facts["seats"], facts["seats_elected"]),
        },
    )


def _context(facts: CityDeclinedFacts | CityReminderFacts, sender: Sender) -> dict[str, Any]:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    return {
        **shown,
        "event": event,
        "until": event.until_lines(facts["closes_at"]),
        "url": city_url(facts["link"], sender),
    }
