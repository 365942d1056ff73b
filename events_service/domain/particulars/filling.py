"""A person's form is filled in: by themselves behind their link, or by their city."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.domain.delivery.languages import write_drafts_anew
from events_service.domain.particulars.answers import by_key, checked, missing
from events_service.domain.particulars.attaching import chosen_language
from events_service.domain.particulars.consent_wordings import versions_in_force
from events_service.domain.particulars.consents import record, standing, take_back_all
from events_service.domain.particulars.people import named_in
from events_service.domain.particulars.questions import (
    LETTERS,
    asked_of,
    ensure_questions,
    questions_of,
)
from events_service.domain.refusals import Conflict, Refusal
from events_service.model import (
    ConsentText,
    Delegation,
    Detail,
    Event,
    OutboxMail,
    Particulars,
    Question,
)
from events_service.model.particulars import Attribution, SaidBy
from events_service.translation import gettext as _


class Unfinished(Refusal):
    """The form can't be completed; `steps` are the keys of what is open, in order."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(_("Some questions are still open."))
        self.steps = steps


def event_of(session: Session, form: Particulars) -> Event:
    return session.get_one(Delegation, form.delegation_id).event


def opened(form: Particulars, *, now: datetime) -> None:
    """The person pressed Start."""
    form.opened_at = form.opened_at or now


def save_answer(
    session: Session, form: Particulars, key: str, value: Any, *, saved_by: SaidBy, now: datetime
) -> None:
    """Keep the answer to one question. NotAnAnswer when it is none; Conflict when the question is
    asked no longer, or when a city would write what only the person tells."""
    event = event_of(session, form)
    ensure_questions(session, event)
    question = next((one for one in questions_of(session, event) if one.key == key), None)
    if question is None:
        raise Conflict(_("This question is not asked any more. Go on with the next one."))
    if saved_by == "city" and not may_be_typed(form, question):
        raise Conflict(_("The person has answered this, or answers it alone."))
    _keep(session, form, question, checked(question, value), saved_by, now)
    member = named_in(session, form)
    if key == LETTERS and member is not None:
        member.language = chosen_language(session, member)
        write_drafts_anew(session, OutboxMail.member_id == member.id, now=now)


def may_be_typed(form: Particulars, question: Question) -> bool:
    """Whether their city may answer for the person: what is not sensitive, and only until the
    person has said it themselves."""
    own = any(one.question_id == question.id and one.saved_by == "person" for one in form.details)
    return not question.sensitive and not own


def choose_attribution(form: Particulars, attribution: Attribution) -> None:
    form.attribution = attribution


def answer_consents(
    session: Session,
    form: Particulars,
    texts: Collection[ConsentText],
    given: dict[str, bool],
    *,
    now: datetime,
) -> None:
    """Record what the person says to each wording. What may not be kept any more is erased at
    once: all of it, or what is sensitive."""
    for text in texts:
        record(session, form, text, given[text.kind], said_by="person", now=now)
    if not given["data"]:
        erase(session, form, now=now)
    elif not given["sensitive_data"]:
        _erase_sensitive(session, form)


def asked_in(session: Session, form: Particulars) -> tuple[list[Question], dict[str, Any]]:
    """The questions that the form asks now, and what was answered, by key."""
    questions = questions_of(session, event_of(session, form))
    answers = by_key(questions, form.details)
    return asked_of(questions, answers), answers


def open_steps(session: Session, form: Particulars) -> list[str]:
    """What the person has neither answered nor left out knowingly, in the order of the form: keys
    of questions, then attribution and consents."""
    asked, answers = asked_in(session, form)
    lacking = {one.key for one in missing(asked, answers)}
    steps = [one.key for one in asked if one.key not in answers or one.key in lacking]
    if form.attribution is None:
        steps.append("attribution")
    if _consents_are_open(session, form):
        steps.append("consents")
    return steps


def complete(session: Session, form: Particulars, *, by: SaidBy, now: datetime) -> None:
    """Everything is told. Unfinished when something that has to be said is not: of a person
    everything that is asked, of a city what is required."""
    if by == "person":
        if steps := open_steps(session, form):
            raise Unfinished(steps)
    else:
        questions = questions_of(session, event_of(session, form))
        typed = [one for one in questions if not one.sensitive]
        if lacking := missing(typed, by_key(questions, form.details)):
            raise Unfinished([one.key for one in lacking])
    if by == "person" or form.completed_by != "person":
        form.completed_at, form.completed_by = now, by


def erase(session: Session, form: Particulars, *, now: datetime) -> None:
    """Forget all that was told, and take back what was agreed to. That it was stays on record."""
    session.execute(delete(Detail).where(Detail.particulars_id == form.id))
    session.expire(form, ["details"])
    form.attribution, form.completed_at, form.completed_by = None, None, None
    member = named_in(session, form)
    if member is not None:
        member.language = None
        write_drafts_anew(session, OutboxMail.member_id == member.id, now=now)
    take_back_all(session, form, said_by="person", now=now)
    session.flush()


def _consents_are_open(session: Session, form: Particulars) -> bool:
    """Something was never said, or the first was refused. A yes to an earlier wording is asked
    about anew of who has not completed their form, or whose form was opened again for it."""
    said = standing(form.consents)
    if len(said) < 3 or not said["data"].given:
        return True
    if form.completed_by == "person":
        return False
    newest = versions_in_force(session)
    return any(one.given and one.text.version < newest[kind] for kind, one in said.items())


def _erase_sensitive(session: Session, form: Particulars) -> None:
    sensitive = select(Question.id).where(Question.sensitive)
    session.execute(
        delete(Detail).where(Detail.particulars_id == form.id, Detail.question_id.in_(sensitive))
    )
    session.expire(form, ["details"])


def _keep(
    session: Session,
    form: Particulars,
    question: Question,
    value: Any,
    saved_by: SaidBy,
    now: datetime,
) -> None:
    row = {"value": value, "saved_at": now, "saved_by": saved_by}
    session.execute(
        insert(Detail)
        .values(particulars_id=form.id, question_id=question.id, **row)
        .on_conflict_do_update(index_elements=[Detail.particulars_id, Detail.question_id], set_=row)
    )
    session.expire(form, ["details"])
