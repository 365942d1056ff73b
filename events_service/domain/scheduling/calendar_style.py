"""How an event fills calendars, while nobody's is filled; and whose calendars are behind."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.registration.texts import behind
from events_service.domain.scheduling.calendar_state import calendars_change
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.domain.scheduling.moving import asked_cities
from events_service.domain.scheduling.pending import open_change
from events_service.letters.sender import sender_in
from events_service.model import Delegation, Event, Invitation, Member
from events_service.model.event import CalendarStyle
from events_service.translation import gettext as _


def nobody_is_invited(session: Session, event: Event) -> bool:
    """Whether no calendar has an entry of this event."""
    entries = select(Invitation.id).join(Member).join(Delegation)
    standing = entries.where(Delegation.event_id == event.id, Invitation.cancelled_at.is_(None))
    return not session.scalar(select(exists(standing)))


def set_calendar_style(
    session: Session, event: Event, style: CalendarStyle, *, now: datetime
) -> None:
    """Conflict where people have entries: these change with a preview, as a move does."""
    if event.cancelled_at is not None:
        raise Conflict(_("This workshop was cancelled, so it stays as it was."))
    hold_event_alone(session, event.id)
    if not nobody_is_invited(session, event):
        raise Conflict(
            _("Somebody was just invited. Save again to see what becomes of the entries.")
        )
    event.calendar_style = style
    if event.published_at is not None:
        calendars_change(event, moved=False, now=now)
    session.flush()


def calendars_behind(session: Session, settings: Settings, event: Event, *, now: datetime) -> int:
    """How many entries say what the programme said before it was reworded. Only of a workshop
    whose calendars can change now."""
    over = event.ends_on < now.astimezone(event.zone).date()
    if event.published_at is None or event.cancelled_at is not None or over:
        return 0
    if open_change(session, event.id) is not None:
        return 0
    delegations = [one.delegation for one in asked_cities(session, event) if one.delegation]
    return len(behind(session, sender_in(settings), event, delegations))
