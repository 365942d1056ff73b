"""An answer to a question: whether it is one, and how it is written in words. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from events_service.domain.refusals import Refusal
from events_service.model import Detail, Question
from events_service.translation import gettext as _
from events_service.translation import number

LONGEST = 2000  # characters of a text
SKIPPED = None  # kept for a question that somebody left out knowingly


class NotAnAnswer(Refusal):
    """The value can't be the answer to this question."""


def checked(question: Question, value: Any) -> Any:
    """The value as it is kept: a trimmed text, a bool, or choices in the question's order. An
    empty one is SKIPPED. NotAnAnswer says what is wrong with it."""
    if value is None or value == "" or value == []:
        return SKIPPED
    check = {"yes_no": _yes_or_no, "choice": _choice, "choices": _choices}
    return check.get(question.kind, _text)(question, value)


def by_key(questions: Sequence[Question], details: Sequence[Detail]) -> dict[str, Any]:
    """What was answered, by key of the question; skipped ones are SKIPPED, others absent."""
    keys = {one.id: one.key for one in questions}
    return {keys[one.question_id]: one.value for one in details if one.question_id in keys}


def missing(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Required ones without an answer."""
    return [one for one in questions if one.required and answers.get(one.key) is SKIPPED]


def in_words(value: Any) -> str:
    """Yes · Swedish, English · a text as it was written. Empty for SKIPPED."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _text(question: Question, value: Any) -> str | None:
    if not isinstance(value, str):
        raise NotAnAnswer(_("Write this in words"))
    text = value.replace("\r\n", "\n").strip()
    if question.kind == "text":
        text = " ".join(text.split())
    if len(text) > LONGEST:
        raise NotAnAnswer(_("Shorten this to %(num)s characters", num=number(LONGEST)))
    return text or SKIPPED


def _yes_or_no(_question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAnAnswer(_("Choose yes or no"))
    return value


def _choice(question: Question, value: Any) -> str:
    if value not in question.choices:
        raise NotAnAnswer(_("Choose one from the list"))
    return str(value)


def _choices(question: Question, value: Any) -> list[str]:
    if not isinstance(value, list) or not set(value) <= set(question.choices):
        raise NotAnAnswer(_("Choose from the list"))
    return [one for one in question.choices if one in value]
