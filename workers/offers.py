"""Places that were offered to part of a delegation and were not taken in time."""

import structlog

from events_service.db import transaction
from events_service.domain.registration.offering import end_offer, ended_offers
from workers.process import now, settings

log = structlog.get_logger("workers.offers")


def end_offers() -> None:
    """Each in its own transaction: a city that answers holds its delegation, then the seats."""
    with transaction() as session:
        numbers = ended_offers(session, now=now())
    for number in numbers:
        with transaction() as session:
            ended = end_offer(session, settings(), number, now=now())
        if ended:
            log.info("offer ended", city_invitation=number)
