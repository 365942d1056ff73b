"""Real workers and beats, started for a test and killed after it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Program:
    """`celery worker` or `celery beat`, with the processes it forks."""

    def __init__(self, kind: str, options: list[str], given: dict[str, str], log: Path) -> None:
        self._log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "--quiet", "-A", "workers.app", kind, *options],
                env={**os.environ, **given},
                cwd=ROOT,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        return self._log.read_text()

    def signal(self, what: signal.Signals) -> None:
        """Send a signal to it and all that it has forked."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, what)

    def end(self) -> str:
        """Kill it; what it has logged."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        return self.log


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.05)
