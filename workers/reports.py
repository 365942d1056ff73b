"""Reports that staff asked for: drafted from attendance and records."""

import structlog

from events_service.db import transaction
from events_service.domain.drafting import draft_requested
from workers.process import now

log = structlog.get_logger("workers.reports")


def draft_reports() -> None:
    with transaction() as session:
        drafted = draft_requested(session, now=now())
    if drafted:
        log.info("reports drafted", reports=drafted)
