"""What the two servers that the service can bring along have in common.

A server holds a lock file for as long as it lives: the lock is inherited by its process and let
go by the kernel when the last of its processes has ended, so a crash leaves no stale mark.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

TETHER = Path(__file__).with_name("tether.py")


class CannotStart(Exception):
    """A server does not start; the message says why and what to do."""


class AlreadyRunning(CannotStart):
    """Another process runs this server on the same data."""


def tethered(command: list[str], death_signal: signal.Signals) -> list[str]:
    """The command, made to receive that signal when the present process ends."""
    launcher = [sys.executable, "-I", "-S", str(TETHER)]
    return [*launcher, str(int(death_signal)), str(os.getpid()), *command]


class EmbeddedServer(ABC):
    """A server process on a data folder. `data` is the service's folder; each server has its
    own folder in it. Use it as a context manager, or call `start()` and `stop()`.
    """

    name: str
    stop_signal: signal.Signals
    seconds_to_start = 60.0

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.folder = self.data / self.name
        self.log = self.data / f"{self.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.way: list[str] = []  # what to put before the command, so that it may run

    @abstractmethod
    def prepare(self) -> list[str]:
        """Make the data folder when there is none; give the command that runs the server."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server accepts our connection now."""

    def ready_for_others(self) -> bool:
        """Whether whoever started it has finished with starting."""
        return self.answers()

    def start(self) -> None:
        """Start the server and wait until it answers. Raises AlreadyRunning or CannotStart."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = self._take_lock()
        try:
            command = self.prepare()
            # The tether comes after the way: a change of user would undo it.
            command = [*self.way, *tethered(command, self.stop_signal)]
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(  # noqa: S603 (no shell; the command is ours)
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    pass_fds=[lock],
                )
        finally:
            os.close(lock)
        self._wait_until_it_answers(self.process)

    def stop(self, seconds: float = 5.0) -> None:
        """Stop the server; kill it when it takes longer than that."""
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(self.stop_signal)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _take_lock(self) -> int:
        lock = os.open(self.data / f"{self.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise AlreadyRunning(f"{self.name} is already running on {self.data}.") from None
        return lock

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self.seconds_to_start
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                said = self.log.read_text(errors="replace")[-2000:].strip()
                raise CannotStart(f"{self.name} did not start on {self.data}. It said:\n{said}")
            time.sleep(0.02)
