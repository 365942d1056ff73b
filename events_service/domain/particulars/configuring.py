"""An organiser says what the people of an event are asked."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from events_service.domain.particulars.links import is_over
from events_service.domain.particulars.promises import NOTHING, ONLY_ANEW, breaches, held_at
from events_service.domain.particulars.question_plan import (
    OWN,
    QuestionPlan,
    is_own,
    plan_of,
    problems,
)
from events_service.domain.particulars.questions import ORDER, ensure_questions, questions_of
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.model import Detail, Event, Question
from events_service.translation import gettext as _

MOST_OWN = 40  # questions of an organiser's own at one event
Answers = Literal["keep", "erase"]


class NotAQuestion(Refusal):
    """People can't be asked this; `problems` by name of the part."""

    def __init__(self, found: dict[str, str]) -> None:
        super().__init__("; ".join(found.values()))
        self.problems = found


class AnswersStand(Refusal):
    """Whoever has answered was told otherwise, and nobody has said what becomes of the answers."""


def is_closed(event: Event, now: datetime) -> bool:
    """Nobody is asked any more: then answers can only be kept shorter, or erased."""
    return event.cancelled_at is not None or is_over(event, now)


def question_at(session: Session, event: Event, key: str) -> Question:
    """Also one that is asked no longer. Reading keeps none: a default may not be kept yet."""
    found = next((one for one in questions_of(session, event) if one.key == key), None)
    found = found or session.scalar(
        select(Question).where(Question.event_id == event.id, Question.key == key)
    )
    if found is None:
        raise NotFound
    return found


def ask_also(session: Session, event: Event, plan: QuestionPlan, *, now: datetime) -> Question:
    """Add a question of one's own below the others. NotAQuestion; Conflict when it is too late,
    or there are many."""
    _refuse_closed(event, now)
    _refuse(plan)
    every = _held_still(session, event)
    taken = [int(one.key.removeprefix(OWN)) for one in every if is_own(one)]
    if len(taken) >= MOST_OWN:
        raise Conflict(_("There are many questions already. Remove or change one of them."))
    made = Question(
        event_id=event.id, key=f"{OWN}{max(taken, default=0) + 1}", position=_end_of(every)
    )
    _write(made, plan)
    session.add(made)
    session.flush()
    return made


def change_question(
    session: Session,
    event: Event,
    key: str,
    plan: QuestionPlan,
    *,
    answers: Answers | None = None,
    now: datetime,
) -> int:
    """Ask it differently; how many answers were erased by it. Of a built-in question only whether
    it is required, its purpose and how long answers are kept; of a closed event only the last.
    AnswersStand unless `answers` says what becomes of those who were told otherwise."""
    question = _kept(session, event, key)
    closed = is_closed(event, now)
    allowed = allowed_of(question, plan, closed=closed)
    _refuse(allowed)
    if closed:
        _refuse_longer(question, allowed)
    held = held_at(session, event).get(question.id, NOTHING)
    if held.answered and allowed.kind != question.kind:
        raise Conflict(_("People have answered already, so the kind of answer stays as it is."))
    broken = breaches(question, allowed, held)
    if broken and (answers is None or (answers == "keep" and ONLY_ANEW & set(broken))):
        raise AnswersStand(_("Say what becomes of the answers."))
    _write(question, allowed)
    session.flush()
    return _erased(session, question) if broken and answers == "erase" else 0


def allowed_of(question: Question, plan: QuestionPlan, *, closed: bool) -> QuestionPlan:
    """As much of the plan as can be changed of this question."""
    now_ = plan_of(question)
    if closed:
        return replace(now_, keep_days=plan.keep_days)
    if is_own(question):
        return plan
    return replace(now_, required=plan.required, purpose=plan.purpose, keep_days=plan.keep_days)


def move_question(session: Session, event: Event, key: str, by: Literal[-1, 1]) -> None:
    """One place up (-1) or down (1). At the end of the list it stays."""
    every = _held_still(session, event)
    asked = [one for one in every if one.removed_at is None]
    place = next((n for n, one in enumerate(asked) if one.key == key), None)
    if place is None:
        raise NotFound
    if 0 <= place + by < len(asked):
        asked[place], asked[place + by] = asked[place + by], asked[place]
    for number, one in enumerate([*asked, *(one for one in every if one.removed_at)]):
        one.position = number
    session.flush()


def stop_asking(
    session: Session, event: Event, key: str, *, answers: Answers, now: datetime
) -> int:
    """Nobody is asked it from now on; how many answers were erased. Kept ones go in their time."""
    question = _kept(session, event, key)
    if not is_closed(event, now):
        question.removed_at = question.removed_at or now
        session.flush()
    return _erased(session, question) if answers == "erase" else 0


def put_back(session: Session, event: Event, key: str, *, now: datetime) -> None:
    """Undo `stop_asking`: asked again, below the others. Erased answers are gone."""
    _refuse_closed(event, now)
    question = _kept(session, event, key)
    if question.removed_at is not None:
        question.position = _end_of(_held_still(session, event))
        question.removed_at = None
        session.flush()


def copy_questions(session: Session, event: Event, to: Event, *, now: datetime) -> None:
    """Ask at another event what is asked at this one: built-in questions that were switched off
    stay off, those of one's own that were removed are left out."""
    kept = session.scalars(select(Question).where(Question.event_id == event.id).order_by(*ORDER))
    for one in kept:
        if one.removed_at is not None and is_own(one):
            continue
        copy = Question(event_id=to.id, key=one.key, position=one.position)
        copy.removed_at = now if one.removed_at else None
        _write(copy, plan_of(one))
        session.add(copy)
    session.flush()


def _held_still(session: Session, event: Event) -> list[Question]:
    """All questions of the event in order, removed ones too, which nobody else changes now."""
    ensure_questions(session, event)
    every = select(Question).where(Question.event_id == event.id)
    session.scalars(every.order_by(Question.id).with_for_update()).all()
    again = every.order_by(*ORDER).execution_options(populate_existing=True)
    return list(session.scalars(again))  # with what was added while we waited


def _kept(session: Session, event: Event, key: str) -> Question:
    found = next((one for one in _held_still(session, event) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _end_of(every: list[Question]) -> int:
    return max((one.position for one in every), default=-1) + 1


def _write(question: Question, plan: QuestionPlan) -> None:
    assert plan.keep_days is not None
    question.kind, question.label, question.hint = plan.kind, plan.label, plan.hint
    question.choices, question.required = list(plan.choices), plan.required
    question.sensitive, question.purpose = plan.sensitive, plan.purpose
    question.keep_days = plan.keep_days


def _erased(session: Session, question: Question) -> int:
    session.flush()
    gone = delete(Detail).where(Detail.question_id == question.id).returning(Detail.value)
    return sum(value is not None for value in session.scalars(gone).all())


def _refuse(plan: QuestionPlan) -> None:
    if found := problems(plan):
        raise NotAQuestion(found)


def _refuse_longer(question: Question, plan: QuestionPlan) -> None:
    if plan.keep_days is not None and plan.keep_days > question.keep_days:
        most = _("Enter %(most)s days or fewer", most=question.keep_days)
        raise NotAQuestion({"keep_days": most})


def _refuse_closed(event: Event, now: datetime) -> None:
    if is_closed(event, now):
        raise Conflict(
            _("Nobody is asked any more at this workshop, so its questions stay as they were.")
        )
