"""What is kept for a while only: lists of cities that somebody uploaded a day ago, and what people
told about themselves for an event that is over."""

import structlog

from events_service.db import transaction
from events_service.domain.importing.cities import forget_old_lists
from events_service.domain.particulars.forgetting import forget_old_details
from workers.process import now

log = structlog.get_logger("workers.forgetting")


def forget_old_data() -> None:
    with transaction() as session:
        lists = forget_old_lists(session, now=now())
        details = forget_old_details(session, now=now())
    if lists or details:
        log.info("old data forgotten", lists=lists, details=details)
