"""The people of a workshop, as a list."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from events_service.alphabet import alphabetical
from events_service.letters.dates import days_list, plain_day, weekday_day_month
from events_service.letters.names import country
from events_service.model import Event
from events_service.queries.event_people import EventPerson
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.lists.kind import Column, Filter, ListKind, Word

STATES = {
    "confirmed": lazy_gettext("Confirmed"),
    "submitted": lazy_gettext("Awaits approval"),
    "waitlisted": lazy_gettext("Waiting list"),
    "turned_down": lazy_gettext("Turned down"),
    "withdrawn": lazy_gettext("Withdrawn"),
    "removed": lazy_gettext("No longer in the delegation"),
}
ANSWERS = {
    "ACCEPTED": lazy_gettext("Accepted"),
    "TENTATIVE": lazy_gettext("Tentative"),
    "DECLINED": lazy_gettext("Declined"),
    "NEEDS-ACTION": lazy_gettext("No answer"),
}
ROUTES = {"page": lazy_gettext("Page"), "mail": lazy_gettext("Mail")}
STANDING = "standing"  # those who come, or wait for a place or a decision
ORDER = {key: number for number, key in enumerate([*ANSWERS, *STATES])}


def list_of_people(event: Event, days: Sequence[date]) -> ListKind[EventPerson]:
    """`days`: those of the event."""
    return ListKind(
        columns=_columns(event),
        filters=_filters(days),
        searched=lambda one: (one.name, one.role, one.address, one.assistant, one.city),
        number=lambda one: one.member_id,
        usual_sort="city",
    )


def _columns(event: Event) -> Sequence[Column[EventPerson]]:
    return (
        Column("name", _("Name"), lambda one: one.name),
        Column("role", _("Role"), lambda one: one.role),
        Column("city", _("City"), lambda one: one.city),
        Column("country", _("Country"), lambda one: country(one.country), usual=False),
        Column("address", _("E-mail address"), lambda one: one.address, usual=False),
        Column("assistant", _("Assistant"), lambda one: one.assistant, usual=False),
        Column(
            "days",
            _("Days"),
            lambda one: days_list(one.days),
            order=lambda one: sorted(one.days) or None,
            usual=False,
            cells=[(_("Days"), lambda one: ", ".join(day.isoformat() for day in sorted(one.days)))],
        ),
        Column(
            "answer",
            _("Answer"),
            lambda one: str(ANSWERS[one.answer]) if one.answer else "",
            order=lambda one: ORDER[one.answer] if one.answer else None,
        ),
        Column(
            "how", _("By"), lambda one: str(ROUTES[one.route]) if one.route else "", usual=False
        ),
        Column(
            "answered",
            _("Answered"),
            _answered(event, lambda local: plain_day(local.date())),
            order=lambda one: one.answered_at,
            cells=[(_("Answered"), _answered(event, lambda local: f"{local:%Y-%m-%d %H:%M}"))],
        ),
        Column(
            "state",
            _("State"),
            lambda one: str(STATES[one.state]),
            order=lambda one: ORDER[one.state],
        ),
    )


def _answered(event: Event, written: Callable[[datetime], str]) -> Callable[[EventPerson], str]:
    """When somebody answered, by the clocks of the host city."""
    return lambda one: written(one.answered_at.astimezone(event.zone)) if one.answered_at else ""


def _filters(days: Sequence[date]) -> Sequence[Filter[EventPerson]]:
    return (
        Filter(
            "state",
            _("State"),
            _("Everybody, also who has left"),
            lambda _rows: [(STANDING, _("Confirmed, waiting or to be approved")), *STATES.items()],
            lambda one, state: state in (one.state, _standing(one)),
            usual=STANDING,
        ),
        Filter(
            "answer",
            _("Answer"),
            _("Any answer"),
            lambda _rows: list(ANSWERS.items()),
            lambda one, answer: one.answer == answer,
        ),
        Filter(
            "day",
            _("Day"),
            _("Any day"),
            lambda _rows: [(day.isoformat(), weekday_day_month(day)) for day in days],
            lambda one, day: date.fromisoformat(day) in one.days,
        ),
        Filter(
            "city",
            _("City"),
            _("All cities"),
            _cities,
            lambda one, city: str(one.city_id) == city,
        ),
    )


def _standing(one: EventPerson) -> str:
    return STANDING if one.state in ("confirmed", "submitted", "waitlisted") else ""


def _cities(people: Sequence[EventPerson]) -> Sequence[Word]:
    found = {str(one.city_id): one.city for one in people}
    return sorted(found.items(), key=lambda city: alphabetical(city[1]))
