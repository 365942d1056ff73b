"""While the broker is away, beat would say so with two stack traces for each job each second."""

import logging
import time
from collections.abc import Callable

EVERY = 60.0  # seconds between two lines of the same kind


class Sparing(logging.Filter):
    """Lets a line through at most once a minute for each kind, without its stack trace."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        now, kind = self._clock(), str(record.msg)
        if now - self._said.get(kind, float("-inf")) < EVERY:
            return False
        self._said[kind] = now
        record.exc_info = None
        return True
