"""Which days become one calendar object.

A person who attends three like days gets one VEVENT that repeats daily: one Accept, and no night
blocked. Days apart, or with clearly other hours, get an object each, since a mail carries one UID.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

LIKE = 60  # minutes by which like hours may differ at either end

Key = TypeVar("Key")


class Hours(NamedTuple):
    """Local wall times; `time.fold` is 1 for the second of two equal times (PEP 495)."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Run:
    """Consecutive days with common hours. `hours` None: no session is set, so all-day."""

    days: tuple[date, ...]
    hours: Hours | None


class TimedSession(Protocol):
    @property
    def held_on(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def fold(self) -> int: ...


@dataclass(frozen=True)
class Match(Generic[Key]):
    """Which invitation keeps its UID. `kept` also holds those that nothing changes for."""

    kept: list[tuple[Key, Run]]
    added: list[Run]
    dropped: list[Key]


def hours_of_day(sessions: Iterable[TimedSession]) -> dict[date, Hours]:
    """From the first start to the last end of each day; days without a session are absent."""
    hours: dict[date, Hours] = {}
    for session in sessions:
        own = Hours(
            session.starts.replace(fold=session.fold), session.ends.replace(fold=session.fold)
        )
        hours[session.held_on] = common_hours([hours.get(session.held_on, own), own])
    return hours


def common_hours(several: Sequence[Hours]) -> Hours:
    """From the earliest start to the latest end."""
    return Hours(min(each.starts for each in several), max(each.ends for each in several))


def runs(days: Iterable[date], hours: Mapping[date, Hours]) -> list[Run]:
    """The attended `days` as runs, in order: consecutive, and like each other to the hour.

    A run's hours reach from the earliest start to the latest end. No day has its start or end
    more than an hour away from another day's of the same run.
    """
    found: list[Run] = []
    spread: list[Hours] = []  # the hours of each day of the last run
    for day in sorted(set(days)):
        own = hours.get(day)
        last = found[-1] if found else None
        if last and own and last.hours and _follows(last, day) and _like([*spread, own]):
            found[-1] = Run((*last.days, day), common_hours([last.hours, own]))
            spread.append(own)
        elif last and own is None and last.hours is None and _follows(last, day):
            found[-1] = Run((*last.days, day), None)
        else:
            found.append(Run((day,), own))
            spread = [own] if own else []
    return found


def match_runs(existing: Mapping[Key, Sequence[date]], wanted: Sequence[Run]) -> Match[Key]:
    """Decide which of the `existing` invitations (their days) carries which wanted run.

    Those that share most days stay together; of the rest, the first goes with the first (an event
    moved by a week keeps its UIDs, so calendars move the entry instead of making a second one).
    """
    pairs = sorted(
        (-len(set(days) & set(run.days)), min(run.days), position, key_position)
        for position, run in enumerate(wanted)
        for key_position, days in enumerate(existing.values())
    )
    keys = list(existing)
    taken: dict[int, int] = {}  # position of the key: position of the run
    for shared, _, position, key_position in pairs:
        if shared and key_position not in taken and position not in taken.values():
            taken[key_position] = position
    left_keys = sorted(
        (n for n in range(len(keys)) if n not in taken), key=lambda n: sorted(existing[keys[n]])
    )
    left_runs = [n for n in range(len(wanted)) if n not in taken.values()]
    taken.update(zip(left_keys, left_runs, strict=False))
    return Match(
        kept=[(keys[n], wanted[taken[n]]) for n in sorted(taken, key=taken.__getitem__)],
        added=[run for n, run in enumerate(wanted) if n not in taken.values()],
        dropped=[key for n, key in enumerate(keys) if n not in taken],
    )


def _follows(run: Run, day: date) -> bool:
    return day - run.days[-1] == timedelta(days=1)


def _like(several: Sequence[Hours]) -> bool:
    if any(clock.fold for hours in several for clock in hours):
        return False  # an hour that comes twice belongs to one day only
    starts = [_minutes(hours.starts) for hours in several]
    ends = [_minutes(hours.ends) for hours in several]
    return max(starts) - min(starts) <= LIKE and max(ends) - min(ends) <= LIKE


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
