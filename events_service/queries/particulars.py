"""What the people of an event told about themselves, for those who prepare it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.alphabet import alphabetical
from events_service.model import City, Delegation, Event, Member, Particulars, Question
from events_service.model.particulars import Attribution, ConsentKind

VISA, VISA_NAME = "visa_letter", "visa_name"  # keys of questions


@dataclass(frozen=True)
class PersonDetails:
    """A person of a confirmed delegation. `answers`: by key of the question, without those left
    out and those that the network may not read yet; `agreed`: what they said last to each wording
    they were asked about."""

    member_id: int
    name: str
    role: str
    city: str
    is_asked: bool
    is_complete: bool  # by themselves
    attribution: Attribution | None
    answers: Mapping[str, Any]
    agreed: Mapping[ConsentKind, bool]


@dataclass(frozen=True)
class EventDetails:
    questions: Sequence[Question]
    people: Sequence[PersonDetails]  # city by city, the head of each delegation first

    @property
    def asked(self) -> int:
        return sum(one.is_asked for one in self.people)

    @property
    def completed(self) -> int:
        return sum(one.is_complete for one in self.people)

    def needs(self, key: str) -> list[tuple[str, int]]:
        """What was answered to one question and by how many, without their names. The same words
        count as the same, whatever their case."""
        said = [str(one.answers[key]) for one in self.people if key in one.answers]
        counts = Counter(text.casefold() for text in said)
        first = {text.casefold(): text for text in reversed(said)}
        return sorted(
            ((first[text], number) for text, number in counts.items()),
            key=lambda each: alphabetical(each[0]),
        )

    @property
    def visas(self) -> list[tuple[PersonDetails, str]]:
        """Who needs a letter for a visa, and their name and nationality for it."""
        return [
            (one, str(one.answers.get(VISA_NAME, "")))
            for one in self.people
            if one.answers.get(VISA) is True
        ]


def details_of_event(session: Session, event: Event, questions: Sequence[Question]) -> EventDetails:
    """`questions`: those asked at the event, in order."""
    rows = session.execute(
        select(Member, City.name, Particulars)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .join(City, City.id == Delegation.city_id)
        .outerjoin(Particulars, Particulars.member_id == Member.id)
        .where(
            Delegation.event_id == event.id,
            Delegation.state == "confirmed",
            Member.removed_at.is_(None),
        )
        .options(selectinload(Particulars.details), selectinload(Particulars.consents))
    ).all()
    ordered = sorted(rows, key=lambda row: (alphabetical(row[1]), row[0].position))
    return EventDetails(questions, [_person(questions, *row) for row in ordered])


def attributions(session: Session, event: Event) -> dict[int, Attribution]:
    """How people want to be named, by number of the member; those who said it."""
    found = session.execute(
        select(Member.id, Particulars.attribution)
        .join(Particulars, Particulars.member_id == Member.id)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .where(Delegation.event_id == event.id)
    )
    return {number: said for number, said in found if said is not None}


def _person(
    questions: Sequence[Question], member: Member, city: str, form: Particulars | None
) -> PersonDetails:
    asked = {one.id: one for one in questions}
    told = [one for one in form.details if one.question_id in asked] if form else []
    return PersonDetails(
        member.id,
        member.name,
        member.role,
        city,
        form is not None and form.link_sent_at is not None,
        form is not None and form.completed_by == "person",
        form.attribution if form else None,
        {
            asked[one.question_id].key: one.value
            for one in told
            if form and one.value is not None and form.tells_the_team(asked[one.question_id], one)
        },
        form.agreed if form else {},
    )
