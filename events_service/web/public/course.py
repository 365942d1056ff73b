"""A series as its page shows it: each workshop a stop, and the one to register for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_service.domain.reporting.wording import amount, counted, listed, with_article
from events_service.letters.dates import date_range, plain_day
from events_service.model import Event
from events_service.queries.public import Turnout, reported, turnouts
from events_service.queries.standing import ends_at, standing
from events_service.web.filters import city_label

Stop = dict[str, Any]
ENDS = {
    "running": ("Under way", ""),
    "closed": ("Registration has closed", ""),
    "cancelled": ("Cancelled", ""),
    "past": ("", "Look back"),
    "full": ("All places taken", "Join the waiting list"),
}


def next_event(events: Sequence[Event], now: datetime) -> Event | None:
    """The first event that cities can register for; one with places before one that is full."""
    for wanted in ("open", "full"):
        for event in events:
            if standing(event, now) == wanted:
                return event
    return None


def stops(session: Session, events: Sequence[Event], now: datetime) -> list[Stop]:
    """What the macro `course` shows, an event each."""
    numbers = [event.id for event in events]
    reports, came = reported(session, numbers), turnouts(session, numbers)
    upcoming = next_event(events, now)
    return [
        {
            "number": number,
            "city": city_label(event.city),
            "dates": date_range(event.starts_on, event.ends_on),
            "theme": event.title,
            "note": note(event, came.get(event.id), now),
            "next": event is upcoming,
            "ahead": now < ends_at(event),
            "href": f"/events/{event.slug}",
            **_end(event, event.id in reports, now),
        }
        for number, event in enumerate(events, start=1)
    ]


def note(event: Event, came: Turnout | None, now: datetime) -> str:
    """The small line below an event's title: places before it, cities after it, and partners."""
    if standing(event, now) == "cancelled":
        return ""
    if standing(event, now) in ("open", "full", "closed"):
        each = amount(event.seats_per_city)
        return f"{event.capacity} places, up to {each} for each city"
    partners = listed(with_article(one.name) for one in event.partners if one.role == "partner")
    if came is None:
        return f"With {partners}" if partners else ""
    return f"{turnout(came)}, with {partners}" if partners else turnout(came)


def turnout(came: Turnout) -> str:
    """18 cities · 7 cities new to the network · 20 cities, three of them new to the network"""
    cities = f"{came.cities} {'city' if came.cities == 1 else 'cities'}"
    if not came.new:
        return cities
    if came.new == came.cities:
        return f"{cities} new to the network"
    return f"{cities}, {amount(came.new)} of them new to the network"


def _end(event: Event, has_report: bool, now: datetime) -> dict[str, str]:
    """What stands at the right of a stop: a state in words and one link."""
    state = standing(event, now)
    if has_report:
        return {"link": "Read the report", "link_href": f"/reports/{event.slug}"}
    if state == "open":
        label, link = f"Open until {_closing_day(event)}", "Register your delegation"
    else:
        label, link = ENDS[state]
    register = state in ("open", "full")
    href = f"/events/{event.slug}/register" if register else f"/events/{event.slug}"
    return {"label": label, "link": link, "link_href": href}


def _closing_day(event: Event) -> str:
    return plain_day(event.registration_closes_at.astimezone(event.zone).date())


def headline(events: Sequence[Event]) -> str:
    """Five cities open their doors to one another · Stockholm opens its doors to other cities"""
    hosts = {event.city_id: event.city.name for event in events}
    if len(hosts) == 1:
        return f"{next(iter(hosts.values()))} opens its doors to other cities"
    count = counted(len(hosts), "city", "cities")
    return f"{count[0].upper()}{count[1:]} open their doors to one another"
