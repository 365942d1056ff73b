"""Answers are erased when the time they are kept for is over."""

from datetime import datetime

from sqlalchemy import Date, Integer, cast, delete, func, literal, select
from sqlalchemy.orm import Session

from events_service.model import Delegation, Detail, Event, Particulars, Question


def forget_old_details(session: Session, *, now: datetime) -> int:
    """Delete answers that were kept for as many days after the event's last day as their question
    says, and whole forms of people who never became part of a delegation, once the event is over;
    how many of both."""
    old = (
        select(Question.id)
        .join(Event, Event.id == Question.event_id)
        .where(Event.ends_on + cast(Question.keep_days, Integer) < _today(now))
    )
    gone = session.execute(
        delete(Detail).where(Detail.question_id.in_(old)).returning(Detail.question_id)
    ).all()
    nobodys = (
        select(Delegation.id)
        .join(Event, Event.id == Delegation.event_id)
        .where(Event.ends_on < _today(now))
    )
    forms = session.execute(
        delete(Particulars)
        .where(Particulars.member_id.is_(None), Particulars.delegation_id.in_(nobodys))
        .returning(Particulars.id)
    ).all()
    return len(gone) + len(forms)


def _today(now: datetime) -> object:
    """On the calendars of the host city."""
    return cast(func.timezone(Event.timezone, literal(now)), Date)
