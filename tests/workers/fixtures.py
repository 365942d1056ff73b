"""Jobs against a database of their own, in this process and in real workers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery
from sqlalchemy import Engine

from events_service import db as database_module
from events_service.domain.readiness import broker_client
from events_service.running.broker import BrokerServer
from tests.conftest import SECRET, Databases, alchemy
from tests.workers.mail_server import MailServer, mail_server
from tests.workers.outbox import Post
from tests.workers.programs import Program
from workers import process

Start = Callable[..., Program]
Tick = Callable[..., None]


@pytest.fixture
def own_database(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty database of this test's own, which `transaction()` writes to for good."""
    monkeypatch.setattr(database_module, "_engine", None)
    monkeypatch.setattr(database_module, "_sessions", None)
    url = databases.fresh()
    monkeypatch.setenv("DATABASE_URL", url)
    engine = database_module.connect(alchemy(url))
    yield engine
    engine.dispose()


@pytest.fixture
def post(own_database: Engine) -> Post:
    return Post(own_database)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def jobs(
    own_database: Engine, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What jobs that run in this process read: the test's database and mail server."""
    del own_database
    monkeypatch.setenv("REDIS_URL", "redis://:none@127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("SMTP_URL", server.url)
    process.settings.cache_clear()
    process.clock.cache_clear()
    yield
    process.settings.cache_clear()
    process.clock.cache_clear()


@pytest.fixture(scope="session")
def broker_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerServer]:
    with BrokerServer(tmp_path_factory.mktemp("broker")) as running:
        yield running


@pytest.fixture
def broker(broker_server: BrokerServer) -> Iterator[redis.Redis]:
    """A client of the broker, which is emptied."""
    client = broker_client(broker_server.url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def tick(broker_server: BrokerServer) -> Iterator[Tick]:
    """`tick("deliver", times=3)`: what beat says every second."""
    with Celery("ticks", broker=broker_server.url, set_as_current=False) as app:

        def say(job: str, *, times: int = 1) -> None:
            for _ in range(times):
                app.send_task(job, queue="events", ignore_result=True)

        yield say


@pytest.fixture
def programs(
    own_database: Engine,
    server: MailServer,
    broker_server: BrokerServer,
    broker: redis.Redis,
    tmp_path: Path,
) -> Iterator[Start]:
    """`programs("worker")`, `programs("beat")`: real ones, killed after the test."""
    del broker
    started: list[Program] = []
    url = own_database.url.render_as_string(hide_password=False)
    usual = {
        "DATABASE_URL": url.replace("postgresql+psycopg", "postgresql"),
        "REDIS_URL": broker_server.url,
        "SECRET_KEY": SECRET,
        "SMTP_URL": server.url,
        "LOG_FORMAT": "json",
    }

    def start(kind: str, *options: str, **environment: str) -> Program:
        log = tmp_path / f"{kind}-{len(started)}.log"
        program = Program(kind, list(options), {**usual, **environment}, log)
        started.append(program)
        return program

    yield start
    for program in started:
        program.end()
