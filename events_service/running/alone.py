"""One service a data folder, one a port: found out before anything is started."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from events_service.running.embedded import CannotStart

ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (compared with, not bound)


@dataclass(frozen=True)
class Place:
    """Where a service runs: its data folder, and where it listens."""

    data: Path
    host: str
    port: int

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


@contextmanager
def alone_on(place: Place) -> Iterator[None]:
    """Hold the data folder for this block. CannotStart when it or the port is taken."""
    with _lock_file(place.data).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"The service already runs on {place.data}: {lock.read().strip()}. Stop it there "
                "with Ctrl-C, or give this one another folder and port (--data DIR --port N)."
            ) from None
        _refuse_a_busy_port(place)
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {place.address}\n")
        lock.flush()
        yield


def is_running(data: Path) -> bool:
    """Whether `events-service up` runs on that data folder."""
    if not data.is_dir():
        return False
    with _lock_file(data).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def a_free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lock_file(data: Path) -> Path:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return data / "service.lock"


def _refuse_a_busy_port(place: Place) -> None:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise CannotStart(
                f"Cannot listen on {place.host}, port {place.port}: {error.strerror}. If another "
                "program uses it, choose another port: make run PORT=8001, or --port 8001."
            ) from None
