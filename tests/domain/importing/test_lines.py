"""Reading a list line by line: what is meant, and what can't be read and where."""

from collections.abc import Sequence
from datetime import date

import pytest

from events_service.domain.importing.lines import (
    HEADINGS,
    OTHER_LANGUAGE,
    CityLine,
    as_kept,
    from_kept,
    lines_in,
)
from events_service.domain.importing.problems import LineProblem, ListRefused
from events_service.letters.names import country, country_code, written_language
from events_service.sheets.reading import sheet_in
from events_service.sheets.table import CellProblem, Line, Sheet
from tests.domain.importing.lists import lines_of


def problems_of(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.message) for one in _problems(text)]


def _problems(text: str) -> Sequence[LineProblem]:
    try:
        return lines_in(sheet_in(text.encode())).unreadable
    except ListRefused as refused:
        return refused.problems


FULL = CityLine(
    number=2,
    name="Łódź",
    country="PL",
    region="Łódzkie",
    latitude=51.76,
    longitude=-19.46,
    timezone="Europe/Warsaw",
    language="sk",
    member_since=date(2021, 10, 1),
    person="Head of affairs",
    role="+48 42 555",
    address="head@lodz.example.org",
)


def test_a_line_with_everything() -> None:
    row = ["Łódź", "Łódzkie", "Poland", "51,76", "−19.46", "Europe/Warsaw", "Slovak"]
    person = ["2021-10-01", "Head  of\taffairs", "+48 42 555", " head@lodz.example.org "]
    assert lines_of([*row, *person]) == [FULL]
    assert from_kept(as_kept([FULL])) == [FULL]


def test_a_line_with_the_least() -> None:
    assert lines_of(["SE", "Malmö"], headings=["country", "CITY"]) == [CityLine(2, "Malmö", "SE")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sweden", "SE"),
        ("se", "SE"),
        ("SWE", "SE"),
        ("UK", "GB"),
        ("USA", "US"),
        ("Cote d'Ivoire", "CI"),
        ("Nowhere", None),
        ("EU", None),
        ("", None),
    ],
)
def test_countries_as_people_write_them(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("French", "fr"), ("FRANÇAIS", "fr"), ("fr", "fr"), ("Slovenčina", "sk"), ("German", None)],
)
def test_languages_of_letters_as_people_write_them(text: str, code: str | None) -> None:
    assert written_language(text) == code


def test_every_country_is_found_by_its_own_name() -> None:
    codes = ["CI", "TR", "ST", "AX", "CD", "GB", "HK", "BA", "RE", "CW", "VA"]
    assert [country_code(country(code)) for code in codes] == codes


def test_what_cannot_be_read_is_named_by_line_and_column() -> None:
    text = (
        "City,Country,Latitude,Longitude,Language of letters,Member since,Focal point\n"
        "Newark,Nowhere,91,x,German,1/2/2021,\n"
        "\n"
        ",SE,,,,,\n"
        "Boise,,0,nan,fr,2021-13-01,\n"
    )
    degrees = "Enter degrees from −{0} to {0} in figures, like 18.07"
    day = "Write the day as year-month-day, like 2021-10-01"
    nowhere = "We know no country called “Nowhere”. Write its English name or two letters, like SE"
    assert problems_of(text) == [
        (2, "Country", nowhere),
        (2, "Latitude", degrees.format(90)),
        (2, "Longitude", degrees.format(180)),
        (2, "Language of letters", OTHER_LANGUAGE),
        (2, "Member since", day),
        (4, "City", "Enter the city’s name"),
        (5, "Country", "Enter the country"),
        (5, "Longitude", degrees.format(180)),
        (5, "Member since", day),
    ]


def test_headings_that_are_missing_doubled_or_not_ours() -> None:
    assert problems_of("City;Role;role\nx;y;z\n") == [
        (1, "role", "There are two columns of this name"),
        (1, "Country", "This column is missing"),
    ]
    assert problems_of("City,Country\n") == [
        (0, "", "The list has headings and no line below them")
    ]
    found = lines_in(sheet_in(b"Note,City,Country,,E-Mail address\nx,Newark,US,y,a@example.org\n"))
    assert found.ignored == ("Note",)
    assert found.lines == (CityLine(2, "Newark", "US", address="a@example.org"),)


def test_cells_that_the_file_itself_makes_unreadable() -> None:
    sheet = Sheet(
        (Line(1, ("City", "Country")), Line(2, ("=A1", "SE"))),
        (CellProblem(2, 0, "is a formula"), CellProblem(2, 7, "is a formula")),
    )
    found = lines_in(sheet)
    assert found.unreadable == (
        LineProblem(2, "City", "is a formula"),
        LineProblem(2, "", "is a formula"),
    )
    assert found.lines == (CityLine(2, "", "SE"),)


def test_the_headings_are_what_the_template_has() -> None:
    assert len(set(map(str, HEADINGS.values()))) == 11
