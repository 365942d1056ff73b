"""The delegation's form: one lead, any number of members, saved as typed."""

from collections.abc import Iterable, Sequence
from datetime import date

from wtforms import (
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.domain.registration.draft import (
    MOST_PEOPLE,
    DelegationDraft,
    PersonDraft,
    Problem,
)
from events_service.web.forms import PageForm


class PersonForm(Form):
    member_id = HiddenField()
    name = StringField("Name", description="As it should appear on the badge and in letters.")
    role = StringField("Role in the city", description="For example: Deputy mayor for safety.")
    address = EmailField(
        "E-mail address",
        description="Their letter and calendar invitation go here. Two people may share one.",
    )
    assistant_address = EmailField(
        "Assistant’s address (optional)",
        description="Gets a copy of this person’s letters.",
    )
    days = SelectMultipleField(
        "Days", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class DelegationForm(PageForm):
    contact_address = EmailField(
        "Your own e-mail address",
        description="You may be an assistant or a colleague. You get the receipt.",
    )
    people = FieldList(FormField(PersonForm), max_entries=MOST_PEOPLE)


def form_of(draft: DelegationDraft, days: Sequence[tuple[str, str]]) -> DelegationForm:
    """The form, filled from what was posted, else from the draft. `days`: value and label."""
    kept = [
        {
            "member_id": str(one.member_id or ""),
            "name": one.name,
            "role": one.role,
            "address": one.address,
            "assistant_address": one.assistant_address,
            "days": [day.isoformat() for day in one.days],
        }
        for one in draft.people
    ]
    form = DelegationForm(data={"contact_address": draft.contact_address, "people": kept})
    for entry in form.people:
        entry.form.days.choices = list(days)
    return form


def draft_from(form: DelegationForm) -> DelegationDraft:
    """What was typed, whether right or wrong."""
    return DelegationDraft(
        form.contact_address.data or "", tuple(_person(entry.form) for entry in form.people)
    )


def show_problems(form: DelegationForm, problems: Iterable[Problem]) -> None:
    """Put each problem at its field, where the page shows it."""
    for problem in problems:
        if problem.person is None:
            field = form[problem.field]
        else:
            field = form.people[problem.person].form[problem.field]
        field.errors = [*field.errors, problem.message]
    # A list's own errors hold those of its entries, as after WTForms' own validation.
    form.people.errors = [*form.people.errors, *(one.errors for one in form.people if one.errors)]


def _person(form: PersonForm) -> PersonDraft:
    offered = {choice[0] for choice in form.days.choices or []}
    number = form.member_id.data or ""
    return PersonDraft(
        name=form.name.data or "",
        role=form.role.data or "",
        address=form.address.data or "",
        assistant_address=form.assistant_address.data or "",
        days=tuple(date.fromisoformat(day) for day in form.days.data or [] if day in offered),
        member_id=int(number) if number.isascii() and number.isdigit() else None,
    )
