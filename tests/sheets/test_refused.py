"""Files that are not read, and why: what a list has no use for, and what only looks like one."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from events_service.sheets import csv_reading, reading, xlsx_reading
from events_service.sheets.reading import sheet_in
from events_service.sheets.table import CellProblem, NoSheet, Table
from events_service.sheets.writing import as_csv, as_xlsx

LIST = Table(["City"], [["Newark"]])
SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"


def repacked(changed: dict[str, bytes]) -> bytes:
    """A workbook of ours with other parts put in their places, or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(LIST, "Cities"))) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in {*before.namelist(), *changed}:
            after.writestr(name, changed.get(name) or before.read(name))
    return out.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(LIST, "Cities"))) as archive:
        return archive.read(name)


def why_not(content: bytes) -> str:
    with pytest.raises(NoSheet) as refused:
        sheet_in(content)
    return str(refused.value)


def test_control_the_list_itself_is_read() -> None:
    for content in (as_csv(LIST), as_xlsx(LIST, "Cities"), repacked({})):
        assert [line.cells[0] for line in sheet_in(content).lines] == ["City", "Newark"]


def test_what_is_empty_or_too_large() -> None:
    assert why_not(b"") == why_not(b"\xef\xbb\xbf\r\n , \r\n") == reading.EMPTY
    assert why_not(b"x" * (reading.MOST_BYTES + 1)) == reading.TOO_LARGE
    assert sheet_in(b"City\r\n" + b"x\r\n" * 5000).lines[-1].number == 5001
    assert why_not(b"City\r\n" + b"x\r\n" * 5001) == csv_reading.too_long(5000)
    many = Table(["City"], [["x"]] * 5001)
    assert why_not(as_xlsx(many, "Cities")) == csv_reading.too_long(5000)


def test_text_that_is_no_csv() -> None:
    assert why_not("City\r\nMalmö".encode("cp1252")) == csv_reading.NOT_UTF8
    assert why_not(b'City\r\n"New\r\nark') == csv_reading.not_csv(2)
    assert why_not(b"\xd0\xcf\x11\xe0" + b"x" * 600) == reading.OLD_EXCEL


def test_workbooks_that_are_none() -> None:
    assert why_not(b"PK\x03\x04 and then nothing") == xlsx_reading.UNREADABLE
    assert why_not(repacked({SHEET: b"<nothing"})) == xlsx_reading.UNREADABLE
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert why_not(out.getvalue()) == xlsx_reading.UNREADABLE


def test_workbooks_that_could_do_harm() -> None:
    macros = part(TYPES).replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    assert why_not(repacked({TYPES: macros})) == xlsx_reading.HAS_MACROS
    assert why_not(repacked({"xl/vbaProject.bin": b"x"})) == xlsx_reading.HAS_MACROS
    assert why_not(repacked({"xl/externalLinks/externalLink1.xml": b"x"})) == xlsx_reading.HAS_LINKS
    swollen = repacked({"xl/media/x": b"0" * (xlsx_reading.MOST_UNPACKED + 1)})
    assert len(swollen) < 100_000
    assert why_not(swollen) == xlsx_reading.TOO_LARGE


def test_entities_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + part(
        SHEET
    ).replace(b"Newark", b"&b;")
    assert why_not(repacked({SHEET: laughs})) == xlsx_reading.UNREADABLE


def test_a_line_with_a_number_out_of_reach_ends_the_reading() -> None:
    far = part(SHEET).replace(b'<row r="2"', b'<row r="99999999999"')
    assert far != part(SHEET)
    assert len(sheet_in(repacked({SHEET: far})).lines) == 1


def test_formulas_and_errors_are_named_by_their_place() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["City", "Role"])
    sheet.append(["=A1", "#N/A"])
    out = io.BytesIO()
    book.save(out)
    assert sheet_in(out.getvalue()).problems == (
        CellProblem(2, 0, xlsx_reading.IS_FORMULA),
        CellProblem(2, 1, xlsx_reading.IS_ERROR),
    )


def test_days_and_numbers_of_a_workbook_are_texts() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        [
            date(2021, 10, 1),
            datetime.fromisoformat("2021-10-01T08:30"),
            59.0,
            59.33,
            None,
            "a_x000D_b",
        ]
    )
    out = io.BytesIO()
    book.save(out)
    [line] = sheet_in(out.getvalue()).lines
    assert line.cells[:6] == ("2021-10-01", "2021-10-01 08:30:00", "59", "59.33", "", "a\rb")
