"""The questions of an event, as who writes them sees them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import Event, Question


def removed_questions(session: Session, event: Event) -> Sequence[Question]:
    """Those that are asked no longer, the last removed first."""
    removed = Question.event_id == event.id, Question.removed_at.is_not(None)
    newest = Question.removed_at.desc(), Question.id
    return session.scalars(select(Question).where(*removed).order_by(*newest)).all()
