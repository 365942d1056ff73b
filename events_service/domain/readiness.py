"""Whether the parts that the service stands on are there, each problem in one sentence.

What asks them is imported when it is asked: a web process needs neither client for its pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from events_service.config import Settings
from events_service.db import engine

if TYPE_CHECKING:
    import redis

TIMEOUT = 1.0  # seconds


def database_problem() -> str | None:
    from events_service.migrations import is_current

    try:
        with engine().connect() as connection:
            current = is_current(connection)
    except SQLAlchemyError:
        return "The database does not answer"
    return None if current else "The database lacks migrations: run `events-service migrate`"


def broker_client(redis_url: str) -> redis.Redis:
    """A client for the broker's address as Celery writes it."""
    import redis

    url = redis_url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)


def broker_problem(redis_url: str) -> str | None:
    from redis import RedisError

    try:
        with broker_client(redis_url) as client:
            client.ping()
    except RedisError:
        return "The broker does not answer; mail waits in the outbox until it does"
    return None


def problems(settings: Settings) -> list[str]:
    found = [database_problem(), broker_problem(settings.redis_url)]
    return [problem for problem in found if problem is not None]
