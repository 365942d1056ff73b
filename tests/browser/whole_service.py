"""The service as it is run: the Procfile's own web, worker and beat, and a broker."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from events_service import sample
from events_service.clock import clock_from
from events_service.config import Settings
from events_service.domain.accounts.signing_in import account_at, make_sign_in_link, sign_in_url
from events_service.running.broker import BrokerServer
from events_service.running.preparing import ensure_first_administrator
from events_service.running.procfile import read_procfile, the_procfile
from events_service.running.programs import surroundings
from tests.conftest import SECRET
from tests.running.running_service import clean_environment, free_port

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 60.0


class WholeService:
    """`session()` gives a session on its database, committed at the end of the block; `sessions`
    makes them."""

    def __init__(self, database_url: str, data: Path, began: datetime, smtp_url: str | None):
        self.data = data
        self.port = free_port()
        self.broker = BrokerServer(data)
        self.settings = Settings(
            database_url=database_url,
            redis_url=self.broker.url,
            secret_key=SECRET,
            public_url=f"http://127.0.0.1:{self.port}",
            smtp_url=smtp_url,
            port=self.port,
            clock_starts_at=began,
        )
        self.clock = clock_from(began)
        self._engine = create_engine(self.settings.sqlalchemy_url)
        self.sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._programs: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        return self.settings.public_url

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.sessions.begin() as session:
            yield session

    def sign_in_path(self, address: str) -> str:
        with self.session() as session:
            account = account_at(session, address)
            assert account is not None
            link = make_sign_in_link(session, account, now=self.clock())
            return sign_in_url(self.settings, link).removeprefix(self.address)

    def make_first_administrator(self) -> str:
        with self.session() as session:
            ensure_first_administrator(session, self.settings, now=self.clock())
        return self.settings.first_administrator

    def load_sample(self) -> None:
        self.make_first_administrator()
        with self.session() as session:
            sample.load(session, self.settings, now=self.clock())

    def log_of(self, name: str) -> str:
        return (self.data / f"{name}.log").read_text()

    @contextmanager
    def running(self, *names: str) -> Iterator["WholeService"]:
        """With all programs of the Procfile, or only those named."""
        with ExitStack() as stack:
            stack.callback(self._engine.dispose)
            stack.enter_context(self.broker)
            listed = read_procfile(the_procfile())
            for program in (one for one in listed if not names or one.name in names):
                self._programs[program.name] = self._start(program.name, program.command)
                stack.callback(self._end, program.name)
            self._wait_until_it_answers()
            yield self

    def _start(self, name: str, command: str) -> subprocess.Popen[bytes]:
        given = {
            name.upper(): str(value)
            for name, value in asdict(self.settings).items()
            if value is not None
        }
        with (self.data / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                env={**clean_environment(), **surroundings(), **given, "LOG_FORMAT": "json"},
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _end(self, name: str) -> None:
        program = self._programs[name]
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert time.monotonic() < deadline, self.log_of("web")
            assert self._programs["web"].poll() is None, self.log_of("web")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:  # not there yet, or slow
            return False
