"""Letters to a city as such: it is asked, it asks, its event is called off."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from events_service.letters import dates
from events_service.letters.allotment import allotment_of_city
from events_service.letters.city_answers import until
from events_service.letters.facts import (
    CityInvitedFacts,
    EventCancelledFacts,
    RegistrationLinkFacts,
    RegistrationUnknownFacts,
)
from events_service.letters.happening import Happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_url
from events_service.letters.names import language
from events_service.letters.rendering import write
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def city_invited(facts: CityInvitedFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = Happening(shown["event"], sender.public_url)
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
            "at_home": _first_session_at_home(event, shown["city"], facts["city_timezone"]),
            "languages": [language(code) for code in facts["languages"]],
            "allotment": allotment_of_city(facts["seats"], facts.get("seats_elected", 0)),
            "until": until(event, facts["closes_at"], shown["city"], facts["city_timezone"]),
            "url": city_url(facts["link"], sender),
        },
    )


def registration_link(facts: RegistrationLinkFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = Happening(shown["event"], sender.public_url)
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
            "until": until(event, facts["closes_at"], shown["city"], facts.get("city_timezone")),
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
    event = Happening(shown["event"], sender.public_url)
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


def _first_session_at_home(event: Happening, city: str, zone: str) -> list[str]:
    """That is 08:00 in Newark; nothing when the clocks there show the same."""
    if event.first_start is None:
        return []
    home = event.first_start.astimezone(ZoneInfo(zone))
    if home.utcoffset() == event.first_start.utcoffset():
        return []
    return [_("That is %(clock)s in %(city)s", clock=dates.clock(home.time()), city=city)]
