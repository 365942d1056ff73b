"""How a person has answered: one answer over all they were asked, and each day that differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from events_service.itip.day_answers import by_day
from events_service.model import Invitation, Member
from events_service.model.registration import AnswerRoute, ParticipationStatus
from events_service.queries.troubles import Trouble


@dataclass(frozen=True)
class DayState:
    """An answer to one day that differs from the person's one answer."""

    day: date
    answer: ParticipationStatus
    route: AnswerRoute | None  # None: nothing was said to this day
    answered_at: datetime | None


class Said(Protocol):
    """An answer, and how and when it came: an Invitation or a DayAnswer, or a row of either."""

    @property
    def partstat(self) -> ParticipationStatus: ...
    @property
    def answered_by(self) -> AnswerRoute | None: ...
    @property
    def answered_at(self) -> datetime | None: ...


class SaidToDay(Said, Protocol):
    @property
    def day(self) -> date: ...


class Asked(Said, Protocol):
    @property
    def days(self) -> Sequence[date]: ...
    @property
    def day_answers(self) -> Sequence[SaidToDay]: ...


@dataclass(frozen=True)
class Answer:
    """One answer over several invitations (see `overall`); the latest of those that make it up
    says how it came and when. `days`: those that differ from it."""

    answer: ParticipationStatus
    route: AnswerRoute | None
    answered_at: datetime | None
    days: tuple[DayState, ...] = ()


@dataclass(frozen=True)
class Person:
    """One answer for a person, over all invitations that stand (see `overall`): the latest of the
    answers that make it up says how it came and when. `comments`: what they wrote with it."""

    member_id: int
    name: str
    role: str
    answer: ParticipationStatus
    route: AnswerRoute | None
    answered_at: datetime | None
    days: tuple[DayState, ...] = ()
    comments: tuple[str, ...] = ()
    trouble: Trouble | None = None  # mail does not reach them


def overall(answers: Iterable[ParticipationStatus]) -> ParticipationStatus:
    """One answer of a person who was asked about several days, of which each has an answer: none
    to any of them is no answer, a perhaps is a perhaps, and who comes on some days comes."""
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


def person_of(member: Member, trouble: Trouble | None) -> Person:
    """How a person has answered, over all that they were asked."""
    answer = answer_over(asked_of(member))
    return Person(
        member.id,
        member.name,
        member.role,
        answer.answer,
        answer.route,
        answer.answered_at,
        answer.days,
        tuple(dict.fromkeys(_comments(member))),
        trouble,
    )


def answer_over(asked: Iterable[Asked]) -> Answer:
    every = [state for invitation in asked for state in _states(invitation)]
    answer = overall(state.answer for state in every)
    given = [state for state in every if state.answer == answer and state.route is not None]
    last = max(given, key=_answered, default=None)
    return Answer(
        answer,
        last.route if last else None,
        last.answered_at if last else None,
        tuple(sorted((one for one in every if one.answer != answer), key=lambda one: one.day)),
    )


def _states(invitation: Asked) -> Iterable[DayState]:
    """What is said to each day of an invitation."""
    single = {one.day: one for one in invitation.day_answers}
    answers = by_day(
        invitation.days, invitation.partstat, {day: one.partstat for day, one in single.items()}
    )
    for day, answer in answers.items():
        given: Said = single.get(day, invitation)
        yield DayState(day, answer, given.answered_by, given.answered_at)


def _comments(member: Member) -> Iterable[str]:
    for invitation in asked_of(member):
        several = (invitation.reply_comment, *(one.reply_comment for one in invitation.day_answers))
        yield from filter(None, several)


def _answered(state: DayState) -> float:
    return state.answered_at.timestamp() if state.answered_at else 0.0
