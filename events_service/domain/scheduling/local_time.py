"""Times as people type them, on the clocks of a place. One that those clocks never show is
refused; one that they show twice is asked about. Nothing is guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events_service.itip.wall_time import Missing, Twice, resolve
from events_service.letters.dates import clock as written_clock
from events_service.letters.dates import plain_day, zone_label
from events_service.translation import gettext as _


@dataclass(frozen=True)
class TimeProblem:
    """Why a time can't be taken as it is. `choices` are there when the time exists twice:
    what the first and the second of the two are called."""

    message: str
    choices: tuple[str, str] | None = None


def time_problem(zone: ZoneInfo, day: date, clock: time, fold: int | None) -> TimeProblem | None:
    """None when the time is clear; `fold` (0 or 1) answers the question which of two is meant."""
    found = resolve(zone, day, clock)
    if isinstance(found, Missing):
        before, after = (written_clock(moment.time()) for moment in found.suggestions)
        return TimeProblem(
            _(
                "%(clock)s on %(day)s does not exist in %(zone)s: clocks go forward over it. "
                "Choose %(before)s or %(after)s",
                clock=written_clock(clock),
                day=plain_day(day),
                zone=zone.key,
                before=before,
                after=after,
            )
        )
    if isinstance(found, Twice) and fold is None:
        return TimeProblem(
            _(
                "%(clock)s on %(day)s comes twice in %(zone)s, because clocks go back. "
                "Choose which one",
                clock=written_clock(clock),
                day=plain_day(day),
                zone=zone.key,
            ),
            fold_choices(zone, day, clock),
        )
    return None


def fold_choices(zone: ZoneInfo, day: date, clock: time) -> tuple[str, str] | None:
    """“the first, UTC+2” and “the second, UTC+1”; None for a time that comes once."""
    if not isinstance(resolve(zone, day, clock), Twice):
        return None
    first, second = (zone_label(zone, instant_of(zone, day, clock, fold)) for fold in (0, 1))
    return _("The first, %(zone)s", zone=first), _("The second, %(zone)s", zone=second)


def instant_of(zone: ZoneInfo, day: date, clock: time, fold: int | None) -> datetime:
    """The instant (UTC) of a local time that `time_problem` has nothing against."""
    return datetime.combine(day, clock.replace(fold=fold or 0), tzinfo=zone).astimezone(UTC)


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both among them."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
