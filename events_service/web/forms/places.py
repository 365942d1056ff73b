"""A city or an organisation that is not in the lists yet."""

from typing import get_args

from babel import Locale
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from events_service.letters.names import NO_COUNTRIES, language
from events_service.model.place import OrganisationKind
from events_service.translation import LANGUAGES, current_locale
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONG_NAME, short_line
from events_service.web.forms.clocks import time_zones
from events_service.web.forms.numbers import Degrees

KINDS = {
    "civil_society": _("Civil society"),
    "national_government": _("National government"),
    "donor": _("Donor"),
    "city_network": _("Network of cities"),
    "academia": _("University or research"),
    "multilateral": _("International organisation"),
}
assert set(KINDS) == set(get_args(OrganisationKind))


def countries() -> list[tuple[str, str]]:
    """ISO 3166-1 alpha-2 code and name, by name."""
    names = Locale.parse(current_locale()).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted((one for one in found if one[0] not in NO_COUNTRIES), key=lambda one: one[1])


def written_in() -> list[tuple[str, str]]:
    """Code and name of each language that letters are written in, by name."""
    return sorted(((code, language(code)) for code in LANGUAGES), key=lambda one: one[1])


class CityForm(PageForm):
    name = StringField(
        _("Name"), [InputRequired(_("Enter the city’s name")), *short_line(LONG_NAME)]
    )
    country = SelectField(_("Country"), [InputRequired(_("Choose a country"))])
    latitude = Degrees(
        _("Latitude"),
        [
            InputRequired(_("Enter the latitude, like 59.33")),
            NumberRange(-90, 90, _("Enter degrees from −90 to 90")),
        ],
        description=_("Degrees north of the equator; south with a minus."),
    )
    longitude = Degrees(
        _("Longitude"),
        [
            InputRequired(_("Enter the longitude, like 18.07")),
            NumberRange(-180, 180, _("Enter degrees from −180 to 180")),
        ],
        description=_(
            "Degrees east of Greenwich; west with a minus. Both set the seal on the map."
        ),
    )
    timezone = SelectField(_("Time zone"), [InputRequired(_("Choose a time zone"))])
    language = SelectField(
        _("Language of letters"),
        [Optional()],
        description=_("Somebody who chooses another for themselves is written to in that."),
    )

    def offer_lists(self) -> None:
        self.country.choices = [("", _("Choose")), *countries()]
        self.timezone.choices = [("", _("Choose")), *((one, one) for one in time_zones())]
        self.language.choices = [("", _("Not known: English")), *written_in()]


class OrganisationForm(PageForm):
    name = StringField(_("Name"), [InputRequired(_("Enter its name")), *short_line(LONG_NAME)])
    kind = RadioField(_("What it is"), [InputRequired(_("Choose what it is"))])
    country = SelectField(_("Country (optional)"), [Optional()])

    def offer_lists(self) -> None:
        self.kind.choices = list(KINDS.items())
        self.country.choices = [("", _("None, or several")), *countries()]
