"""Counting by event."""

from sqlalchemy import Select
from sqlalchemy.orm import Session


def counted(session: Session, statement: Select[int | None, int]) -> dict[int, int]:
    """A number for each event, of rows of event and count."""
    rows = session.execute(statement).all()
    return {event_id: count for event_id, count in rows if event_id is not None}
