"""Steps of partnerships that have come due: a letter is drafted for each."""

import structlog

from events_service.db import transaction
from events_service.domain.followup.spotlight_letters import draft_due_letters
from workers.process import now, settings

log = structlog.get_logger("workers.followups")


def draft_followups() -> None:
    with transaction() as session:
        drafted = draft_due_letters(session, settings(), now=now())
    if drafted:
        log.info("letters drafted for approval", letters=drafted)
