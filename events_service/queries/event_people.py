"""Everybody of the delegations to an event, in three queries however many they are. Rows, not
objects of the model: those would take ten times as long for two thousand people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import City, DayAnswer, Delegation, Invitation, Member
from events_service.model.registration import AnswerRoute, ParticipationStatus
from events_service.queries.answers import answer_over

PersonState = Literal["submitted", "confirmed", "waitlisted", "turned_down", "withdrawn", "removed"]


@dataclass(frozen=True)
class EventPerson:
    """`state`: of the delegation, or `removed` for somebody who is in it no longer. `answer`: None
    for somebody who was never asked, or holds no place and had not answered."""

    member_id: int
    name: str
    role: str
    address: str
    assistant: str
    days: tuple[date, ...]
    city_id: int
    city: str  # as it stands alone: Columbus, Ohio
    country: str  # ISO 3166-1 alpha-2
    state: PersonState
    answer: ParticipationStatus | None
    route: AnswerRoute | None
    answered_at: datetime | None


class _Asked(NamedTuple):
    days: Sequence[date]
    partstat: ParticipationStatus
    answered_by: AnswerRoute | None
    answered_at: datetime | None
    day_answers: Sequence[Any]  # rows of DayAnswer
    cancelled_at: datetime | None


def people_of_event(session: Session, event_id: int) -> list[EventPerson]:
    asked = _asked(session, event_id)
    rows = session.execute(
        select(
            Member.id,
            Member.name,
            Member.role,
            Member.address,
            Member.assistant_address,
            Member.days,
            Member.removed_at,
            Delegation.state,
            Delegation.withdrawn_at,
            Delegation.city_id,
            City.name.label("city"),
            City.subdivision,
            City.country,
        )
        .join(Delegation, Delegation.id == Member.delegation_id)
        .join(City, City.id == Delegation.city_id)
        .where(Delegation.event_id == event_id, Delegation.state != "draft")
        .order_by(Delegation.id, Member.position, Member.id)
    )
    return [_person(row, asked[row.id]) for row in rows]


def _person(row: Any, asked: Sequence[_Asked]) -> EventPerson:
    left = row.removed_at is not None and row.removed_at != row.withdrawn_at  # before the others
    state: PersonState = "removed" if left else row.state
    answer = answer_over([one for one in asked if one.cancelled_at is None] or asked)
    known = bool(asked) and (state == "confirmed" or answer.route is not None)
    return EventPerson(
        member_id=row.id,
        name=row.name,
        role=row.role,
        address=row.address,
        assistant=row.assistant_address or "",
        days=tuple(row.days),
        city_id=row.city_id,
        city=f"{row.city}, {row.subdivision}" if row.subdivision else row.city,
        country=row.country,
        state=state,
        answer=answer.answer if known else None,
        route=answer.route,
        answered_at=answer.answered_at,
    )


def _asked(session: Session, event_id: int) -> dict[int, list[_Asked]]:
    """What each person was asked, by their number."""
    of_days = _answers_to_days(session, event_id)
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.member_id,
            Invitation.days,
            Invitation.partstat,
            Invitation.answered_by,
            Invitation.answered_at,
            Invitation.cancelled_at,
        )
        .join(Member, Member.id == Invitation.member_id)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .where(Delegation.event_id == event_id)
        .order_by(Invitation.id)
    )
    asked: dict[int, list[_Asked]] = defaultdict(list)
    for one in rows:
        said = one.partstat, one.answered_by, one.answered_at
        asked[one.member_id].append(_Asked(one.days, *said, of_days[one.id], one.cancelled_at))
    return asked


def _answers_to_days(session: Session, event_id: int) -> dict[int, list[Any]]:
    """Answers to single days of several, by the number of their invitation."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(
            DayAnswer.invitation_id,
            DayAnswer.day,
            DayAnswer.partstat,
            DayAnswer.answered_by,
            DayAnswer.answered_at,
        )
        .join(Invitation, Invitation.id == DayAnswer.invitation_id)
        .join(Member, Member.id == Invitation.member_id)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .where(Delegation.event_id == event_id)
    ):
        found[row.invitation_id].append(row)
    return found
