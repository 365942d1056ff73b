"""When the days of an invitation begin, and which of them an answer is about."""

from datetime import UTC, date, datetime, time

from events_service.domain.registration.runs import run_of
from events_service.itip.answers import Moment, same_moment
from events_service.model import Event, Invitation


def starts_of(invitation: Invitation, event: Event) -> dict[date, Moment]:
    """The start of each day as calendars show it now: an instant, or the date of a whole day."""
    run = run_of(invitation, event)
    if run.hours is None:
        return {day: day for day in run.days}
    return {day: at(day, run.hours.starts, event) for day in run.days}


def bounds_of(invitation: Invitation, event: Event, day: date | None) -> tuple[datetime, datetime]:
    """From when until when one day lasts, or the first of them, on the clocks of the place. A
    whole day lasts from midnight to midnight."""
    run = run_of(invitation, event)
    first = day or run.days[0]
    if run.hours is None:
        following = date.fromordinal((day or run.days[-1]).toordinal() + 1)
        return at(first, time(), event), at(following, time(), event)
    return at(first, run.hours.starts, event), at(first, run.hours.ends, event)


def instant(moment: Moment, event: Event) -> datetime:
    """A moment in an answer as an instant; a date is the midnight at which it begins there."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return at(moment, time(), event).astimezone(UTC)


def day_begun(starts: dict[date, Moment], moment: Moment) -> date | None:
    """The day that begins at this moment (RECURRENCE-ID); None: none of them does."""
    return next((day for day, start in starts.items() if same_moment(start, moment)), None)


def at(day: date, clock: time, event: Event) -> datetime:
    return datetime.combine(day, clock, tzinfo=event.zone)
