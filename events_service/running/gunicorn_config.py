"""How gunicorn runs the web process. Read by gunicorn (`-c python:…`), not imported by us.

No access log: the service writes its own lines, in which no link can be read.
"""

import os
from pathlib import Path
from typing import Any

from gunicorn import systemd

from events_service.config import load_settings
from events_service.db import connect, prepare_to_fork
from events_service.web.rehearsal import rehearse

settings = load_settings()
notices = os.environ.pop("NOTIFY_SOCKET", None)  # else gunicorn says READY before anybody listens

bind = f"{settings.bind_address}:{settings.port}"
worker_class = "gthread"
workers = 2
threads = 4  # with two processors more of them only wait, each with memory of its own
preload_app = True  # the processes share what they have loaded
graceful_timeout = 7  # seconds for requests in flight; the supervisor waits a second more
timeout = 30
keepalive = 5
backlog = 512
# Each process listens for itself and the kernel spreads connections over them. On one socket the
# process that wakes first takes nearly all, and one core does the work of two.
reuse_port = True
accesslog = None
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (heartbeats)


def when_ready(server: Any) -> None:
    """Before the processes fork: what is loaded and made by now, they share."""
    connect(settings.sqlalchemy_url, pool_size=threads)
    rehearse(server.app.wsgi())
    prepare_to_fork()


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001 (gunicorn's signature)
    """This process listens now."""
    if notices:
        os.environ["NOTIFY_SOCKET"] = notices
        systemd.sd_notify("READY=1", server.log, unset_environment=True)
