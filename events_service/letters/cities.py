"""Letters to a city as such: it is asked, it asks, its event is called off."""

from datetime import date
from typing import Any

from events_service.letters import dates
from events_service.letters.allotment import allotment_of_city
from events_service.letters.facts import (
    CityInvitedFacts,
    EventCancelledFacts,
    RegistrationLinkFacts,
    RegistrationUnknownFacts,
)
from events_service.letters.happening import Happening, happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_url
from events_service.letters.names import language
from events_service.letters.rendering import write
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def city_invited(facts: CityInvitedFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    about = {"city": facts["city"], "event": headline(facts["event"])}
    return write(
        "city_invited",
        sender,
        subject=_("Changed invitation for %(city)s to %(event)s", **about)
        if facts["before"]
        else _("Invitation for %(city)s to %(event)s", **about),
        facts={
            **shown,
            "event": event,
            "before": Happening(shown["before"], sender.public_url) if shown["before"] else None,
            "languages": [language(code) for code in facts["languages"]],
            "allotment": allotment_of_city(facts["seats"], facts.get("seats_elected", 0)),
            "until": event.until_lines(facts["closes_at"]),
            "url": city_url(facts["link"], sender),
        },
    )


def registration_link(facts: RegistrationLinkFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    return write(
        "registration_link",
        sender,
        subject=_(
            "Your link to register %(city)s for %(event)s",
            city=facts["city"],
            event=headline(facts["event"]),
        ),
        facts={
            **shown,
            "event": event,
            "until": event.until_lines(facts["closes_at"]),
            "url": city_url(facts["link"], sender),
        },
    )


def registration_unknown(facts: RegistrationUnknownFacts, sender: Sender) -> Letter:
    event = Happening(inert(facts["event"]), sender.public_url)
    return write(
        "registration_unknown",
        sender,
        subject=_("Your request to register for %(event)s", event=headline(facts["event"])),
        facts={"event": event},
    )


def event_cancelled_city(facts: EventCancelledFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    return write(
        "event_cancelled_city",
        sender,
        subject=_("Cancelled: %(event)s", event=headline(facts["event"])),
        facts={**shown, "event": event, "members": with_days(shown["members"])},
    )


def with_days(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Members whose days are said in words."""
    return [
        {**each, "days": dates.days_list(date.fromisoformat(day) for day in each["days"])}
        for each in members
    ]
