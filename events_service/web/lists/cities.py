"""All cities of the network, as a list, and as the lines of a file: one for each focal point."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from events_service.alphabet import alphabetical
from events_service.letters.dates import plain_day
from events_service.letters.names import country, language
from events_service.queries.network import FocalPoint, NetworkCity
from events_service.web.filters import city_label
from events_service.web.lists.kind import Column, Filter, ListKind, Word

NOBODY = FocalPoint("", "", "")


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
        "City",
        city_label,
        cells=[
            ("City", lambda one: one.name),
            ("State or region", lambda one: one.subdivision or ""),
        ],
    ),
    Column("country", "Country", lambda one: country(one.country)),
    Column(
        "member",
        "Member since",
        lambda one: _day(one.member_since),
        order=lambda one: one.member_since,
        cells=[("Member since", lambda one: _iso(one.member_since))],
    ),
    Column(
        "people",
        "Focal points",
        lambda one: "; ".join(point.name for point in one.focal_points),
        cells=[
            ("Focal point", lambda one: one.focal_points[0].name),
            ("Role", lambda one: one.focal_points[0].role),
            ("E-mail address", lambda one: one.focal_points[0].address),
        ],
    ),
    Column("timezone", "Time zone", lambda one: one.timezone, usual=False),
    Column("language", "Language of letters", _language, usual=False),
    Column(
        "place",
        "Coordinates",
        lambda one: f"{one.latitude:g}, {one.longitude:g}",
        order=lambda one: (one.latitude, one.longitude),
        usual=False,
        cells=[("Latitude", lambda one: one.latitude), ("Longitude", lambda one: one.longitude)],
    ),
    Column(
        "invited",
        "Last invited",
        lambda one: _day(one.invited_on),
        order=lambda one: one.invited_on,
        cells=[("Last invited", lambda one: _iso(one.invited_on))],
    ),
    Column(
        "attended",
        "Last attended",
        lambda one: _day(one.attended_on),
        order=lambda one: one.attended_on,
        cells=[("Last attended", lambda one: _iso(one.attended_on))],
    ),
)
FILTERS: Sequence[Filter[NetworkCity]] = (
    Filter(
        "member",
        "Membership",
        "Members and others",
        lambda _: [("yes", "Members"), ("no", "Not members")],
        lambda one, answer: (one.member_since is not None) == (answer == "yes"),
    ),
    Filter(
        "country", "Country", "All countries", _countries, lambda one, code: one.country == code
    ),
    Filter(
        "people",
        "Focal points",
        "With and without",
        lambda _: [("yes", "With a focal point"), ("no", "Without")],
        lambda one, answer: bool(one.focal_points) == (answer == "yes"),
    ),
)
