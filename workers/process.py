"""What a worker process keeps: settings, its clock, and whether it was asked to stop."""

import mmap
import time
from datetime import datetime
from functools import cache

from events_service.clock import Clock, clock_from
from events_service.config import Settings, load_settings

SECONDS_A_TURN = 10.0

# One byte shared by the worker and the pool processes it forks: Celery tells only the worker.
_asked_to_stop = mmap.mmap(-1, 1)


@cache
def settings() -> Settings:
    return load_settings()


@cache
def clock() -> Clock:
    """Made before the pool forks, so that a process started later shows the same time."""
    return clock_from(settings().clock_starts_at)


def now() -> datetime:
    return clock()()


def ask_to_stop() -> None:
    _asked_to_stop[0] = 1


class Turn:
    """A job's share of a process. When it is over, the job gives back what it has not begun and
    leaves the rest to the next tick, so that other jobs come up."""

    def __init__(self, seconds: float = SECONDS_A_TURN) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        return bool(_asked_to_stop[0]) or time.monotonic() >= self._ends
