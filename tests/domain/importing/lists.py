"""Lists of cities as tests write them, and the cities that are there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from events_service.domain.importing.known import KnownCity, KnownPerson
from events_service.domain.importing.lines import HEADINGS, CityLine, lines_in
from events_service.sheets.reading import sheet_in
from events_service.sheets.table import Table
from events_service.sheets.writing import as_csv

TODAY = date(2026, 11, 22)
STOCKHOLM = KnownCity(
    number=1,
    name="Stockholm",
    region="",
    country="SE",
    latitude=59.33,
    longitude=18.07,
    timezone="Europe/Stockholm",
    language="",
    member_since=date(2021, 10, 1),
    people=(KnownPerson(11, "Head of affairs", "Head", "head@stockholm.example.org"),),
    on_its_way=False,
)
NEW = {
    "name": "Łódź",
    "country": "PL",
    "latitude": 51.76,
    "longitude": 19.46,
    "timezone": "Europe/Warsaw",
}


def line(number: int, **values: Any) -> CityLine:
    return CityLine(number=number, **{"name": "Stockholm", "country": "SE", **values})


def lines_of(*rows: Sequence[str], headings: Sequence[str] = ()) -> list[CityLine]:
    """Of a CSV file with these headings, or all of them."""
    table = Table(list(headings or HEADINGS.values()), rows)
    return list(lines_in(sheet_in(as_csv(table))).lines)
