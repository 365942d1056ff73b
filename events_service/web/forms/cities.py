"""Which cities are asked to an event, and who is written to there."""

from collections.abc import Collection, Iterable, Sequence

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from events_service.domain.scheduling.invitees import (
    LONGEST_ADDRESSEE,
    Invitee,
    InviteeProblem,
)
from events_service.model import City, Event
from events_service.translation import gettext, lazy_number
from events_service.translation import lazy_gettext as _
from events_service.web.filters import city_label
from events_service.web.forms import PageForm
from events_service.web.forms.address import AddressField
from events_service.web.forms.numbers import WholeNumber

MOST_CITIES = 500


class InviteeForm(Form):
    city_id = HiddenField()
    chosen = BooleanField()
    address = AddressField(_("E-mail address"))
    addressee = StringField(_("Dear …"))
    seats = WholeNumber(_("Places"))
    seats_elected = WholeNumber(_("Of these, elected"))


class CitiesForm(PageForm):
    each_seats = WholeNumber(_("Places for each city"), [Optional()])
    each_elected = WholeNumber(_("Of these, for elected officials"), [Optional()])
    cities = FieldList(FormField(InviteeForm), max_entries=MOST_CITIES)


class RequestForm(PageForm):
    city = SelectField(_("City"), validate_choice=False)
    addressee = StringField(
        _("Dear … (optional)"),
        [
            Length(
                max=LONGEST_ADDRESSEE,
                message=_(
                    "Shorten this to %(most)s characters", most=lazy_number(LONGEST_ADDRESSEE)
                ),
            )
        ],
        description=_("How the letter begins, for example: Deputy mayor."),
    )

    def offer(self, cities: Sequence[City]) -> None:
        self.city.choices = [("", _("Choose")), *((str(one.id), city_label(one)) for one in cities)]

    def validate_city(self, field: SelectField) -> None:
        if field.data not in {str(choice[0]) for choice in field.choices or () if choice[0]}:
            raise ValidationError(_("Choose the city that this address speaks for"))


def cities_form(cities: Sequence[City], event: Event) -> CitiesForm:
    """The form, filled from what was posted, else with each city's first contact."""
    seats = min(event.seats_per_city, event.capacity)
    return CitiesForm(
        data={
            "each_seats": seats,
            "each_elected": 0,
            "cities": [
                {
                    "city_id": str(city.id),
                    "address": city.contacts[0].address if city.contacts else "",
                    "addressee": city.contacts[0].role if city.contacts else "Mayor",
                    "seats": seats,
                    "seats_elected": 0,
                }
                for city in cities
            ],
        }
    )


def choose_members(form: CitiesForm, cities: Iterable[City]) -> None:
    choose(form, {str(city.id) for city in cities if city.joined_at is not None})


def choose(form: CitiesForm, numbers: Collection[str]) -> None:
    """Tick the cities of these numbers, beside those that are ticked."""
    for entry in form.cities:
        entry.form.chosen.data = entry.form.chosen.data or entry.form.city_id.data in numbers


def share_out(form: CitiesForm) -> None:
    """Give every city of the list the places that are typed above it."""
    for entry in form.cities:
        for row, each in (("seats", form.each_seats), ("seats_elected", form.each_elected)):
            if each.data is not None:
                entry.form[row].data, entry.form[row].raw_data = each.data, None


def chosen_in(form: CitiesForm, cities: Iterable[City]) -> list[Invitee]:
    """The cities that were ticked, as typed; those that can't be asked are left out."""
    offered = {str(city.id) for city in cities}
    return [
        Invitee(
            int(row.city_id.data),
            (row.address.data or "").strip(),
            (row.addressee.data or "").strip(),
            row.seats.data or 0,
            row.seats_elected.data or 0,
        )
        for row in (entry.form for entry in form.cities)
        if row.chosen.data and row.city_id.data in offered
    ]


def show_problems(
    form: CitiesForm, problems: Iterable[InviteeProblem], cities: Iterable[City]
) -> None:
    """Put each problem at its row, under the name of its city: they stand above the form, too."""
    at = {entry.form.city_id.data: entry.form for entry in form.cities}
    for problem in problems:
        row = at[str(problem.city_id)]
        row[problem.field].errors = [problem.message]
    for city in cities:
        for cell in at.get(str(city.id), ()):
            cell.errors = [_said_of(city, message) for message in cell.errors]
    form.cities.errors = [entry.errors for entry in form.cities if entry.errors]


def _said_of(city: City, message: str) -> str:
    return gettext("%(city)s: %(problem)s", city=city_label(city), problem=message)
