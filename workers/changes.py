"""Moves and cancellations whose minute to undo is over."""

import structlog

from events_service.db import transaction
from events_service.domain.changes import apply_due_changes
from workers.app import app
from workers.process import now

log = structlog.get_logger("workers.changes")


@app.task(name="changes")
def changes() -> None:
    with transaction() as session:
        applied = apply_due_changes(session, now=now())
    if applied:
        log.info("changes applied", changes=applied)
