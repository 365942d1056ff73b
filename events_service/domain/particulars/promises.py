"""What people were told when they answered, and what a change of their question would break."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.particulars.question_plan import QuestionPlan
from events_service.model import Detail, Event, Question

Breach = Literal["choices", "purpose", "longer", "not_sensitive"]
ONLY_ANEW: frozenset[Breach] = frozenset({"longer", "not_sensitive"})  # never for old answers


@dataclass(frozen=True)
class Held:
    """Answers to one question that are kept. `chosen`: how many chose each word of a list."""

    answered: int = 0
    left_out: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)


NOTHING = Held()


def held_at(session: Session, event: Event) -> dict[int, Held]:
    """By number of the question; questions that nobody has come to are absent."""
    rows = session.execute(
        select(Detail.question_id, Question.kind, Detail.value, func.count())
        .join(Question, Question.id == Detail.question_id)
        .where(Question.event_id == event.id)
        .group_by(Detail.question_id, Question.kind, Detail.value)
    )
    answered: Counter[int] = Counter()
    left_out: Counter[int] = Counter()
    chosen: dict[int, Counter[str]] = {}
    for number, kind, value, many in rows:
        (left_out if value is None else answered)[number] += many
        words = chosen.setdefault(number, Counter())
        if kind in ("choice", "choices") and value is not None:
            for word in value if isinstance(value, list) else [value]:
                words[word] += many
    return {
        number: Held(answered[number], left_out[number], dict(words))
        for number, words in chosen.items()
    }


def lost_choices(plan: QuestionPlan, held: Held) -> dict[str, int]:
    """Words that somebody chose and the plan no longer offers, with how many chose them."""
    return {word: many for word, many in held.chosen.items() if word not in plan.choices}


def breaches(question: Question, plan: QuestionPlan, held: Held) -> list[Breach]:
    """What those who have answered were told otherwise; none while nobody has."""
    if not held.answered:
        return []
    kept_longer = plan.keep_days is not None and plan.keep_days > question.keep_days
    found: dict[Breach, bool] = {
        "choices": bool(lost_choices(plan, held)),
        "purpose": plan.purpose != question.purpose,
        "longer": kept_longer,
        "not_sensitive": question.sensitive and not plan.sensitive,
    }
    return [breach for breach, is_broken in found.items() if is_broken]
