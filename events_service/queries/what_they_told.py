"""What one person told about themselves, who typed it and when, and what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.model import Consent, Detail, Member, Particulars, Question


@dataclass(frozen=True)
class Answered:
    """`detail.value` None: left out knowingly. The question may be asked no longer."""

    question: Question
    detail: Detail


@dataclass(frozen=True)
class TheyTold:
    """`form` None: nobody has asked the person yet. `answers`: those that the network may read."""

    form: Particulars | None
    answers: Sequence[Answered]  # in the order of the form

    @property
    def open_ones(self) -> list[Answered]:
        """What their city may see too."""
        return [one for one in self.answers if not one.question.sensitive]

    @property
    def in_confidence(self) -> list[Answered]:
        return [one for one in self.answers if one.question.sensitive]

    @property
    def agreed(self) -> list[Consent]:
        """Each time they said yes or no, in that order."""
        return list(self.form.consents) if self.form else []


def told_by(session: Session, member: Member) -> TheyTold:
    form = session.scalar(
        select(Particulars)
        .where(Particulars.member_id == member.id)
        .options(selectinload(Particulars.consents))
    )
    if form is None:
        return TheyTold(None, [])
    rows = session.execute(
        select(Question, Detail)
        .join(Detail, Detail.question_id == Question.id)
        .where(Detail.particulars_id == form.id)
        .order_by(Question.removed_at.is_not(None), Question.position, Question.id)
    )
    may_be_read = [
        Answered(question, detail)
        for question, detail in rows
        if form.tells_the_team(question, detail)
    ]
    return TheyTold(form, may_be_read)
