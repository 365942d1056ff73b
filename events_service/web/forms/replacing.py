"""Who comes in place of somebody."""

from collections.abc import Iterable

from wtforms import RadioField, StringField

from events_service.domain.registration.draft import PersonDraft, Problem
from events_service.model import Member
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm
from events_service.web.forms.address import AddressField
from events_service.web.forms.elected import is_elected, kind_of, kinds


class ReplacingForm(PageForm):
    """The days stay those of the person who is replaced."""

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
        description=lazy_gettext("Their letter and calendar invitation go here."),
    )
    assistant_address = AddressField(
        lazy_gettext("Assistant’s address (optional)"),
        description=lazy_gettext("Gets a copy of this person’s letters."),
    )


def replacing_form(member: Member) -> ReplacingForm:
    """As posted, else empty but for the kind of place that it is about."""
    form = ReplacingForm(kind=kind_of(member.is_elected))
    form.kind.choices = kinds()
    if not member.delegation.city_invitation.seats_elected:
        del form.kind
    return form


def person_in(form: ReplacingForm) -> PersonDraft:
    return PersonDraft(
        name=form.name.data or "",
        role=form.role.data or "",
        address=form.address.data or "",
        assistant_address=form.assistant_address.data or "",
        is_elected=is_elected(form.kind.data) if "kind" in form else None,
    )


def show_at_fields(form: ReplacingForm, problems: Iterable[Problem]) -> None:
    for problem in problems:
        field = form["kind" if problem.field == "is_elected" else problem.field]
        field.errors = [*field.errors, problem.message]
