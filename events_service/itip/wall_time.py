"""Whether a clock in some place ever shows a time, and how often (PEP 495)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Exists:
    fold: int = 0


@dataclass(frozen=True)
class Missing:
    """Clocks go forward over this time. `suggestions` are local: one as long before the jump as
    the time asked for is after it, one after it."""

    suggestions: tuple[datetime, datetime]


@dataclass(frozen=True)
class Twice:
    """Clocks go back over this time. The offsets from UTC tell the two apart."""

    first_offset: timedelta
    second_offset: timedelta


def resolve(zone: ZoneInfo, day: date, clock: time) -> Exists | Missing | Twice:
    """What `clock` means on `day` in `zone`; the caller asks about Twice and refuses Missing."""
    first, second = (datetime.combine(day, clock.replace(fold=n), tzinfo=zone) for n in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return Exists()
    there_and_back = first.astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) != first.replace(tzinfo=None):
        later, earlier = (
            moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
            for moment in (first, second)
        )
        return Missing((earlier, later))
    first_offset, second_offset = first.utcoffset(), second.utcoffset()
    assert first_offset is not None and second_offset is not None
    return Twice(first_offset, second_offset)
