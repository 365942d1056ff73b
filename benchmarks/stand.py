"""The stand that everything is measured on: real servers, the real web process, real workers."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from events_service.config import Settings, load_settings
from events_service.db import connect, engine
from events_service.migrations import upgrade
from events_service.running.broker import BrokerServer
from events_service.running.postgres import PostgresServer
from events_service.running.procfile import read_procfile, the_procfile
from events_service.running.programs import surroundings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Stand:
    """Settings of a running database and broker, and the processes started upon them."""

    settings: Settings
    logs: Path

    @property
    def environment(self) -> dict[str, str]:
        given = {
            name.upper(): str(value)
            for name, value in asdict(self.settings).items()
            if value is not None
        }
        return {**given, "LOG_FORMAT": "json", "PYTHONPATH": str(self._without_tools())}

    def _without_tools(self) -> Path:
        """A folder that hides `rich`, which comes with the tests' tools: structlog loads it where
        it is, and an installation for use has none."""
        folder = self.logs / "without-tools"
        folder.mkdir(exist_ok=True)
        (folder / "rich.py").write_text("raise ImportError\n")
        return folder

    @contextmanager
    def running(self, name: str, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program of the Procfile, its output in a log; ended by SIGTERM."""
        command = {each.name: each.command for each in read_procfile(the_procfile())}[name]
        with (self.logs / f"{name}.log").open("ab") as log:
            program = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                env={**surroundings(), **self.environment, **extra},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield program
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)

    @contextmanager
    def web(self) -> Iterator[subprocess.Popen[bytes]]:
        with self.running("web") as program:
            wait_for_http(self.settings.port, "/healthz")
            yield program

    @contextmanager
    def workers(self, smtp_url: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        with (
            self.running("worker", SMTP_URL=smtp_url) as worker,
            self.running("beat") as beat,
        ):
            yield [worker, beat]


@contextmanager
def stand(folder: Path) -> Iterator[Stand]:
    """Durable servers in `folder`, migrated and empty."""
    with PostgresServer(folder) as postgres, BrokerServer(folder) as broker:
        port = free_port()
        settings = load_settings(
            database_url=postgres.url(),
            redis_url=broker.url,
            secret_key="a secret for measuring, as long as a real one",
            port=port,
            public_url=f"http://127.0.0.1:{port}",
        )
        connect(settings.sqlalchemy_url)
        with engine().begin() as connection:
            upgrade(connection)
        yield Stand(settings, folder)


def wait_for_http(port: int, path: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web process does not answer; see web.log")


def pss_of(program: subprocess.Popen[bytes]) -> float:
    """Proportional set size of a program and all its children, in MB."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            session = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[3])
            rollup = (entry / "smaps_rollup").read_text() if session == program.pid else ""
        except (OSError, IndexError):
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return total / 1024
