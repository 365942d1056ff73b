"""Which cities are asked to an event, and who is written to there."""

from collections.abc import Iterable, Sequence

from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import Length

from events_service.domain.scheduling.invitees import (
    LONGEST_ADDRESSEE,
    Invitee,
    InviteeProblem,
)
from events_service.model import City, Event
from events_service.web.filters import city_label
from events_service.web.forms import PageForm
from events_service.web.forms.numbers import WholeNumber

MOST_CITIES = 500


class InviteeForm(Form):
    city_id = HiddenField()
    chosen = BooleanField()
    address = EmailField("E-mail address")
    addressee = StringField("Dear …")
    seats = WholeNumber("Places")


class CitiesForm(PageForm):
    cities = FieldList(FormField(InviteeForm), max_entries=MOST_CITIES)


class RequestForm(PageForm):
    city = SelectField("City", validate_choice=False)
    addressee = StringField(
        "Dear … (optional)",
        [Length(max=LONGEST_ADDRESSEE, message=f"Shorten this to {LONGEST_ADDRESSEE} characters")],
        description="How the letter begins, for example: Deputy mayor.",
    )

    def offer(self, cities: Sequence[City]) -> None:
        self.city.choices = [("", "Choose"), *((str(one.id), city_label(one)) for one in cities)]

    def validate_city(self, field: SelectField) -> None:
        if field.data not in {str(choice[0]) for choice in field.choices or () if choice[0]}:
            raise ValidationError("Choose the city that this address speaks for")


def cities_form(cities: Sequence[City], event: Event) -> CitiesForm:
    """The form, filled from what was posted, else with each city's first contact."""
    return CitiesForm(
        data={
            "cities": [
                {
                    "city_id": str(city.id),
                    "address": city.contacts[0].address if city.contacts else "",
                    "addressee": city.contacts[0].role if city.contacts else "Mayor",
                    "seats": event.seats_per_city,
                }
                for city in cities
            ]
        }
    )


def choose_members(form: CitiesForm, cities: Iterable[City]) -> None:
    members = {str(city.id) for city in cities if city.joined_at is not None}
    for entry in form.cities:
        entry.form.chosen.data = entry.form.chosen.data or entry.form.city_id.data in members


def chosen_in(form: CitiesForm, cities: Iterable[City]) -> list[Invitee]:
    """The cities that were ticked, as typed; those that can't be asked are left out."""
    offered = {str(city.id) for city in cities}
    return [
        Invitee(
            int(row.city_id.data),
            (row.address.data or "").strip(),
            (row.addressee.data or "").strip(),
            row.seats.data or 0,
        )
        for row in (entry.form for entry in form.cities)
        if row.chosen.data and row.city_id.data in offered
    ]


def show_problems(form: CitiesForm, problems: Iterable[InviteeProblem]) -> None:
    """Put each problem at its row."""
    at = {entry.form.city_id.data: entry.form for entry in form.cities}
    for problem in problems:
        row = at[str(problem.city_id)]
        row[problem.field].errors = [problem.message]
    form.cities.errors = [entry.errors for entry in form.cities if entry.errors]
