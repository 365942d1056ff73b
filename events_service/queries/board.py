"""Who is coming: every city that was asked, its people and their answers, in a fixed number of
queries however many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.alphabet import alphabetical
from events_service.model import (
    CityInvitation,
    Delegation,
    Event,
    Invitation,
    Member,
    PendingChange,
)
from events_service.model.registration import AnswerRoute, ParticipationStatus

PATIENCE = timedelta(days=14)  # after which no answer is an open question

Show = Literal["all", "open", "waiting", "withdrawn"]
Question = Literal["declined", "unanswered", "city_silent", "waiting"]


@dataclass(frozen=True)
class Person:
    """One answer for a person, over all invitations that stand (see `overall`)."""

    name: str
    role: str
    answer: ParticipationStatus
    route: AnswerRoute | None
    answered_at: datetime | None


@dataclass(frozen=True)
class CityRow:
    """A city that was asked. `people` stand; `asked_at`: when they, or the city, were last asked.
    `questions`: what is open, none for a row that waits for nobody."""

    invitation: CityInvitation
    delegation: Delegation | None
    people: tuple[Person, ...]
    asked_at: datetime
    questions: tuple[Question, ...]

    @property
    def state(self) -> str:
        return self.delegation.state if self.delegation else "draft"

    @property
    def registered(self) -> bool:
        return self.state in ("confirmed", "waitlisted")

    @property
    def size(self) -> int:
        return len(self.people)

    @property
    def accepted(self) -> int:
        return sum(person.answer == "ACCEPTED" for person in self.people)

    @property
    def city(self) -> str:
        return self.invitation.city.name


@dataclass(frozen=True)
class Board:
    rows: tuple[CityRow, ...]

    @property
    def delegations(self) -> list[CityRow]:
        """Cities that have confirmed people, open questions first."""
        found = [row for row in self.rows if row.state == "confirmed"]
        return sorted(found, key=lambda row: (not row.questions, alphabetical(row.city)))

    @property
    def waiting(self) -> list[CityRow]:
        """The waiting list in its order."""
        found = [row for row in self.rows if row.state == "waitlisted"]
        return sorted(found, key=lambda row: (_instant(row), row.invitation.id))

    @property
    def silent(self) -> list[CityRow]:
        """Cities that were asked and have not registered, those asked long ago first."""
        found = [row for row in self.rows if row.state == "draft"]
        return sorted(found, key=lambda row: (not row.questions, row.asked_at, row.city))

    @property
    def withdrawn(self) -> list[CityRow]:
        found = [row for row in self.rows if row.state == "withdrawn"]
        return sorted(found, key=lambda row: alphabetical(row.city))

    @property
    def open(self) -> list[CityRow]:
        return [row for row in (*self.delegations, *self.waiting, *self.silent) if row.questions]

    @property
    def answers(self) -> Counter[ParticipationStatus]:
        """People of confirmed delegations by answer."""
        return Counter(person.answer for row in self.delegations for person in row.people)

    @property
    def answered_by_mail(self) -> int:
        return sum(person.route == "mail" for row in self.delegations for person in row.people)

    @property
    def complete(self) -> int:
        """Delegations in which everybody has said yes."""
        return sum(
            all(person.answer == "ACCEPTED" for person in row.people) for row in self.delegations
        )


def overall(answers: Iterable[ParticipationStatus]) -> ParticipationStatus:
    """One answer of a person who was asked about several runs of days: no answer to any of them
    is no answer, a perhaps is a perhaps, and who comes on some days comes."""
    given = set(answers)
    if not given or "NEEDS-ACTION" in given:
        return "NEEDS-ACTION"
    if "TENTATIVE" in given:
        return "TENTATIVE"
    return "ACCEPTED" if "ACCEPTED" in given else "DECLINED"


def asked_of(member: Member) -> list[Invitation]:
    """What a person was asked: the invitations that stand, or, of a workshop that was called off,
    where none does, those that they had answered."""
    standing = [one for one in member.invitations if one.cancelled_at is None]
    return standing or list(member.invitations)


def board_of(session: Session, event: Event, *, now: datetime) -> Board:
    """Three queries, and one for the last move (which asks everybody anew)."""
    people = selectinload(Delegation.members).selectinload(Member.invitations)
    invitations = session.scalars(
        select(CityInvitation)
        .where(CityInvitation.event_id == event.id)
        .options(joinedload(CityInvitation.delegation).options(people))
    ).all()
    moved_at = session.scalar(
        select(func.max(PendingChange.applied_at)).where(
            PendingChange.event_id == event.id, PendingChange.kind == "move"
        )
    )
    return Board(tuple(_row(one, moved_at, event, now) for one in invitations))


def _row(
    invitation: CityInvitation, moved_at: datetime | None, event: Event, now: datetime
) -> CityRow:
    delegation = invitation.delegation
    people = tuple(_people(delegation)) if delegation else ()
    asked = [invitation.invited_at, invitation.sent_again_at, moved_at]
    if delegation is not None:
        asked.append(delegation.confirmed_at)
    asked_at = max(one for one in asked if one is not None)
    over = event.cancelled_at is not None or event.ends_on < _local_day(event, now)
    questions = () if over else tuple(_questions(invitation, people, now - asked_at > PATIENCE))
    return CityRow(invitation, delegation, people, asked_at, questions)


def _questions(
    invitation: CityInvitation, people: Sequence[Person], long_ago: bool
) -> Iterable[Question]:
    state = invitation.delegation.state if invitation.delegation else "draft"
    if state == "confirmed":
        if any(person.answer == "DECLINED" for person in people):
            yield "declined"
        if long_ago and any(person.answer == "NEEDS-ACTION" for person in people):
            yield "unanswered"
    elif state == "waitlisted":
        yield "waiting"
    elif state == "draft" and long_ago and invitation.revoked_at is None:
        yield "city_silent"


def _people(delegation: Delegation) -> Iterable[Person]:
    for member in delegation.members:
        if member.removed_at is None:
            last = max(asked_of(member), key=_answered, default=None)
            yield Person(
                member.name,
                member.role,
                overall(one.partstat for one in asked_of(member)),
                last.answered_by if last else None,
                last.answered_at if last else None,
            )


def _answered(invitation: Invitation) -> float:
    return invitation.answered_at.timestamp() if invitation.answered_at else 0.0


def _instant(row: CityRow) -> datetime:
    at = row.delegation.waitlisted_at if row.delegation else None
    return at or row.asked_at


def _local_day(event: Event, now: datetime) -> date:
    return now.astimezone(event.zone).date()
