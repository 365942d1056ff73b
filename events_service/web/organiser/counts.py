"""What every page of a workshop counts in its navigation."""

from sqlalchemy.orm import object_session

from events_service.model import Event
from events_service.queries.decisions import decisions_awaited
from events_service.queries.outbox import letters_waiting
from events_service.queries.replies import replies_waiting as waiting
from events_service.queries.standing import goes_on
from events_service.web.context import now
from events_service.web.organiser import pages


@pages.app_template_global("replies_waiting")
def replies_waiting(event: Event) -> int:
    """How many replies wait for a decision; 0 for an event that was not loaded for this page."""
    session = object_session(event)
    return waiting(session, [event.id], now=now())[event.id] if session else 0


@pages.app_template_global("outbox_waiting")
def outbox_waiting(event: Event) -> int:
    """How many letters wait in the outbox; 0 for an event that was not loaded for this page."""
    session = object_session(event)
    return letters_waiting(session, [event.id]).get(event.id, 0) if session else 0


@pages.app_template_global("decisions_waiting")
def decisions_waiting(event: Event) -> int:
    """How many delegations await a decision; 0 for an event that was not loaded for this page, and
    for one about which nothing is decided any more."""
    session = object_session(event)
    if session is None or not goes_on(event, now()):
        return 0
    return decisions_awaited(session, [event.id]).get(event.id, 0)
