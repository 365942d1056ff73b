"""Settings and servers for a command, whether or not the service is running."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from events_service.config import Settings, load_settings
from events_service.running.embedded import AlreadyRunning, CannotStart, EmbeddedServer
from events_service.running.notes import noted_settings
from events_service.running.postgres import PostgresServer
from events_service.running.secrets import kept_secret

SECONDS_TO_ANSWER = 30.0


def own_settings(data: Path, given: dict[str, object]) -> Settings:
    """Settings from `given`, the environment, and what the service keeps in its data folder."""
    if not os.environ.get("SECRET_KEY"):
        given = {"secret_key": kept_secret(data / "secrets/secret_key"), **given}
    return load_settings(**given)


@contextmanager
def service_environment(data: Path, *, broker: bool = True) -> Iterator[Settings]:
    """Settings of the service on that data folder, with a database and a broker that answer;
    without `broker`, nobody asks whether that one does.

    Those of DATABASE_URL and REDIS_URL where they are set; else the servers of the running
    service; else its own servers are started and, at the end, stopped.
    """
    with ExitStack() as servers:
        given: dict[str, object] = {}
        if not os.environ.get("DATABASE_URL"):
            postgres = PostgresServer(data)
            servers.enter_context(borrowed(postgres))
            given["database_url"] = postgres.url()
        if not os.environ.get("REDIS_URL"):
            from events_service.running.broker import BrokerServer  # its client is slow to load

            valkey = BrokerServer(data)
            if broker:
                servers.enter_context(borrowed(valkey))
            given["redis_url"] = valkey.url
        yield own_settings(data, {**noted_settings(data), **given})


@contextmanager
def borrowed(server: EmbeddedServer) -> Iterator[None]:
    """The server runs inside this block: the running one of its data, or one started for us.

    Several commands can share one that the first of them started; it stops when the last is done.
    """
    server.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (server.data / f"{server.name}.users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        ours = start_or_find(server)
        try:
            yield
        finally:
            if ours:
                fcntl.flock(users, fcntl.LOCK_EX)
                server.stop()


def start_or_find(server: EmbeddedServer) -> bool:
    """Whether it was started here; False when it already ran."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while True:
        try:
            server.start()
        except AlreadyRunning:
            if server.ready_for_others():
                return False
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"{server.name} runs on {server.data} but does not answer."
                ) from None
            time.sleep(0.1)
        else:
            return True
