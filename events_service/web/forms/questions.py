"""A question as an organiser types it, and what becomes of answers that are there already."""

from collections.abc import Sequence
from dataclasses import fields, replace

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf

from events_service.domain.particulars.question_plan import (
    QuestionPlan,
    is_own,
    plan_of,
    tidied,
)
from events_service.itip.cleaning import lines
from events_service.model import Question
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm
from events_service.web.forms.numbers import WholeNumber

KINDS = (
    ("text", lazy_gettext("One line of text")),
    ("long_text", lazy_gettext("Several lines of text")),
    ("yes_no", lazy_gettext("Yes or no")),
    ("choice", lazy_gettext("One of several choices")),
    ("choices", lazy_gettext("Several of several choices")),
)
PARTS = tuple(one.name for one in fields(QuestionPlan))
FIXED = ("kind", "label", "hint", "choices", "sensitive")  # of a built-in question


class QuestionForm(PageForm):
    """`answers`: keep or erase, which a page between asks for; `asked`: that it has."""

    label = StringField(lazy_gettext("Question"))
    hint = StringField(
        lazy_gettext("Help (optional)"), description=lazy_gettext("Stands below the question.")
    )
    kind = RadioField(
        lazy_gettext("Kind of answer"),
        [AnyOf([kind for kind, _word in KINDS], lazy_gettext("Choose the kind of answer"))],
        validate_choice=False,
    )
    choices = TextAreaField(
        lazy_gettext("Choices"),
        description=lazy_gettext("One a line. Only where people choose from a list."),
    )
    purpose = StringField(
        lazy_gettext("What the answer is used for"),
        description=lazy_gettext(
            "A sentence that each person reads beside the question. "
            "For example: The hosts order bicycles by it."
        ),
    )
    keep_days = WholeNumber(
        lazy_gettext("Days for which answers are kept after the workshop"),
        description=lazy_gettext("As few as the purpose needs. Then they are erased."),
    )
    required = BooleanField(lazy_gettext("It has to be answered"))
    sensitive = BooleanField(
        lazy_gettext("It is told in confidence: only the person and the organisers see the answer")
    )
    answers = HiddenField()
    asked = HiddenField()

    def say(self, found: dict[str, str]) -> None:
        """Say at each field what is wrong with it."""
        for part, problem in found.items():
            if not self[part].errors:
                self[part].errors = [problem]


class AnswersForm(PageForm):
    answers = RadioField(lazy_gettext("What becomes of the answers?"))


def question_form(question: Question | None) -> QuestionForm:
    """Filled from what was posted, else with the question as it is."""
    shown: dict[str, object] = {"kind": "text", "keep_days": 30}
    if question is not None:
        shown = {part: getattr(question, part) for part in PARTS}
        shown["choices"] = "\n".join(question.choices)
    form = QuestionForm(data=shown)
    form.kind.choices = [(kind, str(word)) for kind, word in KINDS]
    if question is not None and not is_own(question):
        for part in FIXED:
            del form[part]
    return form


def shorter_form(question: Question) -> QuestionForm:
    """For an event that is over: only how long answers are kept."""
    form = question_form(question)
    for part in (*FIXED, "purpose", "required"):
        if part in form:
            del form[part]
    return form


def plan_in(form: QuestionForm, question: Question | None) -> QuestionPlan:
    """What was typed; parts that the form doesn't have are those of the question."""
    plan = plan_of(question) if question else QuestionPlan("text", "", "", None)
    typed = {part: form[part].data for part in PARTS if part in form}
    if "choices" in typed:
        typed["choices"] = lines(typed["choices"] or "").split("\n")
    return tidied(replace(plan, **typed))


def answers_form(choices: Sequence[str]) -> AnswersForm:
    """`choices`: of keep and erase, those that may be chosen."""
    words = {
        "keep": _("Keep them until their time is over"),
        "erase": _("Erase them now"),
    }
    form = AnswersForm()
    form.answers.choices = [(one, words[one]) for one in choices]
    return form
