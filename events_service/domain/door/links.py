"""The link to the door of an event. Whoever holds it can check people in; a new one ends it."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.domain.door.opening import has_ended
from events_service.domain.refusals import LinkEnded
from events_service.model import Event
from events_service.tokens import number_in, token_is_right
from events_service.translation import lazy_gettext

UNKNOWN = lazy_gettext(
    "This link is not one of ours, or part of it is missing. "
    "Ask an organiser for the link to the door."
)
REPLACED = lazy_gettext("This link was replaced by a newer one. Ask an organiser for it.")
CANCELLED = lazy_gettext("This workshop was cancelled, so nobody is checked in.")
OVER = lazy_gettext(
    "This workshop is over, and its list is closed. "
    "Organisers correct who was there on the attendance page."
)


def door_behind(session: Session, secret: str, token: str, *, now: datetime) -> Event:
    """The event whose door a link opens. LinkEnded says why it opens none."""
    number = number_in(token)
    event = session.get(Event, number) if number is not None else None
    if event is None:
        raise LinkEnded(UNKNOWN)
    if not token_is_right(secret, token, "door", event.id, event.door_version):
        earlier = range(1, event.door_version)
        ours = any(token_is_right(secret, token, "door", event.id, one) for one in earlier)
        raise LinkEnded(REPLACED if ours else UNKNOWN)
    if event.cancelled_at is not None:
        raise LinkEnded(CANCELLED)
    if has_ended(event, now):
        raise LinkEnded(OVER)
    return event


def replace_door_link(session: Session, event: Event) -> int:
    """The version of the new link; the one before it opens nothing from now on."""
    event.door_version += 1
    session.flush()
    return event.door_version
