"""What the commands share: the data folder, and a database that is ready to be asked."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from events_service.clock import clock_from
from events_service.config import Settings
from events_service.db import connect
from events_service.domain.readiness import database_problem
from events_service.running.embedded import CannotStart
from events_service.running.environment import service_environment


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--data DIR`, or DATA_DIR, or ./data."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("data"),
        envvar="DATA_DIR",
        show_default=True,
        help="Folder that holds everything the service keeps.",
    )(command)


def port_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--port", type=click.IntRange(1, 65535), help="Port to listen on; else PORT, else 8000."
    )(command)


@contextmanager
def ready_service(data: Path) -> Iterator[Settings]:
    """Settings, with the database connected and of this version.

    A database of the service's own is brought up to date; one that DATABASE_URL names belongs to
    somebody who decides when.
    """
    with service_environment(data) as settings:
        if not os.environ.get("DATABASE_URL"):
            from events_service.running.preparing import prepare_database

            prepare_database(settings, now=clock_from(settings.clock_starts_at)())
        connect(settings.sqlalchemy_url, pool_size=2)
        problem = database_problem()
        if problem is not None:
            raise CannotStart(f"{problem}.")
        yield settings
