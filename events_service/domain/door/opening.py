"""When the door of an event is open, and for which days somebody can be checked in."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from events_service.domain.refusals import Conflict
from events_service.letters.dates import date_range, plain_day
from events_service.model import Event
from events_service.translation import gettext as _

Phase = Literal[
    "early",  # names are not shown yet
    "rehearsal",  # the day before: all works, and nothing is recorded
    "open",
    "over",  # only what devices still hold is taken
]
LATE = timedelta(days=7)  # after the last day, for devices that were without a network


def today(event: Event, now: datetime) -> date:
    """On the calendars of the host city."""
    return now.astimezone(event.zone).date()


def door_phase(event: Event, now: datetime) -> Phase:
    day = today(event, now)
    if day < event.starts_on:
        return "rehearsal" if event.starts_on - day == timedelta(days=1) else "early"
    return "open" if day <= event.ends_on else "over"


def has_ended(event: Event, now: datetime) -> bool:
    """Whether not even late devices are waited for any more."""
    return today(event, now) > event.ends_on + LATE


def refuse_day(event: Event, day: date, now: datetime) -> None:
    """Conflict, when nobody can have come in on that day."""
    if not event.starts_on <= day <= event.ends_on:
        raise Conflict(
            _(
                "%(day)s is no day of this workshop, which is on %(days)s.",
                day=plain_day(day),
                days=date_range(event.starts_on, event.ends_on),
            )
        )
    if day > today(event, now):
        raise Conflict(
            _(
                "It is not yet %(day)s in %(city)s. Check people in on the day on which they come.",
                day=plain_day(day),
                city=event.city.name,
            )
        )


def came_within(came_at: datetime, day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """When somebody came in on `day`, by a clock that may be wrong: never before that day began,
    nor after it ended, nor later than now."""
    begins = datetime.combine(day, time.min, zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    return max(begins, min(came_at.astimezone(UTC), now, ends - timedelta(seconds=1)))
