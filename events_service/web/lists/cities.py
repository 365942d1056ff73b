"""All cities of the network, as a list, and as the lines of a file: one for each focal point."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from events_service.alphabet import alphabetical
from events_service.letters.dates import plain_day
from events_service.letters.names import country, language
from events_service.queries.network import FocalPoint, NetworkCity
from events_service.translation import lazy_gettext
from events_service.web.filters import city_label
from events_service.web.lists.kind import Column, Filter, ListKind, Word

NOBODY = FocalPoint("", "", "")
IMPORTED = ("country", "member", "people", "timezone", "language", "place")  # columns read again


def list_of_cities() -> ListKind[NetworkCity]:
    return ListKind(
        columns=COLUMNS,
        filters=FILTERS,
        searched=_texts,
        number=lambda one: one.city_id,
        usual_sort="name",
    )


def lines_of(cities: Iterable[NetworkCity]) -> list[NetworkCity]:
    """Each city once for each of its focal points, and once if it has none."""
    return [
        replace(city, focal_points=(point,))
        for city in cities
        for point in city.focal_points or (NOBODY,)
    ]


def _texts(city: NetworkCity) -> Sequence[str]:
    people = [text for one in city.focal_points for text in (one.name, one.role, one.address)]
    return (city_label(city), country(city.country), city.timezone, *people)


def _day(day: date | None) -> str:
    return plain_day(day) if day else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _language(city: NetworkCity) -> str:
    return language(city.language) if city.language else ""


def _countries(cities: Sequence[NetworkCity]) -> Sequence[Word]:
    found = {one.country: country(one.country) for one in cities}
    return sorted(found.items(), key=lambda one: alphabetical(one[1]))


COLUMNS: Sequence[Column[NetworkCity]] = (
    Column(
        "name",
        lazy_gettext("City"),
        city_label,
        cells=[
            (lazy_gettext("City"), lambda one: one.name),
            (lazy_gettext("State or region"), lambda one: one.subdivision or ""),
        ],
    ),
    Column("country", lazy_gettext("Country"), lambda one: country(one.country)),
    Column(
        "member",
        lazy_gettext("Member since"),
        lambda one: _day(one.member_since),
        order=lambda one: one.member_since,
        cells=[(lazy_gettext("Member since"), lambda one: _iso(one.member_since))],
    ),
    Column(
        "people",
        lazy_gettext("Focal points"),
        lambda one: "; ".join(point.name for point in one.focal_points),
        cells=[
            (lazy_gettext("Focal point"), lambda one: one.focal_points[0].name),
            (lazy_gettext("Role"), lambda one: one.focal_points[0].role),
            (lazy_gettext("E-mail address"), lambda one: one.focal_points[0].address),
        ],
    ),
    Column("timezone", lazy_gettext("Time zone"), lambda one: one.timezone, usual=False),
    Column("language", lazy_gettext("Language of letters"), _language, usual=False),
    Column(
        "place",
        lazy_gettext("Coordinates"),
        lambda one: f"{one.latitude:g}, {one.longitude:g}",
        order=lambda one: (one.latitude, one.longitude),
        usual=False,
        cells=[
            (lazy_gettext("Latitude"), lambda one: one.latitude),
            (lazy_gettext("Longitude"), lambda one: one.longitude),
        ],
    ),
    Column(
        "invited",
        lazy_gettext("Last invited"),
        lambda one: _day(one.invited_on),
        order=lambda one: one.invited_on,
        cells=[(lazy_gettext("Last invited"), lambda one: _iso(one.invited_on))],
    ),
    Column(
        "attended",
        lazy_gettext("Last attended"),
        lambda one: _day(one.attended_on),
        order=lambda one: one.attended_on,
        cells=[(lazy_gettext("Last attended"), lambda one: _iso(one.attended_on))],
    ),
)
FILTERS: Sequence[Filter[NetworkCity]] = (
    Filter(
        "member",
        lazy_gettext("Membership"),
        lazy_gettext("Members and others"),
        lambda _rows: [("yes", lazy_gettext("Members")), ("no", lazy_gettext("Not members"))],
        lambda one, answer: (one.member_since is not None) == (answer == "yes"),
    ),
    Filter(
        "country",
        lazy_gettext("Country"),
        lazy_gettext("All countries"),
        _countries,
        lambda one, code: one.country == code,
    ),
    Filter(
        "people",
        lazy_gettext("Focal points"),
        lazy_gettext("With and without"),
        lambda _rows: [
            ("yes", lazy_gettext("With a focal point")),
            ("no", lazy_gettext("Without")),
        ],
        lambda one, answer: bool(one.focal_points) == (answer == "yes"),
    ),
)
