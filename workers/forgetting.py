"""What is kept for a while only: lists of cities that somebody uploaded a day ago."""

import structlog

from events_service.db import transaction
from events_service.domain.importing.cities import forget_old_lists
from workers.process import now

log = structlog.get_logger("workers.forgetting")


def forget_old_data() -> None:
    with transaction() as session:
        gone = forget_old_lists(session, now=now())
    if gone:
        log.info("lists forgotten", lists=gone)
