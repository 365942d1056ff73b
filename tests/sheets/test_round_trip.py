"""What is written is what is read: by CSV and by XLSX, whatever the texts are."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.sheets.formulas import guarded, unguarded
from events_service.sheets.reading import sheet_in
from events_service.sheets.table import Table, writable
from events_service.sheets.writing import as_csv, as_xlsx

ODD = [
    "=1+1",
    "+32 2 555",
    "-1",
    "@x",
    "'",
    "'=x",
    "''+x",
    " =x",
    "\tx",
    "_x0041_",
    "_x005F_x0041_",
]
texts = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"])))


def read(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in sheet_in(content).lines]


def without_line_ends(text: str) -> str:
    """XML reads each kind of line end as one."""
    return writable(text).replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
def test_a_text_that_looks_like_a_formula_is_marked_and_comes_back(text: str) -> None:
    marked = guarded(text)
    assert unguarded(marked) == text
    assert not marked.startswith(tuple("=+-@\t\r"))


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_csv_comes_back_as_it_was(lines: list[tuple[str, str]]) -> None:
    table = Table(["Name", "Role"], [("x" + first, second) for first, second in lines])
    written = as_csv(table)
    expected = [("Name", "Role"), *((writable(a), writable(b)) for a, b in table.lines)]
    assert read(written) == expected
    assert b"\x00" not in written
    cells = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True)
    assert [cell for line in cells for cell in line if cell.startswith(tuple("=+-@\t\r"))] == []


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_xlsx_comes_back_as_it_was(lines: list[tuple[str, str]]) -> None:
    table = Table(["Name", "Role"], [("x" + first, second) for first, second in lines])
    expected = [("Name", "Role"), *table.lines]
    found = [cells[:2] for cells in read(as_xlsx(table, "Cities"))]
    assert [[without_line_ends(cell) for cell in line] for line in found] == [
        [without_line_ends(cell) for cell in line] for line in expected
    ]


def test_both_kinds_of_files_to_the_letter() -> None:
    """RFC 4180: CRLF, quotation marks doubled; the mark of UTF-8 first, which Excel looks for."""
    table = Table(["City", "Note"], [["Malmö", 'a "b", c'], ["=1+1", -3.5], ["+32 2", "1\n2"]])
    assert as_csv(table).decode() == (
        '\ufeffCity,Note\r\nMalmö,"a ""b"", c"\r\n\'=1+1,\'-3.5\r\n\'+32 2,"1\n2"\r\n'
    )


def test_texts_are_texts_in_a_workbook() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(as_xlsx(Table(["A"], [["=1+1"], ["#N/A"], [59.33]]), "Cities")))
    sheet = book.active
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [
        ("A", "s"),
        ("=1+1", "s"),
        ("#N/A", "s"),
        (59.33, "n"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_other_programs(delimiter: str, encoding: str) -> None:
    content = f"City{delimiter}Role\r\n\r\nŁódź{delimiter}'-x\r\n".encode(encoding)
    assert [(line.number, line.cells) for line in sheet_in(content).lines] == [
        (1, ("City", "Role")),
        (3, ("Łódź", "-x")),
    ]
