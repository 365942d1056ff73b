"""The Celery application. The broker only says "look now": what is to be done, and whether it was
done, stands in the database, so that nothing is lost with the broker."""

import importlib
import logging
import os
import signal
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import (
    beat_init,
    setup_logging,
    worker_init,
    worker_ready,
    worker_shutting_down,
)

from events_service.logs import configure_logs
from workers import process
from workers.configuration import configuration
from workers.readiness import say_ready
from workers.sparing import Sparing

app = Celery("workers")
app.add_defaults(lambda: configuration(process.settings()))

# Celery warns of root because of pickled tasks; we take JSON only.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect(weak=False)
def _use_our_logs(**_: Any) -> None:
    configure_logs(process.settings().log_format)
    of_ticks = (
        "celery.beat",
        "celery.worker.strategy",
        "celery.worker.request",
        "celery.app.trace",
    )
    for of_every_tick in of_ticks:
        logger = logging.getLogger(of_every_tick)
        logger.setLevel(logging.WARNING)
        logger.addFilter(Sparing())


@worker_init.connect(weak=False)
def _prepare_what_the_pool_shares(**_: Any) -> None:
    """Before the pool forks, so that its processes hold the code once between them. Only here
    are the jobs imported: beat knows them by name, and stays small."""
    importlib.import_module("workers.tasks")
    from events_service.db import connect, prepare_to_fork
    from workers.rehearsal import rehearse

    process.clock()
    connect(process.settings().sqlalchemy_url, pool_size=2)
    rehearse()
    prepare_to_fork()


@worker_ready.connect(weak=False)
def _worker_is_ready(**_: Any) -> None:
    say_ready()


@beat_init.connect(weak=False)
def _beat_is_ready(**_: Any) -> None:
    # Celery's own handler raises SystemExit wherever beat happens to be; some places swallow it,
    # and while it waits for the broker beat looks at no flag. It has nothing to bring in: a tick
    # that is lost is said again a second later.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    say_ready()


@worker_shutting_down.connect(weak=False)
def _finish_soon(**_: Any) -> None:
    process.ask_to_stop()
