"""How a person has answered: one answer over all they were asked, and each day that differs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from events_service.itip.day_answers import by_day
from events_service.model import Delegation, Invitation, Member
from events_service.model.registration import AnswerRoute, ParticipationStatus
from events_service.queries.troubles import Trouble


@dataclass(frozen=True)
class DayState:
    """An answer to one day that differs from the person's one answer."""

    day: date
    answer: ParticipationStatus
    route: AnswerRoute | None  # None: nothing was said to this day
    answered_at: datetime | None


@dataclass(frozen=True)
class SessionsState:
    """That `count` of the `of` sessions to which a person has an entry each have this answer."""

    answer: ParticipationStatus
    count: int
    of: int


@dataclass(frozen=True)
class Comment:
    """What somebody wrote with an answer. `day`: it is about that day alone."""

    day: date | None
    words: str


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
    says how it came and when."""

    answer: ParticipationStatus
    route: AnswerRoute | None
    answered_at: datetime | None


@dataclass(frozen=True)
class Person:
    """One answer for a person, over all invitations that stand (see `overall`): the latest of the
    answers that make it up says how it came and when. `days`: those that differ from it, and
    `sessions`, where each has an entry of its own, if they differ from each other."""

    member_id: int
    name: str
    role: str
    answer: ParticipationStatus
    route: AnswerRoute | None
    answered_at: datetime | None
    days: tuple[DayState, ...] = ()
    sessions: tuple[SessionsState, ...] = ()
    comments: tuple[Comment, ...] = ()
    trouble: Trouble | None = None  # mail does not reach them
    silent: bool = False  # they were told of an entry, and have not answered it


@dataclass(frozen=True)
class Former:
    """Somebody who was in the delegation, and was written to."""

    member_id: int
    name: str
    role: str


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


def person_of(
    member: Member, trouble: Trouble | None, unheard: Collection[int | None] = ()
) -> Person:
    """How a person has answered, over all that they were asked. `unheard`: numbers of entries of
    which nobody has told them yet."""
    asked = asked_of(member)
    answer = answer_over(asked)
    return Person(
        member.id,
        member.name,
        member.role,
        answer.answer,
        answer.route,
        answer.answered_at,
        _days_apart(asked, answer.answer),
        _sessions_apart(asked),
        tuple(dict.fromkeys(_comments(asked))),
        trouble,
        any(one.id not in unheard and _waits(one) for one in asked),
    )


def _waits(one: Invitation) -> bool:
    return "NEEDS-ACTION" in {state.answer for state in _states(one)}


def people_of(
    delegation: Delegation | None,
    troubles: Mapping[int, Trouble],
    unheard: Collection[int | None],
) -> tuple[Person, ...]:
    """Those who stand in it."""
    members = delegation.members if delegation else []
    stand = (one for one in members if one.removed_at is None)
    return tuple(person_of(one, troubles.get(one.id), unheard) for one in stand)


def former_of(delegation: Delegation | None) -> tuple[Former, ...]:
    members = delegation.members if delegation else []
    gone = (one for one in members if one.removed_at is not None)
    return tuple(Former(one.id, one.name, one.role) for one in gone)


def answer_over(asked: Iterable[Asked]) -> Answer:
    every = [state for invitation in asked for state in _states(invitation)]
    answer = overall(state.answer for state in every)
    given = [state for state in every if state.answer == answer and state.route is not None]
    last = max(given, key=_answered, default=None)
    return Answer(
        answer,
        last.route if last else None,
        last.answered_at if last else None,
    )


def _days_apart(asked: Iterable[Invitation], answer: ParticipationStatus) -> tuple[DayState, ...]:
    """Days that have another answer; a day is not told of where only one of its sessions is."""
    of_days = [one for one in asked if one.session_id is None]
    every = [state for invitation in of_days for state in _states(invitation)]
    return tuple(sorted((one for one in every if one.answer != answer), key=lambda one: one.day))


def _sessions_apart(asked: Iterable[Invitation]) -> tuple[SessionsState, ...]:
    """How many sessions have which answer, the most frequent first; none if all have the same."""
    said = [one.partstat for one in asked if one.session_id is not None]
    counted = Counter(said).most_common()
    if len(counted) < 2:
        return ()
    return tuple(SessionsState(answer, count, len(said)) for answer, count in counted)


def _states(invitation: Asked) -> Iterable[DayState]:
    """What is said to each day of an invitation."""
    single = {one.day: one for one in invitation.day_answers}
    answers = by_day(
        invitation.days, invitation.partstat, {day: one.partstat for day, one in single.items()}
    )
    for day, answer in answers.items():
        given: Said = single.get(day, invitation)
        yield DayState(day, answer, given.answered_by, given.answered_at)


def _comments(asked: Iterable[Invitation]) -> Iterable[Comment]:
    for invitation in asked:
        if invitation.reply_comment:
            day = None if invitation.session_id is None else invitation.days[0]
            yield Comment(day, invitation.reply_comment)
        for one in invitation.day_answers:
            if one.reply_comment:
                yield Comment(one.day, one.reply_comment)


def _answered(state: DayState) -> float:
    return state.answered_at.timestamp() if state.answered_at else 0.0
