"""Cities that are silent shortly before registration closes: a reminder is drafted for each."""

import structlog

from events_service.db import transaction
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from workers.process import now, settings

log = structlog.get_logger("workers.reminders")


def draft_reminders() -> None:
    with transaction() as session:
        drafted = draft_due_reminders(session, settings(), now=now())
    if drafted:
        log.info("reminders drafted for approval", letters=drafted)
