"""Lists by their address: searched, filtered, sorted, laid out and paged, over plain rows."""

from dataclasses import dataclass

import pytest
from werkzeug.datastructures import MultiDict

from events_service.web.lists.finding import PAGE, find
from events_service.web.lists.kind import Column, Filter, ListKind
from events_service.web.lists.wanted import Wanted, wanted_in


@dataclass(frozen=True)
class Row:
    number: int
    name: str
    city: str
    places: int | None = None


KIND: ListKind[Row] = ListKind(
    columns=(
        Column("name", "Name", lambda row: row.name),
        Column("city", "City", lambda row: row.city),
        Column("places", "Places", lambda row: str(row.places or ""), lambda row: row.places),
        Column(
            "number", "Number", lambda row: str(row.number), lambda row: row.number, usual=False
        ),
    ),
    filters=(
        Filter(
            "size",
            "Size",
            "All",
            lambda _: [("some", "Some"), ("none", "None")],
            lambda row, size: bool(row.places) == (size == "some"),
            usual="some",
        ),
        Filter(
            "city",
            "City",
            "All cities",
            lambda rows: [(row.city, row.city) for row in rows],
            lambda row, city: row.city == city,
        ),
    ),
    searched=lambda row: (row.name, row.city),
    number=lambda row: row.number,
    usual_sort="name",
)
ROWS = [
    Row(1, "Ömer", "Malmö", 3),
    Row(2, "Żaneta", "Łódź", 1),
    Row(3, "Zoe", "Malmö", 2),
    Row(4, "Østen", "Århus", None),
    Row(5, "Odile", "Aarau", 5),
]


def asked(address: str) -> Wanted:
    pairs = [tuple(part.split("=", 1)) for part in address.split("&") if part]
    return wanted_in(MultiDict(pairs), KIND)


def names(address: str = "") -> list[str]:
    return [row.name for row in find(KIND, ROWS, asked(address)).rows]


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    assert names("size=all") == ["Odile", "Ömer", "Østen", "Żaneta", "Zoe"]
    assert names("size=all&sort=-name") == ["Zoe", "Żaneta", "Østen", "Ömer", "Odile"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Malmo", ["Ömer", "Zoe"]),
        ("MALMÖ zo", ["Zoe"]),
        ("lodz", ["Żaneta"]),
        ("aarh", []),
        ("ost arh", []),
        ("  ", ["Odile", "Ömer", "Żaneta", "Zoe"]),
        ("...", ["Odile", "Ömer", "Żaneta", "Zoe"]),
        ("x", []),
    ],
)
def test_search_finds_words_with_or_without_their_accents(search: str, found: list[str]) -> None:
    assert names(f"q={search}") == found


def test_filters_and_their_usual_answer() -> None:
    assert names() == ["Odile", "Ömer", "Żaneta", "Zoe"]
    assert names("size=none") == ["Østen"]
    assert names("size=all&city=Malmö") == ["Ömer", "Zoe"]
    assert names("size=none&city=Malmö") == []
    assert asked("size=some&city=").filters == {}  # the usual ones: not narrowed
    assert not asked("size=some&city=").narrowed


def test_what_means_nothing_is_left_out() -> None:
    assert names("size=huge&city=Atlantis&sort=shoe&column=hat&page=x") == names()
    wanted = asked("sort=shoe&column=hat&page=-1&q=\x00")
    assert wanted == Wanted()


def test_rows_without_a_value_come_last_either_way() -> None:
    assert names("size=all&sort=places") == ["Żaneta", "Zoe", "Ömer", "Odile", "Østen"]
    assert names("size=all&sort=-places") == ["Odile", "Ömer", "Zoe", "Żaneta", "Østen"]


def test_rows_that_are_alike_keep_the_usual_order() -> None:
    assert names("sort=-city") == ["Ömer", "Zoe", "Żaneta", "Odile"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", ["name", "city", "places"]),
        ("column=number", ["name", "number"]),
        ("column=number&column=city", ["name", "city", "number"]),
        ("column=name", ["name", "city", "places"]),
    ],
)
def test_columns_are_chosen_and_the_first_one_stays(address: str, shown: list[str]) -> None:
    assert [one.key for one in find(KIND, ROWS, asked(address)).columns] == shown


def test_pages_of_a_hundred() -> None:
    rows = [Row(number, f"{number:04}", "x", 1) for number in range(2 * PAGE + 1)]
    pages = [find(KIND, rows, Wanted(page=number)) for number in (1, 2, 3, 4)]
    assert [(one.number, one.last, len(one.page)) for one in pages] == [
        (1, 3, PAGE),
        (2, 3, PAGE),
        (3, 3, 1),
        (3, 3, 1),
    ]
    assert pages[1].page[0].name == f"{PAGE:04}"
    empty = find(KIND, [], Wanted())
    assert (empty.number, empty.last, empty.page) == (1, 1, [])


def test_the_address_says_what_was_asked_and_nothing_more() -> None:
    wanted = asked("q= a  b &size=none&sort=-city&column=number&page=2")
    expected = {"q": "a b", "size": "none", "sort": "-city", "column": ["number"], "page": 2}
    assert wanted.args() == expected
    assert Wanted().args() == asked("size=some&column=city&column=places").args() == {}
    assert wanted.args(page=1, search="") == {
        "size": "none",
        "sort": "-city",
        "column": ["number"],
    }
