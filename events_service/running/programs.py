"""One program under the supervisor: started, heard, told to end, started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from events_service.running.embedded import tethered
from events_service.running.procfile import Program

LONGEST_PAUSE = 30.0  # seconds
STEADY_AFTER = 60.0  # seconds after which a program's earlier falls are forgotten


def pause_before_restart(falls: int) -> float:
    """Seconds to wait before a program that has fallen so often in a row is started again."""
    return min(0.5 * float(2 ** (falls - 1)), LONGEST_PAUSE)


def surroundings() -> dict[str, str]:
    """This process's environment, with the programs of its installation first on the PATH."""
    binaries = Path(sys.executable).parent
    path = f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}


class RunningProgram:
    """A program of the Procfile and its process.

    It says that it is ready by sending READY=1 to the socket named by NOTIFY_SOCKET, as
    sd_notify(3) describes; gunicorn does this by itself.
    """

    def __init__(
        self, program: Program, environment: Callable[[], Mapping[str, str]], sockets: Path
    ) -> None:
        self.name = program.name
        self.falls = 0
        self.ready = False
        self.was_ever_ready = False
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0  # monotonic seconds; when it may start (again)
        self._command = program.command
        self._environment = environment
        self._address = sockets / f"ready-{program.name}"
        self._unfinished = b""

    def open(self) -> None:
        """Make the socket on which the program says that it is ready."""
        self._address.unlink(missing_ok=True)
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(str(self._address))
        self.notices.setblocking(False)

    def close(self) -> None:
        self.notices.close()
        self._address.unlink(missing_ok=True)

    def start(self) -> None:
        self.ready = False
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (the Procfile's own command)
            tethered(["/bin/sh", "-c", f"exec {self._command}"], signal.SIGTERM),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**surroundings(), **self._environment(), "NOTIFY_SOCKET": str(self._address)},
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    def hear(self) -> list[str]:
        """The whole lines that it has printed since last time; notes when it says READY=1."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self.ready = b"READY=1" in self.notices.recv(4096) or self.ready
        self.was_ever_ready = self.was_ever_ready or self.ready
        *lines, self._unfinished = (self._unfinished + self._read_output()).split(b"\n")
        if self._unfinished and not self.alive:
            lines, self._unfinished = [*lines, self._unfinished], b""
        return [line.decode(errors="replace") for line in lines]

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def fell(self) -> int:
        """Note that it ended unasked; the number of falls in a row. Its children are ended."""
        self.end_everything()
        if time.monotonic() - self.started_at > STEADY_AFTER:
            self.falls = 0
        self.falls += 1
        self.start_at = time.monotonic() + pause_before_restart(self.falls)
        self.process = None
        return self.falls

    def ask_to_end(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def end_everything(self) -> None:
        """Kill whatever is left of its process group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            if self.process.stdout is not None:
                self.process.stdout.close()

    @property
    def output(self) -> IO[bytes] | None:
        """Its pipe, while it may still print."""
        return self.process.stdout if self.process is not None else None

    def _read_output(self) -> bytes:
        said = b""
        while self.output is not None and not self.output.closed:
            try:
                part = os.read(self.output.fileno(), 65536)
            except BlockingIOError:
                break
            if not part:
                self.output.close()
            said += part
        return said
