"""The order of an event's records, where people choose it."""

from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.model import Event, NextStep, Practice, Recommendation

Ordered = Recommendation | NextStep | Practice


def place_after_the_others(session: Session, kind: type[Ordered], event: Event) -> int:
    """The position of a new record of this kind, counted from 0."""
    highest = session.scalar(select(func.max(kind.position)).where(kind.event_id == event.id))
    return 0 if highest is None else highest + 1


def move_up(session: Session, record: Ordered) -> None:
    """Before its neighbour; recommendations keep to their audience."""
    model = cast(type[Practice], type(record))
    rows = list(
        session.scalars(
            select(model)
            .where(model.event_id == record.event_id)
            .order_by(model.position, model.id)
            .with_for_update(of=model)
        )
    )
    if isinstance(record, Recommendation):
        rows = [row for row in rows if getattr(row, "audience", None) == record.audience]
    place = [row.id for row in rows].index(record.id)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows):
        row.position = position
    session.flush()
