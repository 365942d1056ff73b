"""`events-service up`: the whole service on one machine, in the foreground."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from events_service.clock import clock_from
from events_service.config import Settings
from events_service.running.alone import Place, alone_on
from events_service.running.broker import BrokerServer
from events_service.running.embedded import EmbeddedServer
from events_service.running.environment import own_settings, start_or_find
from events_service.running.notes import Notes, leave_notes
from events_service.running.postgres import PostgresServer
from events_service.running.preparing import (
    load_sample_into_an_empty_database,
    prepare_database,
)
from events_service.running.procfile import read_procfile, the_procfile
from events_service.running.programs import RunningProgram
from events_service.running.sockets import socket_folder
from events_service.running.supervisor import Supervisor
from events_service.running.terminal import Terminal


def _to_be_known() -> dict[str, object]:
    """Stands in for what the servers will tell, so that the other settings can be judged first."""
    addresses = {"database_url": "postgresql://", "redis_url": "redis+socket://"}
    return {name: url for name, url in addresses.items() if not os.environ.get(name.upper())}


class Service:
    """Starts the servers, the database's tables, the processes; stops them when asked."""

    def __init__(self, data: Path, port: int | None, terminal: Terminal) -> None:
        self._terminal = terminal
        self._stopping = False
        self._servers: list[EmbeddedServer] = []
        self._given: dict[str, object] = {"port": port} if port else {}
        settings = own_settings(data, {**_to_be_known(), **self._given})
        self.place = Place(data.resolve(), settings.bind_address, settings.port)
        self._clock = clock_from(settings.clock_starts_at)

    def run(self, when_ready: Callable[[Settings], None]) -> None:
        """Run until Ctrl-C or SIGTERM. Raises CannotStart before anything is started."""
        with alone_on(self.place), ExitStack() as servers:
            for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(ending, self.stop)
            settings = self._start_servers(servers)
            self._prepare(settings)
            supervisor = Supervisor(
                self._programs(settings),
                self._servers,
                stop_asked=lambda: self._stopping,
                say=self._terminal.line,
            )
            supervisor.run(lambda: when_ready(settings))
            self._terminal.step("Stopped.")

    def stop(self, *_: object) -> None:
        """Ask it to stop: from a signal, or from another thread."""
        if not self._stopping:
            self._terminal.step("\nStopping …")
        self._stopping = True

    def _start_servers(self, stack: ExitStack) -> Settings:
        given, data = dict(self._given), self.place.data
        if not os.environ.get("PUBLIC_URL"):
            given["public_url"] = self.place.address
        if not os.environ.get("DATABASE_URL"):
            self._terminal.step(f"Starting PostgreSQL on {data / 'postgres'} …")
            postgres = PostgresServer(data)
            self._start(postgres, stack)
            given["database_url"] = postgres.url()
        if not os.environ.get("REDIS_URL"):
            self._terminal.step(f"Starting Valkey on {data / 'broker'} …")
            broker = BrokerServer(data)
            self._start(broker, stack)
            given["redis_url"] = broker.url
        return own_settings(data, given)

    def _start(self, server: EmbeddedServer, stack: ExitStack) -> None:
        while not start_or_find(server):
            self._terminal.step("Another command uses it; waiting until that is done …")
            time.sleep(1)
        stack.callback(server.stop, 2.0)
        self._servers.append(server)

    def _prepare(self, settings: Settings) -> None:
        self._terminal.step("Bringing the database up to date …")
        now = self._clock()
        prepare_database(settings, now=now)
        if load_sample_into_an_empty_database(settings, now=now):
            self._terminal.step("Loaded the sample data: five workshops of 2024.")
        ahead = (now - datetime.now(UTC)).total_seconds() if settings.clock_starts_at else 0
        leave_notes(self.place.data, Notes(settings.public_url, ahead))

    def _programs(self, settings: Settings) -> list[RunningProgram]:
        self._terminal.step("Starting the web, worker and beat processes …")
        constant = {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "PUBLIC_URL": settings.public_url,
            "PORT": str(settings.port),
        }

        def environment() -> dict[str, str]:  # a later start must not turn the clock back
            clock = {"CLOCK_STARTS_AT": self._clock().isoformat()}
            return {**constant, **(clock if settings.clock_starts_at else {})}

        sockets = socket_folder(self.place.data)
        listed = read_procfile(the_procfile())
        return [RunningProgram(program, environment, sockets) for program in listed]
