"""Badges, name plates, lists: who is on them, that nothing reaches beyond its box, any script."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from events_service.documents.papers import TITLES, Happening, Paper, Person, paper_pdf

DAYS = (date(2027, 5, 31), date(2027, 6, 1))
EVENT = Happening(
    "Stockholm",
    "31\xa0May\xa0– 1\xa0June 2027",
    {DAYS[0]: "Monday 31\xa0May 2027", DAYS[1]: "Tuesday 1\xa0June 2027"},
)
CREW = [
    Person("Åsa Öberg", "Deputy mayor", "Malmö", DAYS),
    Person("Mayor, Newark", "Mayor", "Newark", DAYS[:1]),
]
POINTS = 72 / 25.4  # in a millimetre


def made(paper: Paper, people: list[Person]) -> PdfReader:
    return PdfReader(BytesIO(paper_pdf(paper, EVENT, people, network="Network of Cities")))


def words(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").replace("\u00a0", " ").split())


def reach(reader: PdfReader) -> list[tuple[float, float, str]]:
    """Where each piece of text begins and how far it goes to the right at most, in points."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, _cm: Any, tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append((tm[4], tm[4] + len(text.strip()) * size, text.strip()))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("paper", list(TITLES))
def test_each_is_tagged_and_a4(paper: Paper) -> None:
    reader = made(paper, CREW)
    catalogue: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en-GB"
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == f"{TITLES[paper]}, Stockholm, 31\xa0May\xa0– 1\xa0June 2027"
    sizes = {tuple(sorted(map(round, page.mediabox[2:]))) for page in reader.pages}
    assert sizes == {(595, 842)}


@pytest.mark.parametrize("paper", list(TITLES))
def test_names_roles_and_cities_and_no_role_twice(paper: Paper) -> None:
    text = words(made(paper, CREW))
    for word in ("Åsa Öberg", "Deputy mayor", "Malmö", "Mayor, Newark"):
        assert word in text
    assert text.count("Mayor") == text.count("Mayor, Newark")


def test_eight_badges_a_sheet_and_a_plate_a_person() -> None:
    assert [len(made("badges", CREW * n).pages) for n in (1, 4, 5)] == [1, 1, 2]
    assert [len(made("plates", CREW * n).pages) for n in (1, 3)] == [2, 6]


def test_a_plate_says_a_name_once_to_who_listens() -> None:
    """It is printed twice; the copy that stands upside down is no part of the document."""
    [page] = made("plates", CREW[:1]).pages
    content = page.get_contents()
    assert content is not None
    assert content.get_data().count(b"/Artifact") >= 1


def test_a_sheet_to_sign_for_each_day_with_those_expected() -> None:
    first, second = made("signatures", CREW).pages
    assert "Monday 31 May 2027" in words_of(first) and "Mayor, Newark" in words_of(first)
    assert "Tuesday 1 June 2027" in words_of(second) and "Mayor, Newark" not in words_of(second)
    assert "One person expected" in words_of(second)


def words_of(page: Any) -> str:
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


LONG = "Head of the department for social cohesion, prevention of violence and public affairs"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.mark.parametrize("name", ["W" * 200, WORD, "Very long name " * 13, "Short-name-" * 18])
@pytest.mark.parametrize("paper", list(TITLES))
def test_the_longest_names_stay_on_the_paper_and_complete(paper: Paper, name: str) -> None:
    reader = made(paper, [Person(name.strip(), LONG, "Llanfair" * 10, DAYS)])
    width = float(reader.pages[0].mediabox.width)
    text = words(reader).replace(" ", "")
    assert name.replace(" ", "") in text
    assert LONG.replace(" ", "") in text
    assert max(start for start, _, _ in reach(reader)) < width - 10 * POINTS


@pytest.mark.parametrize(
    "name",
    [
        "Αλέξανδρος",
        "Олександр",
        "Žofia Łódź",
        "Nguyễn Hương",
        "მერი",
        "Քաղաքապետ",
        "ראש העיר",
        "عمر",
    ],
)
def test_any_script_that_our_typefaces_have(name: str) -> None:
    reader = made("badges", [Person(name, "", "Malmö", DAYS)])
    assert "<pdfuaid:part>1</pdfuaid:part>" in (
        reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    )
    assert "Malmö" in words(reader)


def test_letters_that_no_typeface_has_do_not_keep_the_rest_from_being_printed() -> None:
    """An unassigned character: whichever fonts the machine has, none has this one."""
    reader = made("badges", [*CREW, Person("\U000e0fff Mayor", "", "Oslo", DAYS)])
    assert "Åsa Öberg" in words(reader)


def test_values_are_inert() -> None:
    hostile = '#eval("1+1") #read("/etc/passwd") *bold* $x$ @label https://evil.example.org'
    for paper in TITLES:
        reader = made(paper, [Person(hostile, "", "Oslo", DAYS)])
        assert '#eval("1+1")#read("/etc/passwd")*bold*$x$@label' in words(reader).replace(" ", "")
        assert [page for page in reader.pages if "/Annots" in page] == []


def test_the_same_people_give_the_same_bytes() -> None:
    one, other = (paper_pdf("badges", EVENT, CREW, network="N") for _ in range(2))
    assert one == other
