"""A series as its page shows it: each workshop a stop, and the one to register for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_service.domain.reporting.wording import sentence
from events_service.letters.dates import and_list, date_range
from events_service.model import Event
from events_service.queries.public import Turnout, reported, turnouts
from events_service.queries.standing import ends_at, standing
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, ngettext
from events_service.web.clocks import in_both
from events_service.web.filters import city_label, spelt

Stop = dict[str, Any]
ENDS = {
    "running": (lazy_gettext("Under way"), ""),
    "closed": (lazy_gettext("Registration has closed"), ""),
    "cancelled": (lazy_gettext("Cancelled"), ""),
    "past": ("", lazy_gettext("Look back")),
    "full": (lazy_gettext("All places taken"), lazy_gettext("Join the waiting list")),
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
        return _places(event)
    names = [one.name for one in event.partners if one.role == "partner"]
    partners = _("Partners: %(names)s", names=and_list(names)) if names else ""
    return " · ".join(part for part in (turnout(came) if came else "", partners) if part)


def _places(event: Event) -> str:
    places = ngettext("%(num)s place", "%(num)s places", event.capacity)
    return ngettext(
        "%(places)s, one for each city",
        "%(places)s, up to %(many)s for each city",
        event.seats_per_city,
        places=places,
        many=spelt(event.seats_per_city),
    )


def turnout(came: Turnout) -> str:
    """18 cities · 7 cities new to the network · 20 cities, three of them new to the network"""
    if came.new and came.new == came.cities:
        return ngettext(
            "%(num)s city new to the network", "%(num)s cities new to the network", came.new
        )
    cities = ngettext("%(num)s city", "%(num)s cities", came.cities)
    if not came.new:
        return cities
    return ngettext(
        "%(cities)s, one of them new to the network",
        "%(cities)s, %(many)s of them new to the network",
        came.new,
        cities=cities,
        many=spelt(came.new),
    )


def _end(event: Event, has_report: bool, now: datetime) -> dict[str, str]:
    """What stands at the right of a stop: a state in words and one link."""
    state = standing(event, now)
    if has_report:
        return {"link": _("Read the report"), "link_href": f"/reports/{event.slug}"}
    if state == "open":
        closes = in_both(event.registration_closes_at, event)
        label = _("Open until %(deadline)s", deadline=closes)
        link = _("Register your delegation")
    else:
        label, link = ENDS[state]
    register = state in ("open", "full")
    href = f"/events/{event.slug}/register" if register else f"/events/{event.slug}"
    return {"label": label, "link": link, "link_href": href}


def headline(events: Sequence[Event]) -> str:
    """Five cities open their doors to one another · Stockholm opens its doors to other cities"""
    hosts = {event.city_id: event.city.name for event in events}
    if len(hosts) == 1:
        return _("%(city)s opens its doors to other cities", city=next(iter(hosts.values())))
    return ngettext(
        "%(many)s city opens its doors to others",
        "%(many)s cities open their doors to one another",
        len(hosts),
        many=sentence(spelt(len(hosts))),
    )
