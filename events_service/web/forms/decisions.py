"""What an organiser decides about delegations, offers to them and keeps for some."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import Form, FormField, HiddenField, SelectField, TextAreaField
from wtforms.fields import FieldList
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from events_service.domain.registration.deciding import LONGEST_REASON
from events_service.domain.registration.quotas import KINDS, KINDS_OF_CITIES
from events_service.domain.scheduling.local_time import instant_of, time_problem
from events_service.model import CityInvitation, Event
from events_service.model.registration import QuotaKind
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField
from events_service.web.forms.clocks import BAD_TIME, ClockField
from events_service.web.forms.numbers import WholeNumber

MOST = 10_000


class DecisionForm(PageForm):
    because = TextAreaField(
        lazy_gettext("Why (needed to turn down)"),
        [Length(max=LONGEST_REASON, message=lazy_gettext("Shorten the reason"))],
        description=lazy_gettext("The city reads it when you turn its delegation down."),
    )


class OfferForm(PageForm):
    places = WholeNumber(
        lazy_gettext("Places"), [InputRequired(lazy_gettext("Enter how many places you offer"))]
    )
    until_on = DayField(lazy_gettext("The city answers by"))
    until_at = ClockField(
        lazy_gettext("At"), description=lazy_gettext("Like 18:00, on the clocks of the host city.")
    )


def until_in(form: OfferForm, zone: ZoneInfo) -> datetime | None:
    """The instant, of a form that passed its own checks; None, and said at its field, when there
    is no such time."""
    clock = form.until_at.clock
    if clock is None:
        form.until_at.errors = [BAD_TIME]
        return None
    if problem := time_problem(zone, form.until_on.day, clock, 0):
        form.until_at.errors = [problem.message]
        return None
    return instant_of(zone, form.until_on.day, clock, 0)


class CityForm(Form):
    invitation_id = HiddenField()
    counts_as = SelectField(lazy_gettext("Counts as"))


def _seats(label: str) -> WholeNumber:
    wrong = lazy_gettext("Enter a number of places, or nothing")
    return WholeNumber(label, [Optional(), NumberRange(0, MOST, message=wrong)])


class KeptPlacesForm(PageForm):
    host_region = _seats(lazy_gettext("For cities of the host’s region"))
    new_cities = _seats(lazy_gettext("For cities new to the network"))
    practitioners = _seats(lazy_gettext("For practitioners"))
    cities = FieldList(FormField(CityForm))


def kept_places_form(event: Event, invitations: Sequence[CityInvitation]) -> KeptPlacesForm:
    """Filled from what was posted, else from what is kept."""
    kept: dict[str, object] = {one.kind: one.seats for one in event.quotas}
    kept["cities"] = [
        {"invitation_id": str(one.id), "counts_as": one.counts_as or ""} for one in invitations
    ]
    form = KeptPlacesForm(data=kept)
    words = {"host_region": _("Host’s region"), "new_cities": _("New to the network")}
    for entry in form.cities:
        entry.form.counts_as.choices = [
            ("", _("Neither")),
            *((kind, words[kind]) for kind in KINDS_OF_CITIES),
        ]
    return form


def seats_in(form: KeptPlacesForm) -> dict[QuotaKind, int]:
    return {kind: form[kind].data or 0 for kind in KINDS}


def kinds_in(form: KeptPlacesForm) -> dict[int, QuotaKind | None]:
    """Whose kept places each city has, by number of its invitation."""
    found: dict[int, QuotaKind | None] = {}
    for entry in form.cities:
        number = entry.form.invitation_id.data or ""
        if number.isascii() and number.isdigit() and len(number) < 19:
            chosen = entry.form.counts_as.data
            found[int(number)] = next((kind for kind in KINDS_OF_CITIES if kind == chosen), None)
    return found
