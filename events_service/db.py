"""Engine, declarative base and the one way to commit: `transaction()`."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Engine, Identity, MetaData, create_engine
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    configure_mappers,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware datetime, always handed back in UTC whatever the server's zone is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant}


class Numbered:
    """Rows with a number of their own as primary key."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)


_sessions: sessionmaker[Session] | None = None
_engine: Engine | None = None


def connect(database_url: str, *, pool_size: int = 8) -> Engine:
    """Make the process's engine; a process that forks others then calls prepare_to_fork()."""
    global _sessions, _engine
    if _engine is not None:
        _engine.dispose()
    _engine = create_engine(
        database_url, pool_size=pool_size, max_overflow=4, pool_pre_ping=False, pool_timeout=5
    )
    _sessions = sessionmaker(_engine, expire_on_commit=False)
    return _engine


def prepare_to_fork() -> None:
    """End this process's connections, which must not be shared, and share all else: the engine with
    the statements it has compiled, the tables' classes, the code. Call it last before the fork:
    what is there by then is never looked at again by the garbage collector, whose marks would
    give each process a copy of its own."""
    engine().dispose()
    configure_mappers()
    gc.collect()
    gc.freeze()


def engine() -> Engine:
    if _engine is None:
        raise RuntimeError("connect() has not been called")
    return _engine


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits when the block ends and rolls back when it raises."""
    if _sessions is None:
        raise RuntimeError("connect() has not been called")
    with _sessions() as session, session.begin():
        yield session
