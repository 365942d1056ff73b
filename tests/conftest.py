"""Real parts for every test: one PostgreSQL a run, one database a worker, one savepoint a test."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from events_service import create_app
from events_service import db as database_module
from events_service.config import Settings
from events_service.migrations import upgrade
from events_service.model import Account, SeriesGrant
from events_service.model.account import Role
from events_service.running.postgres import PostgresServer

SECRET = "a secret of the tests, long enough for a key"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from tests.distribution import BrowserInTwoHalves

    return BrowserInTwoHalves(config, log)


@dataclass
class TestClock:
    """A clock that stands until it is moved."""

    __test__ = False
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class Databases:
    """A server with a migrated template; `fresh()` copies it in milliseconds."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.made = 0

    def execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def migrate_template(self) -> None:
        self.execute("create database {}", "template_events")
        engine = create_engine(alchemy(self.server.url("template_events")))
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()

    def fresh(self) -> str:
        """The URL of a new, migrated, empty database."""
        self.made += 1
        name = f"events_{os.getpid()}_{self.made}"
        self.execute("create database {} template {}", name, "template_events")
        return self.server.url(name)


def alchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with PostgresServer(tmp_path_factory.mktemp("server"), durable=False) as server:
        made = Databases(server)
        made.migrate_template()
        yield made


@pytest.fixture(scope="session")
def database(databases: Databases) -> Iterator[str]:
    """The URL of the database that the rolled-back tests of this process share."""
    url = databases.fresh()
    engine = database_module.connect(alchemy(url))
    yield url
    engine.dispose()


@pytest.fixture
def db(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session whose work, and that of every `transaction()`, is rolled back after the test."""
    del database
    with database_module.engine().connect() as connection:
        outer = connection.begin()
        makes = sessionmaker(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        monkeypatch.setattr(database_module, "_sessions", makes)
        with makes() as session:
            yield session
        outer.rollback()


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def settings(database: str) -> Settings:
    return Settings(
        database_url=database,
        redis_url="redis://:none@127.0.0.1:1/0",
        secret_key=SECRET,
        public_url="http://localhost",
    )


@pytest.fixture
def app(settings: Settings, clock: TestClock) -> Flask:
    return create_app(settings, clock)


class Browser:
    """A visitor without a screen: keeps cookies, sends forms with the CSRF token of the page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(
        self, path: str, form: dict[str, object] | None = None, *, at: str | None = None
    ) -> "Answer":
        """Load `at` (else the path itself) as a page, then send the form with its token."""
        page = self.client.get(at or path).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None, f"no form on {at or path}:\n{page}"
        answer = self.client.post(path, data={"csrf_token": token[1], **(form or {})})
        return Answer(answer.status_code, answer.text, answer.headers.get("Location", ""))


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str


@pytest.fixture
def client(app: Flask, db: Session) -> FlaskClient:
    del db
    return app.test_client()


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


SignInAs = Callable[..., Account]


@pytest.fixture
def sign_in_as(client: FlaskClient, db: Session, clock: TestClock) -> SignInAs:
    """`sign_in_as("organiser", series_id, …)`: an account with that role, signed in."""

    def enter(role: Role, *series: int) -> Account:
        number = db.query(Account).count()
        account = Account(
            address=f"{role}-{number}@example.org",
            name=f"{role.capitalize()} of the network",
            role=role,
            created_at=clock.now,
            grants=[SeriesGrant(series_id=one) for one in series],
        )
        db.add(account)
        db.commit()
        with client.session_transaction() as session:
            session["account"] = account.id
            session["since"] = clock.now.timestamp()
        return account

    return enter


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parent.parent
