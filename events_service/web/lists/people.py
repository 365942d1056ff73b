"""The people of a workshop, as a list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from events_service.alphabet import alphabetical
from events_service.letters.dates import plain_day, weekday_day_month
from events_service.letters.names import country
from events_service.model import Event
from events_service.queries.event_people import EventPerson
from events_service.web.filters import place_label
from events_service.web.lists.kind import Column, Filter, ListKind, Word

STATES = {
    "confirmed": "Confirmed",
    "waitlisted": "Waiting list",
    "withdrawn": "Withdrawn",
    "removed": "No longer in the delegation",
}
ANSWERS = {
    "ACCEPTED": "Accepted",
    "TENTATIVE": "Tentative",
    "DECLINED": "Declined",
    "NEEDS-ACTION": "No answer",
}
ROUTES = {"page": "Page", "mail": "Mail"}
STANDING = "standing"
ORDER = {key: number for number, key in enumerate([*ANSWERS, *STATES])}


def list_of_people(event: Event, days: Sequence[date]) -> ListKind[EventPerson]:
    """`days`: those of the event."""
    return ListKind(
        columns=_columns(event),
        filters=[
            Filter(
                "state",
                "State",
                "Everybody, also who has left",
                lambda _: [(STANDING, "Confirmed and waiting"), *STATES.items()],
                lambda one, state: one.state == state or (state == STANDING and _stands(one)),
                usual=STANDING,
            ),
            Filter(
                "answer",
                "Answer",
                "Any answer",
                lambda _: list(ANSWERS.items()),
                lambda one, answer: one.answer == answer,
            ),
            Filter(
                "day",
                "Day",
                "All days",
                lambda _: [(day.isoformat(), weekday_day_month(day)) for day in days],
                lambda one, day: day in {each.isoformat() for each in one.days},
            ),
            Filter(
                "city",
                "City",
                "All cities",
                _cities,
                lambda one, city: str(one.city_id) == city,
            ),
        ],
        searched=lambda one: (one.name, one.role, one.address, one.assistant, _city(one)),
        number=lambda one: one.member_id,
        usual_sort="city",
    )


def _columns(event: Event) -> Sequence[Column[EventPerson]]:
    return (
        Column("name", "Name", lambda one: one.name),
        Column("role", "Role", lambda one: one.role),
        Column("city", "City", _city),
        Column("country", "Country", lambda one: country(one.country), usual=False),
        Column("address", "E-mail address", lambda one: one.address, usual=False),
        Column("assistant", "Assistant", lambda one: one.assistant, usual=False),
        Column(
            "days",
            "Days",
            lambda one: ", ".join(f"{day:%a}\u00a0{day.day}\u00a0{day:%b}" for day in one.days),
            order=lambda one: sorted(one.days) or None,
            usual=False,
            cells=[("Days", lambda one: ", ".join(day.isoformat() for day in sorted(one.days)))],
        ),
        Column(
            "answer",
            "Answer",
            lambda one: ANSWERS[one.answer] if one.answer else "",
            order=lambda one: ORDER[one.answer] if one.answer else None,
        ),
        Column("how", "By", lambda one: ROUTES[one.route] if one.route else "", usual=False),
        Column(
            "answered",
            "Answered",
            _at(event, lambda local: plain_day(local)),
            order=lambda one: one.answered_at,
            cells=[("Answered", _at(event, lambda local: f"{local:%Y-%m-%d %H:%M}"))],
        ),
        Column(
            "state", "State", lambda one: STATES[one.state], order=lambda one: ORDER[one.state]
        ),
    )
