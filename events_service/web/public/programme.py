"""An event's agenda by day, by the clock of the host city and, where it differs, the reader's."""

from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from events_service.letters.dates import (
    clock,
    clock_range,
    hours_there,
    weekday_day_month,
    zone_label,
)
from events_service.model import AgendaSession, Event
from events_service.queries.standing import starts_at
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.filters import spelt
from events_service.web.reader import Reader, differs

ORDINALS = [
    lazy_gettext("First workshop of the series"),
    lazy_gettext("Second workshop of the series"),
    lazy_gettext("Third workshop of the series"),
    lazy_gettext("Fourth workshop of the series"),
    lazy_gettext("Fifth workshop of the series"),
    lazy_gettext("Sixth workshop of the series"),
    lazy_gettext("Seventh workshop of the series"),
    lazy_gettext("Eighth workshop of the series"),
    lazy_gettext("Ninth workshop of the series"),
]


def elsewhere(event: Event, reader: Reader | None) -> Reader | None:
    """The reader, if their clock shows another time at some session than the event's."""
    if reader is None:
        return None
    instants = (_hours(event, session)[0] for session in event.sessions)
    return reader if any(differs(one, event.zone, reader.zone) for one in instants) else None


def agenda(event: Event, reader: Reader | None) -> list[dict[str, Any]]:
    """Days as the macro `agenda` shows them."""
    held = groupby(event.sessions, key=lambda session: session.held_on)
    return [
        {
            "title": weekday_day_month(day),
            "label": _("Day %(number)s", number=spelt((day - event.starts_on).days + 1)),
            "sessions": [_session(event, each, reader) for each in sessions],
        }
        for day, sessions in held
    ]


def _session(event: Event, session: AgendaSession, reader: Reader | None) -> dict[str, Any]:
    hours = _hours(event, session)
    return {
        "at": clock_range(session.starts, session.ends),
        "there_at": hours_there(*hours, event.zone, reader.zone) if reader else "",
        "title": session.title,
        "note": session.note,
    }


def _hours(event: Event, session: AgendaSession) -> tuple[datetime, datetime]:
    """The instants at which a session begins and ends."""
    starts, ends = (
        datetime.combine(session.held_on, moment, event.zone).replace(fold=session.fold)
        for moment in (session.starts, session.ends)
    )
    return starts, ends


def clocks(event: Event, reader: Reader | None) -> dict[str, str] | None:
    """Local start with its offset from UTC, and the reader's; None while there is no agenda."""
    start = starts_at(event)
    if start is None:
        return None
    here = {"here": event.city.name, **_shown(start, event.zone)}
    if reader is None:
        return here
    there = _shown(start, reader.zone)
    return {
        **here,
        "there": reader.place,
        "there_time": there["time"],
        "there_zone": there["zone"],
    }


def _shown(instant: datetime, zone: ZoneInfo) -> dict[str, str]:
    return {
        "time": clock(instant.astimezone(zone).time()),
        "zone": zone_label(zone, instant),
    }


def place_in_series(position: int, event: Event) -> str:
    """Third workshop of the series · Workshop 12 of the series; a summit stands for itself."""
    if event.kind != "workshop":
        return ""
    if position <= len(ORDINALS):
        return str(ORDINALS[position - 1])
    return _("Workshop %(number)s of the series", number=position)
