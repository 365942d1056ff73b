"""An event as an organiser plans it."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.domain.scheduling.event_plan import EventPlan, PartnerPlan, PlanProblem
from events_service.domain.scheduling.local_time import fold_choices
from events_service.letters.names import language
from events_service.model import City, Event, Organisation
from events_service.model.event import PartnerRole
from events_service.translation import lazy_gettext as _
from events_service.web.filters import city_label
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField, OneOf
from events_service.web.forms.clocks import BAD_TIME, ClockField, WhichTime, time_zones
from events_service.web.forms.numbers import WholeNumber

LANGUAGES = (
    *("en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "sk", "cs", "pl"),
    *("hu", "ro", "bg", "el", "tr", "uk", "ar", "he", "sw", "af", "xh", "zu"),
)
KINDS = [("workshop", _("Workshop")), ("summit", _("Summit"))]
ROLES = [("partner", _("Partner")), ("donor", _("Donor"))]
ANNOUNCED = ("city", "venue", "venue_address", "timezone", "starts_on", "ends_on")
MOST_PARTNERS = 60
SPARE_ROWS = 2  # empty rows for partners below those that are set


class PlannedDay(DayField):
    """A day whose absence is said by name, since the form has several."""

    def __init__(self, label: str, missing: str, **given: Any) -> None:
        super().__init__(label, **given)
        self.validators = [InputRequired(missing)]


class PartnerForm(Form):
    role = SelectField(_("Role"), validate_choice=False)
    who = SelectField(_("City or organisation"), validate_choice=False)

    def validate_who(self, field: SelectField) -> None:
        offered = {str(choice[0]) for choice in field.choices or ()}
        if field.data and field.data not in offered:
            raise ValidationError(_("Choose one from the list"))


class EventForm(PageForm):
    title = StringField(
        _("Title"),
        [InputRequired(_("Enter what the workshop is called"))],
        description=_("What it is about, as it is printed."),
    )
    kind = RadioField(_("Kind"))
    programme = StringField(
        _("Programme (optional)"), description=_("The initiative it belongs to, as printed.")
    )
    summary = TextAreaField(
        _("In two or three sentences"),
        description=_("Appears below the title on the event’s page and in invitations."),
    )
    city = OneOf(_("Host city"))
    venue = StringField(_("Venue"), description=_("The house, for example: City Hall."))
    venue_address = StringField(
        _("Address"), description=_("Street and number, and which entrance.")
    )
    timezone = SelectField(_("Time zone"), validate_choice=False)
    starts_on = PlannedDay(_("First day"), _("Enter the first day"))
    ends_on = PlannedDay(_("Last day"), _("Enter the last day"))
    capacity = WholeNumber(
        _("Places"),
        [InputRequired(_("Enter how many people can come"))],
        description=_("People in all."),
    )
    seats_per_city = WholeNumber(
        _("Places for each city"), [InputRequired(_("Enter how many people a city may send"))]
    )
    approves_delegations = BooleanField(
        _("Approve each delegation"),
        description=_(
            "A city that confirms has no places yet. You approve it, turn it down or put it on the "
            "waiting list, and read every letter before it is sent."
        ),
    )
    languages = SelectMultipleField(
        _("Languages spoken"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    closes_on = PlannedDay(
        _("Registration closes on"), _("Enter the day on which registration closes")
    )
    closes_at = ClockField(_("At"), description=_("Like 18:00, on the clocks there."))
    closes_fold = WhichTime()
    partners = FieldList(FormField(PartnerForm), max_entries=MOST_PARTNERS)

    def validate_city(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(_("Choose the host city"))


class PublishForm(PageForm):
    """A button."""


def offer_lists(
    form: EventForm, cities: Sequence[City], organisations: Sequence[Organisation]
) -> None:
    """Cities, zones, languages and partners to choose from."""
    form.kind.choices = KINDS
    spoken = [(code, language(code)) for code in LANGUAGES]
    form.languages.choices = sorted(spoken, key=lambda one: one[1])
    if "city" in form:
        form.city.choices = [(0, _("Choose")), *((one.id, city_label(one)) for one in cities)]
        zones = [(one, one) for one in sorted({*time_zones(), form.timezone.data or "UTC"})]
        form.timezone.choices = [("", _("That of the host city")), *zones]
    everybody = [
        ("", _("Nobody")),
        *((f"organisation:{one.id}", one.name) for one in organisations),
        *((f"city:{one.id}", _("City of %(name)s", name=one.name)) for one in cities),
    ]
    for entry in form.partners:
        entry.form.role.choices = ROLES
        entry.form.who.choices = everybody


def values_of(event: Event) -> dict[str, object]:
    """What the form shows for an event that stands."""
    closes = event.registration_closes_at.astimezone(event.zone)
    twice = fold_choices(event.zone, closes.date(), closes.time())
    return {
        "title": event.title,
        "kind": event.kind,
        "programme": event.programme,
        "summary": event.summary,
        "city": event.city_id,
        "venue": event.venue,
        "venue_address": event.venue_address,
        "timezone": event.timezone,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "capacity": event.capacity,
        "seats_per_city": event.seats_per_city,
        "approves_delegations": event.approves_delegations,
        "languages": list(event.languages),
        "closes_on": closes.date(),
        "closes_at": f"{closes:%H:%M}",
        "closes_fold": str(closes.fold) if twice else None,
        "partners": [
            {
                "role": one.role,
                "who": f"city:{one.city_id}"
                if one.city_id
                else f"organisation:{one.organisation_id}",
            }
            for one in event.partners
        ],
    }


def add_spare_rows(form: EventForm) -> None:
    while len(form.partners) < MOST_PARTNERS and _empty_rows(form) < SPARE_ROWS:
        form.partners.append_entry()


def _empty_rows(form: EventForm) -> int:
    return sum(not entry.form.who.data for entry in form.partners)


def leave_out_announced(form: EventForm) -> None:
    """Days and place of a published event are moved on a page of their own."""
    for name in ANNOUNCED:
        del form[name]


def plan_in(form: EventForm, city: City, announced: Event | None = None) -> EventPlan:
    """The plan that a form which passed its own checks holds; what it means is not checked yet.
    What was announced comes from the event."""
    return EventPlan(
        title=form.title.data or "",
        kind="summit" if form.kind.data == "summit" else "workshop",
        programme=form.programme.data or "",
        summary=(form.summary.data or "").replace("\r\n", "\n"),
        city_id=city.id,
        venue=announced.venue if announced else form.venue.data or "",
        venue_address=announced.venue_address if announced else form.venue_address.data or "",
        timezone=announced.timezone if announced else form.timezone.data or city.timezone,
        starts_on=announced.starts_on if announced else form.starts_on.day,
        ends_on=announced.ends_on if announced else form.ends_on.day,
        capacity=form.capacity.data or 0,
        seats_per_city=form.seats_per_city.data or 0,
        approves_delegations=bool(form.approves_delegations.data),
        languages=tuple(code for code in LANGUAGES if code in (form.languages.data or [])),
        closes_on=form.closes_on.day,
        closes_at=form.closes_at.clock or time(),
        closes_fold=form.closes_fold.fold,
        partners=tuple(_partners(form)),
    )


def _partners(form: EventForm) -> Iterable[PartnerPlan]:
    for entry in form.partners:
        kind, _, number = (entry.form.who.data or "").partition(":")
        role: PartnerRole = "donor" if entry.form.role.data == "donor" else "partner"
        if number.isascii() and number.isdigit():
            if kind == "city":
                yield PartnerPlan(role, city_id=int(number))
            elif kind == "organisation":
                yield PartnerPlan(role, organisation_id=int(number))


def clock_is_read(form: EventForm) -> bool:
    """Whether the time was one; else its field says so."""
    if form.closes_at.clock is None:
        form.closes_at.errors = [BAD_TIME]
        return False
    return True


def show_problems(form: EventForm, problems: Iterable[PlanProblem]) -> None:
    """Put each problem at its field, where the page shows it, and offer the two equal times."""
    for problem in problems:
        name = problem.field
        if problem.choices:
            name = "closes_fold"
            form.closes_fold.offer(problem.choices)
        field = form[name]
        field.errors = [*field.errors, problem.message]
