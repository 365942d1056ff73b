"""An event's agenda by day, in the host city's time and, if asked, in the reader's."""

from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from events_service.domain.reporting.wording import in_words
from events_service.letters.dates import clock, clock_range, day_month, zone_label
from events_service.model import AgendaSession, Event
from events_service.queries.event_page import ReaderCity
from events_service.queries.standing import starts_at

ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"]


def agenda(event: Event, reader: ReaderCity | None) -> list[dict[str, Any]]:
    """Days as the macro `agenda` shows them."""
    held = groupby(event.sessions, key=lambda session: session.held_on)
    return [
        {
            "title": f"{day:%A} {day_month(day)}",
            "label": f"Day {in_words((day - event.starts_on).days + 1)}",
            "sessions": [_session(event, each, reader) for each in sessions],
        }
        for day, sessions in held
    ]


def _session(event: Event, session: AgendaSession, reader: ReaderCity | None) -> dict[str, Any]:
    return {
        "at": clock_range(session.starts, session.ends),
        "there_at": _elsewhere(event, session, ZoneInfo(reader.timezone)) if reader else "",
        "title": session.title,
        "note": session.note,
    }


def _elsewhere(event: Event, session: AgendaSession, zone: ZoneInfo) -> str:
    """The session's times by another city's clock; says so where that is another day."""
    starts, ends = (
        datetime.combine(session.held_on, moment, event.zone)
        .replace(fold=session.fold)
        .astimezone(zone)
        for moment in (session.starts, session.ends)
    )
    shift = (starts.date() - session.held_on).days
    day = {-1: " the day before", 1: " the next day"}.get(shift, "")
    return f"{clock_range(starts.time(), ends.time())}{day}"


def clocks(event: Event, reader: ReaderCity | None) -> dict[str, str] | None:
    """Local start with its offset from UTC, and the reader's; None while there is no agenda."""
    start = starts_at(event)
    if start is None:
        return None
    here = {"here": event.city.name, **_shown(start, event.zone)}
    if reader is None:
        return here
    there = _shown(start, ZoneInfo(reader.timezone))
    return {
        **here,
        "there": reader.name,
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
        return f"{ORDINALS[position - 1]} workshop of the series"
    return f"Workshop {position} of the series"
