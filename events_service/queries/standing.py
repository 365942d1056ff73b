"""Where an event stands for somebody who reads about it: decided from its dates and its seats."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from events_service.model import Event

Standing = Literal["open", "full", "closed", "running", "past", "cancelled"]


def standing(event: Event, now: datetime) -> Standing:
    """`open`, or why not; `full` still takes delegations for the waiting list."""
    if event.cancelled_at is not None:
        return "cancelled"
    if now >= ends_at(event):
        return "past"
    if now < event.registration_closes_at:
        return "open" if event.seats_free > 0 else "full"
    return "running" if now >= _midnight(event.starts_on, event) else "closed"


def goes_on(event: Event, now: datetime) -> bool:
    """Neither cancelled nor over: something can be decided about it."""
    return standing(event, now) not in ("cancelled", "past")


def next_change(event: Event, now: datetime) -> datetime | None:
    """When time alone next changes where the event stands; None when it never will."""
    turns = [event.registration_closes_at, _midnight(event.starts_on, event), ends_at(event)]
    return min((turn for turn in turns if turn > now), default=None)


def starts_at(event: Event) -> datetime | None:
    """The instant at which the first session begins; None while there is no agenda."""
    if not event.sessions:
        return None
    first = event.sessions[0]
    local = datetime.combine(first.held_on, first.starts, event.zone)
    return local.replace(fold=first.fold).astimezone(UTC)


def ends_at(event: Event) -> datetime:
    """The midnight after the last day, where the event is held."""
    return _midnight(event.ends_on + timedelta(days=1), event)


def _midnight(day: date, event: Event) -> datetime:
    return datetime.combine(day, time(), event.zone).astimezone(UTC)
