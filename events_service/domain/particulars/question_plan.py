"""A question as an organiser writes it: what makes it one that people can answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from events_service.itip.cleaning import one_line
from events_service.model import Question
from events_service.model.particulars import QuestionKind
from events_service.translation import gettext as _

LONGEST: Mapping[str, int] = {"label": 200, "hint": 300, "purpose": 400}  # characters
LONGEST_CHOICE, MOST_CHOICES = 100, 40
FEWEST_WORDS = 3  # a purpose is a sentence
LONGEST_KEPT = 1095  # days: three years
OWN = "own-"  # keys of questions that an organiser wrote begin with it
OF_CHOICES = ("choice", "choices")


@dataclass(frozen=True)
class QuestionPlan:
    """`keep_days`: after the event's last day; None when no number was typed."""

    kind: QuestionKind
    label: str
    purpose: str
    keep_days: int | None
    hint: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    sensitive: bool = False


def is_own(question: Question) -> bool:
    """Whether an organiser wrote it. Of a built-in one only some things can be changed."""
    return question.key.startswith(OWN)


def plan_of(question: Question) -> QuestionPlan:
    return QuestionPlan(
        kind=question.kind,
        label=question.label,
        purpose=question.purpose,
        keep_days=question.keep_days,
        hint=question.hint,
        choices=tuple(question.choices),
        required=question.required,
        sensitive=question.sensitive,
    )


def tidied(plan: QuestionPlan) -> QuestionPlan:
    """As it is kept: texts on one line, and choices only where people choose."""
    typed = [one_line(one) for one in plan.choices] if plan.kind in OF_CHOICES else []
    return replace(
        plan,
        label=one_line(plan.label or ""),
        hint=one_line(plan.hint or ""),
        purpose=one_line(plan.purpose or ""),
        choices=tuple(one for one in typed if one),
    )


def problems(plan: QuestionPlan) -> dict[str, str]:
    """What is wrong with it, by the name of the part; empty when people can be asked this."""
    found = {
        "label": "" if plan.label else _("Write the question"),
        "purpose": _purpose(plan.purpose),
        "choices": _choices(plan),
        "keep_days": _keep_days(plan.keep_days),
    }
    for part, longest in LONGEST.items():
        if len(getattr(plan, part)) > longest:
            found[part] = _("Shorten this to %(num)s characters", num=longest)
    return {part: problem for part, problem in found.items() if problem}


def _purpose(text: str) -> str:
    if len(text.split()) >= FEWEST_WORDS:
        return ""
    return _("Say in a sentence what the answer is used for")


def _choices(plan: QuestionPlan) -> str:
    if plan.kind not in OF_CHOICES:
        return ""
    if not 2 <= len(plan.choices) <= MOST_CHOICES:
        return _("Write from 2 to %(most)s choices, one a line", most=MOST_CHOICES)
    if len({one.casefold() for one in plan.choices}) < len(plan.choices):
        return _("Write each choice once")
    if max(map(len, plan.choices)) > LONGEST_CHOICE:
        return _("Shorten each choice to %(num)s characters", num=LONGEST_CHOICE)
    return ""


def _keep_days(days: int | None) -> str:
    if days is not None and 0 <= days <= LONGEST_KEPT:
        return ""
    return _("Enter a number of days from 0 to %(most)s", most=f"{LONGEST_KEPT:,}")
