"""How a calendar of many entries tells local times: one VTIMEZONE for each TZID, right for all.

A zone whose clocks follow no rule in the years of the feed (Africa/Casablanca, Asia/Gaza) can't be
told by one component. Its entries are then told in UTC; one over whose days the clocks change has
a TZID of its own; and where they change more than once, whole days are told instead of hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from events_service.itip.days import Run
from events_service.itip.zones import ZoneNotExpressible, vtimezone


@dataclass
class Clocks:
    """What the entries of one calendar are told by. `definitions` are unfolded CRLF lines."""

    definitions: str = ""
    regular: set[str] = field(default_factory=set)  # zones that have one component
    untold: set[tuple[str, Run]] = field(default_factory=set)  # hours that can't be told

    def tzid(self, zone: str, run: Run) -> str | None:
        """The TZID of a run that has hours; None: it is told in UTC."""
        if _comes_second(zone, run):
            return None
        if zone in self.regular:
            return zone
        return None if _steady(zone, run) else _own(zone, run)

    def told(self, zone: str, run: Run) -> Run:
        return Run(run.days, None) if (zone, run) in self.untold else run


def clocks_of(entries: Iterable[tuple[str, Run]]) -> Clocks:
    """The clocks for these runs, each with its zone (IANA name)."""
    runs: dict[str, list[Run]] = {}
    for zone, run in entries:
        if run.hours is not None and not _comes_second(zone, run):
            runs.setdefault(zone, []).append(run)
    clocks, defined = Clocks(), []
    for zone, its in sorted(runs.items()):
        days = [run.days[0] for run in its], [run.days[-1] for run in its]
        try:
            defined.append(vtimezone(zone, min(days[0]), max(days[1])))
            clocks.regular.add(zone)
        except ZoneNotExpressible:
            defined += _own_definitions(zone, its, clocks)
    clocks.definitions = "".join(defined)
    return clocks


def _own_definitions(zone: str, runs: Iterable[Run], clocks: Clocks) -> list[str]:
    found: dict[str, str] = {}
    for run in runs:
        if not _steady(zone, run):
            try:
                shared = vtimezone(zone, run.days[0], run.days[-1])
                found[_own(zone, run)] = shared.replace(f":{zone}\r", f":{_own(zone, run)}\r", 1)
            except ZoneNotExpressible:
                clocks.untold.add((zone, run))
    return list(found.values())


def _own(zone: str, run: Run) -> str:
    return f"{zone}-{run.days[0]}-{run.days[-1]}"


def _comes_second(zone: str, run: Run) -> bool:
    """Whether a bound is the second of two equal wall times, which no TZID can say (RFC 5545
    §3.3.5). Such a day is a run of its own."""
    if run.hours is None or not any(clock.fold for clock in run.hours):
        return False
    moments = [datetime.combine(run.days[0], clock, ZoneInfo(zone)) for clock in run.hours]
    return any(each.utcoffset() != each.replace(fold=0).utcoffset() for each in moments)


def _steady(zone: str, run: Run) -> bool:
    """Whether the clocks are the same at all bounds of the run."""
    tz = ZoneInfo(zone)
    offsets: set[timedelta | None] = {
        datetime.combine(day, clock, tz).utcoffset()
        for day in run.days
        for clock in run.hours or ()
    }
    return len(offsets) == 1
