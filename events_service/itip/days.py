"""Which days or sessions become one calendar object, in the style that an organiser chose.

By default a person who attends three like days gets one VEVENT that repeats daily: one Accept,
and no night blocked. Days apart, or with clearly other hours, get an object each, since a mail
carries one UID.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal, NamedTuple, Protocol, TypeVar

LIKE = 60  # minutes by which like hours may differ at either end

Style = Literal["daily", "each_day", "each_session", "all_day"]


class Hours(NamedTuple):
    """Local wall times; `time.fold` is 1 for the second of two equal times (PEP 495)."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Run:
    """What one calendar object covers: consecutive days with common hours, or one session.

    `hours` None: all-day, blocking no time. `session`: the number of the one session that it is
    about, and `title` what that is called.
    """

    days: tuple[date, ...]
    hours: Hours | None
    session: int | None = None
    title: str = ""

    def same_time(self, other: "Run") -> bool:
        """Whether DTSTART, DTEND and RRULE are the same."""
        return (self.days, self.hours) == (other.days, other.hours)


class TimedSession(Protocol):
    @property
    def held_on(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def fold(self) -> int: ...


class NamedSession(TimedSession, Protocol):
    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...


Timed = TypeVar("Timed", bound=TimedSession)
Named = TypeVar("Named", bound=NamedSession)


def runs(
    style: Style,
    days: Iterable[date],
    chosen: Collection[int] | None,
    sessions: Iterable[NamedSession],
) -> list[Run]:
    """The calendar objects of a person who comes on these `days`, in order of time.

    `chosen`: numbers of the sessions they come to; None: all of their days. Whoever chose comes
    on no day without one of these.
    """
    theirs = [one for one in sessions if chosen is None or one.id in chosen]
    held = {one.held_on for one in theirs}
    attended = sorted({day for day in days if chosen is None or day in held})
    if style == "each_session":
        return _a_run_a_session(attended, theirs)
    hours = hours_of_day(theirs)
    if style == "each_day":
        return [Run((day,), hours.get(day)) for day in attended]
    if style == "all_day":
        return [Run(tuple(days), None) for days in consecutive(attended)]
    return like_days(attended, hours)


def run_held(
    style: Style,
    days: Iterable[date],
    session: int | None,
    chosen: Collection[int] | None,
    sessions: Iterable[NamedSession],
) -> Run:
    """What shows of an object that was made for these days, or for that session, whatever the
    agenda says since. A session that is gone leaves its day."""
    ordered = tuple(sorted(days))
    theirs = covered(ordered, session, chosen, sessions)
    if session is not None:
        return _about(theirs[0]) if theirs else Run(ordered, None, session)
    each_day = [] if style == "all_day" else list(hours_of_day(theirs).values())
    return Run(ordered, common_hours(each_day) if each_day else None)


def covered(
    days: Collection[date],
    session: int | None,
    chosen: Collection[int] | None,
    sessions: Iterable[Named],
) -> list[Named]:
    """The sessions that an object of these days, or of that session, stands for."""
    if session is not None:
        return [one for one in sessions if one.id == session]
    return [one for one in sessions if one.held_on in days and (chosen is None or one.id in chosen)]


def hours_of_day(sessions: Iterable[TimedSession]) -> dict[date, Hours]:
    """From the first start to the last end of each day; days without a session are absent."""
    hours: dict[date, Hours] = {}
    for session in sessions:
        own = _hours(session)
        hours[session.held_on] = common_hours([hours.get(session.held_on, own), own])
    return hours


def common_hours(several: Sequence[Hours]) -> Hours:
    """From the earliest start to the latest end."""
    return Hours(min(each.starts for each in several), max(each.ends for each in several))


def consecutive(days: Iterable[date]) -> list[list[date]]:
    """Days in order, those that follow each other together."""
    found: list[list[date]] = []
    for day in days:
        if found and _follows(found[-1][-1], day):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _a_run_a_session(days: Sequence[date], sessions: Sequence[NamedSession]) -> list[Run]:
    """A run for each session, and one for each day that has none."""
    held = {one.held_on for one in sessions}
    found = [_about(one) for one in sessions if one.held_on in days]
    found += [Run((day,), None) for day in days if day not in held]
    return sorted(found, key=lambda run: (run.days, run.hours or (), run.session or 0))


def _about(session: NamedSession) -> Run:
    return Run((session.held_on,), _hours(session), session.id, session.title)


def _hours(session: TimedSession) -> Hours:
    fold = session.fold
    return Hours(session.starts.replace(fold=fold), session.ends.replace(fold=fold))


def like_days(days: Iterable[date], hours: dict[date, Hours]) -> list[Run]:
    """Consecutive, and like each other to the hour: no day has its start or end more than an
    hour away from another day's of the same run, whose hours reach from the earliest start to
    the latest end."""
    found: list[Run] = []
    spread: list[Hours] = []  # the hours of each day of the last run
    for day in days:
        own = hours.get(day)
        last = found[-1] if found and _follows(found[-1].days[-1], day) else None
        if last and own and last.hours and _like([*spread, own]):
            found[-1] = Run((*last.days, day), common_hours([last.hours, own]))
            spread.append(own)
        elif last and own is None and last.hours is None:
            found[-1] = Run((*last.days, day), None)
        else:
            found.append(Run((day,), own))
            spread = [own] if own else []
    return found


def _follows(last: date, day: date) -> bool:
    return day - last == timedelta(days=1)


def _like(several: Sequence[Hours]) -> bool:
    if any(clock.fold for hours in several for clock in hours):
        return False  # an hour that comes twice belongs to one day only
    starts = [_minutes(hours.starts) for hours in several]
    ends = [_minutes(hours.ends) for hours in several]
    return max(starts) - min(starts) <= LIKE and max(ends) - min(ends) <= LIKE


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
