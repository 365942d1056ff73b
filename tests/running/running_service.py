"""`events-service up` as a process, for tests."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

COMMAND = [sys.executable, "-m", "events_service.cli"]
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_URL", "SMTP_URL", "PORT", "DATA_DIR")


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OURS}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def events_service(
    *arguments: str, seconds: float = 90, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        env={**clean_environment(), **more},
        timeout=seconds,
    )


class RunningService:
    """The whole service on a folder; what it prints is read until it is ready."""

    def __init__(self, data: Path, command: list[str] = COMMAND) -> None:
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.printed = data.with_name(f"{data.name}.out")
        with self.printed.open("w") as output:
            self.process = subprocess.Popen(
                [*command, "up", "--data", str(data), "--port", str(self.port)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=clean_environment(),
                cwd=data.parent,
                start_new_session=True,
            )
        self.wait_for("The service is ready")

    def wait_for(self, words: str, seconds: float = 90) -> str:
        deadline = time.monotonic() + seconds
        while words not in (said := self.printed.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said

    def sign_in_link(self) -> str:
        found = re.search(rf"{re.escape(self.address)}/sign-in/\S+", self.printed.read_text())
        assert found is not None
        return found[0]

    def get(self, path: str) -> tuple[int, str]:
        with urlopen(self.address + path, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def processes(self) -> list[int]:
        """Every process that has this data folder in its environment or on its command line."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                said = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            except OSError:
                continue
            if os.fsencode(self.data) in said:
                found.append(int(place.name))
        return found

    def interrupt(self) -> float:
        """Ctrl-C; the seconds until it had stopped."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        return time.monotonic() - began
