"""A city or an organisation that is not in the lists yet."""

from typing import get_args

from babel import Locale
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from events_service.letters.names import NO_COUNTRIES, language
from events_service.model.place import OrganisationKind
from events_service.translation import LANGUAGES
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONGEST_NAME, within
from events_service.web.forms.clocks import time_zones
from events_service.web.forms.numbers import Degrees

KINDS = {
    "civil_society": "Civil society",
    "national_government": "National government",
    "donor": "Donor",
    "city_network": "Network of cities",
    "academia": "University or research",
    "multilateral": "International organisation",
}
assert set(KINDS) == set(get_args(OrganisationKind))


def countries() -> list[tuple[str, str]]:
    """ISO 3166-1 alpha-2 code and English name, by name."""
    names = Locale("en", "GB").territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted((one for one in found if one[0] not in NO_COUNTRIES), key=lambda one: one[1])


def written_in() -> list[tuple[str, str]]:
    """Code and English name of each language that letters are written in, by name."""
    return sorted(((code, language(code)) for code in LANGUAGES), key=lambda one: one[1])


class CityForm(PageForm):
    name = StringField(
        "Name", [InputRequired("Enter the city’s name"), *within(LONGEST_NAME, "the name")]
    )
    country = SelectField("Country", [InputRequired("Choose a country")])
    latitude = Degrees(
        "Latitude",
        [
            InputRequired("Enter the latitude, like 59.33"),
            NumberRange(-90, 90, "Enter degrees from −90 to 90"),
        ],
        description="Degrees north of the equator; south with a minus.",
    )
    longitude = Degrees(
        "Longitude",
        [
            InputRequired("Enter the longitude, like 18.07"),
            NumberRange(-180, 180, "Enter degrees from −180 to 180"),
        ],
        description="Degrees east of Greenwich; west with a minus. Both set the seal on the map.",
    )
    timezone = SelectField("Time zone", [InputRequired("Choose a time zone")])
    language = SelectField(
        "Language of letters",
        [Optional()],
        description="Somebody who chooses another for themselves is written to in that.",
    )

    def offer_lists(self) -> None:
        self.country.choices = [("", "Choose"), *countries()]
        self.timezone.choices = [("", "Choose"), *((one, one) for one in time_zones())]
        self.language.choices = [("", "Not known: English"), *written_in()]


class OrganisationForm(PageForm):
    name = StringField("Name", [InputRequired("Enter its name"), *within(LONGEST_NAME, "the name")])
    kind = RadioField("What it is", [InputRequired("Choose what it is")])
    country = SelectField("Country (optional)", [Optional()])

    def offer_lists(self) -> None:
        self.kind.choices = list(KINDS.items())
        self.country.choices = [("", "None, or several"), *countries()]
