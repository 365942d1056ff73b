"""The delegation's form: one lead, any number of members, saved as typed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
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
from events_service.domain.registration.form import asks_who_was_elected, days_of
from events_service.domain.registration.saving import Typed
from events_service.domain.registration.session_choice import coming_to, sessions_of
from events_service.letters.dates import clock_range
from events_service.letters.dates import day as day_in_words
from events_service.model import CityInvitation
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm
from events_service.web.forms.address import AddressField
from events_service.web.forms.elected import is_elected, kind_of, kinds


class PersonForm(Form):
    member_id = HiddenField()
    particulars_id = HiddenField()
    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext("As it should appear on the badge and in letters."),
    )
    role = StringField(
        lazy_gettext("Role in the city"),
        description=lazy_gettext("For example: Deputy mayor for safety."),
    )
    kind = RadioField(lazy_gettext("Elected official or practitioner?"), validate_choice=False)
    address = AddressField(
        lazy_gettext("E-mail address"),
        description=lazy_gettext(
            "Their letter and calendar invitation go here. Two people may share one."
        ),
    )
    assistant_address = AddressField(
        lazy_gettext("Assistant’s address (optional)"),
        description=lazy_gettext("Gets a copy of this person’s letters."),
    )
    days = SelectMultipleField(
        lazy_gettext("Days"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sessions = SelectMultipleField(
        lazy_gettext("Sessions"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DelegationForm(PageForm):
    """`seen` and `written_in` say what stood there when the form was opened, and name it."""

    seen = HiddenField()
    written_in = HiddenField()
    contact_address = AddressField(
        lazy_gettext("Your own e-mail address"),
        description=lazy_gettext("You may be an assistant or a colleague. You get the receipt."),
    )
    people = FieldList(FormField(PersonForm), max_entries=MOST_PEOPLE)

    @property
    def typed(self) -> Typed | None:
        """None: of a form that was opened before forms said so."""
        return Typed(self.seen.data, self.written_in.data or "") if self.seen.data else None


@dataclass(frozen=True)
class Offered:
    """What a person can come to, and as what. `agenda`: day of each session, by number; sessions
    are asked for where they have calendar entries of their own (`by_session`), days otherwise.
    `by_kind`: the city has places for elected officials."""

    days: list[date]
    agenda: dict[int, date]
    by_session: bool
    by_kind: bool
    groups: list[tuple[str, list[tuple[str, str]]]]  # day, and value and label of its sessions

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [choice for _, choices in self.groups for choice in choices]


def offered_by(invitation: CityInvitation) -> Offered:
    event = invitation.event
    by_day = {
        day: [
            (str(one.id), f"{clock_range(one.starts, one.ends)}  {one.title}")
            for one in event.sessions
            if one.held_on == day
        ]
        for day in days_of(event)
    }
    return Offered(
        days=list(by_day),
        agenda={one.id: one.held_on for one in event.sessions},
        by_session=event.calendar_style == "each_session",
        by_kind=asks_who_was_elected(invitation),
        groups=[(day_in_words(day), choices) for day, choices in by_day.items() if choices],
    )


def form_of(draft: DelegationDraft, offered: Offered, *, seen: str = "") -> DelegationForm:
    """The form, filled from what was posted, else from the draft as it was when it was `seen`."""
    kept = [
        {
            "member_id": str(one.member_id or ""),
            "particulars_id": str(one.particulars_id or ""),
            "name": one.name,
            "role": one.role,
            "kind": kind_of(one.is_elected),
            "address": one.address,
            "assistant_address": one.assistant_address,
            "days": [day.isoformat() for day in one.days],
            "sessions": [str(number) for number in sessions_of(one, offered.agenda)],
        }
        for one in draft.people
    ]
    opened = {"seen": seen, "written_in": secrets.token_hex(8)}
    form = DelegationForm(data={**opened, "contact_address": draft.contact_address, "people": kept})
    for entry in form.people:
        entry.form.days.choices = [(day.isoformat(), day_in_words(day)) for day in offered.days]
        entry.form.sessions.choices = offered.choices
        entry.form.kind.choices = kinds()
        del entry.form["days" if offered.by_session else "sessions"]
        if not offered.by_kind:
            del entry.form["kind"]
    return form


def draft_from(form: DelegationForm, offered: Offered) -> DelegationDraft:
    """What was typed, whether right or wrong."""
    return DelegationDraft(
        form.contact_address.data or "",
        tuple(_person(entry.form, offered) for entry in form.people),
    )


def show_problems(form: DelegationForm, problems: Iterable[Problem]) -> None:
    """Put each problem at its field, where the page shows it."""
    for problem in problems:
        if problem.person is None:
            field = form[problem.field]
        else:
            field = _field(form.people[problem.person].form, problem.field)
        field.errors = [*field.errors, problem.message]
    # A list's own errors hold those of its entries, as after WTForms' own validation.
    form.people.errors = [*form.people.errors, *(one.errors for one in form.people if one.errors)]


def _field(form: PersonForm, name: str) -> Field:
    """Days stand for sessions and sessions for days, whichever the form asks for."""
    other = {"days": "sessions", "sessions": "days", "is_elected": "kind"}
    found: Field = form[name if name in form else other[name]]
    return found


def _person(form: PersonForm, offered: Offered) -> PersonDraft:
    person = PersonDraft(
        name=form.name.data or "",
        role=form.role.data or "",
        address=form.address.data or "",
        assistant_address=form.assistant_address.data or "",
        member_id=_number(form.member_id.data),
        particulars_id=_number(form.particulars_id.data),
        is_elected=is_elected(form.kind.data) if offered.by_kind else None,
    )
    if offered.by_session:
        ticked = {number for number in offered.agenda if str(number) in (form.sessions.data or ())}
        return coming_to(person, ticked, offered.agenda, offered.days)
    days = tuple(day for day in offered.days if day.isoformat() in (form.days.data or ()))
    return replace(person, days=days)


def _number(text: str | None) -> int | None:
    """Of a row, as the form carries it; what no row can have is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
