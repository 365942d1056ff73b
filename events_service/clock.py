"""The service's one clock.

Domain functions never ask what time it is; they are told (`now=`). Pages, jobs and the
command line ask this clock once at their edge. `CLOCK_STARTS_AT` shifts it, so that the
whole story can be played in another year.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def clock_from(starts_at: datetime | None) -> Clock:
    """A clock that shows `starts_at` (aware) when it is made and runs on from there."""
    if starts_at is None:
        return system_clock
    shift = starts_at.astimezone(UTC) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + shift
