"""What a person tells about themselves: a form for one question, and one for several."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.domain.particulars.answers import NotAnAnswer, checked
from events_service.domain.particulars.consents import seen_as
from events_service.model import ConsentText, Event, Question
from events_service.model.particulars import ConsentKind
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, said
from events_service.web.forms import PageForm

YES, NO = "yes", "no"
NAMING = lazy_gettext("How may we name you?")
CONSENTS: Mapping[ConsentKind, str] = {
    "data": lazy_gettext("May we keep and use what you told us?"),
    "sensitive_data": lazy_gettext("And what you told us about health, diet and access?"),
    "photographs": lazy_gettext("May pictures show you?"),
}

UNSAID: Mapping[ConsentKind, str] = {
    "data": lazy_gettext("Say whether we may keep what you told us"),
    "sensitive_data": lazy_gettext("Say whether we may keep what concerns health, diet and access"),
    "photographs": lazy_gettext("Say whether pictures may show you"),
}


def form_of(questions: Sequence[Question], answers: Mapping[str, Any]) -> PageForm:
    """A field for each question under its key, filled with what was answered."""

    class Asking(PageForm):
        pass

    for one in questions:
        setattr(Asking, one.key, _field(one))
    form = Asking(data={one.key: _shown(answers.get(one.key)) for one in questions})
    for one in questions:
        if one.kind not in ("text", "long_text"):
            form[one.key].choices = _choices(one)
    return form


def answers_in(form: PageForm, questions: Sequence[Question]) -> dict[str, Any] | None:
    """What was typed, checked, by key of the question; None when the form now shows what is wrong
    with it."""
    found: dict[str, Any] = {}
    for one in questions:
        try:
            found[one.key] = checked(one, _typed(one, form[one.key]))
            if one.required and found[one.key] is None:
                raise NotAnAnswer(_("Answer this question"))
        except NotAnAnswer as problem:
            form[one.key].errors = [str(problem)]
    return None if form.errors else found


def attribution_form(city: str, chosen: str | None) -> PageForm:
    class Naming(PageForm):
        attribution = RadioField(str(NAMING), [InputRequired(_("Choose how we may name you"))])

    form = Naming(data={"attribution": chosen})
    form.attribution.choices = ways_of_naming(city)
    return form


def ways_of_naming(city: str) -> list[tuple[str, str]]:
    return [
        ("name", _("By my name and role")),
        ("city", _("As City of %(city)s only", city=city)),
        ("chatham_house", _("Not at all (Chatham House Rule)")),
    ]


def consent_form(texts: Sequence[ConsentText], given: Mapping[str, bool]) -> PageForm:
    """Yes or no to each wording (`say_…`), which is its hint; `read_…`: which wording was shown."""

    class Consenting(PageForm):
        pass

    for one in texts:
        field = RadioField(
            str(CONSENTS[one.kind]),
            [InputRequired(str(UNSAID[one.kind]))],
            description=one.wording,
        )
        setattr(Consenting, f"say_{one.kind}", field)
        setattr(Consenting, f"read_{one.kind}", HiddenField())
    data: dict[str, Any] = {f"say_{one.kind}": _shown(given.get(one.kind)) for one in texts}
    form = Consenting(data=data | {f"read_{one.kind}": seen_as(one) for one in texts})
    for one in texts:
        form[f"say_{one.kind}"].choices = _yes_no()
    return form


def erased_on(event: Event, question: Question) -> date:
    """The day after the last on which the answer is kept."""
    return event.ends_on + timedelta(days=question.keep_days + 1)


def _field(question: Question) -> Field:
    label, hint = said(question.label), said(question.hint)
    match question.kind:
        case "text":
            return StringField(label, description=hint)
        case "long_text":
            return TextAreaField(label, description=hint)
        case "yes_no" | "choice":
            return RadioField(label, description=hint, validate_choice=False)
    return SelectMultipleField(
        label,
        description=hint,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _choices(question: Question) -> list[tuple[str, str]]:
    return _yes_no() if question.kind == "yes_no" else [(one, one) for one in question.choices]


def _yes_no() -> list[tuple[str, str]]:
    return [(YES, _("Yes")), (NO, _("No"))]


def _shown(value: Any) -> Any:
    return (YES if value else NO) if isinstance(value, bool) else value


def _typed(question: Question, field: Field) -> Any:
    if question.kind == "yes_no":
        return {YES: True, NO: False}.get(field.data)
    return field.data
