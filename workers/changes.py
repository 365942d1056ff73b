"""Moves and cancellations whose minute to undo is over."""

import structlog

from events_service.db import transaction
from events_service.domain.scheduling.changes import apply_due_changes
from workers.process import now, settings

log = structlog.get_logger("workers.changes")


def apply_changes() -> None:
    with transaction() as session:
        applied = apply_due_changes(session, settings(), now())
    if applied:
        log.info("changes applied", changes=applied)
