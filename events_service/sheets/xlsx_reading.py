"""XLSX, read line by line. What a list has no use for and could do harm is refused: macros, links
to other files, archives that swell, entities (defusedxml), formulas."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from events_service.sheets.csv_reading import too_long
from events_service.sheets.formulas import unguarded
from events_service.sheets.table import CellProblem, Line, NoSheet, Sheet
from events_service.translation import lazy_gettext

MOST_UNPACKED = 20 * 1024 * 1024  # bytes of all parts together
MOST_CELLS = 60  # of a line; what stands further right is not looked at
LAST_LINE = 100_000  # blank ones included; an archive of bytes can claim any number

ACTIVE = ("vbaproject", "macrosheets/", "activex/", "embeddings/")
LINKS = ("externallinks/", "connections.xml", "querytables/")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1 §22.9.2.19

UNREADABLE = lazy_gettext(
    "This file can’t be read. Save the list anew as Excel workbook (.xlsx) or CSV UTF-8."
)
HAS_MACROS = lazy_gettext(
    "This workbook holds macros or other programs. Save it as Excel workbook (.xlsx)."
)
HAS_LINKS = lazy_gettext(
    "This workbook takes values from other files. Copy the list as values to a new one."
)
TOO_LARGE = lazy_gettext(
    "This workbook holds too much to be read. Copy the list alone to a new one."
)
IS_FORMULA = lazy_gettext("is a formula. Put its value there")
IS_ERROR = lazy_gettext("holds an error of the spreadsheet. Put its value there")


def xlsx_in(content: bytes, most: int) -> Sheet:
    """Of the sheet that was shown last; at most `most` lines below the first, the headings."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_harm(archive)
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl leaves out
            return _sheet(content, most)
    except NoSheet:
        raise
    except Exception:  # whatever is wrong within: openpyxl raises what it happens upon
        raise NoSheet(UNREADABLE) from None


def _refuse_harm(archive: zipfile.ZipFile) -> None:
    parts = [part.filename.lower() for part in archive.infolist()]
    if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
        raise NoSheet(TOO_LARGE)
    types = archive.read("[Content_Types].xml").lower()
    if any(word in part for part in parts for word in ACTIVE) or b"macroenabled" in types:
        raise NoSheet(HAS_MACROS)
    if any(word in part for part in parts for word in LINKS):
        raise NoSheet(HAS_LINKS)


def _sheet(content: bytes, most: int) -> Sheet:
    from openpyxl import load_workbook  # most processes of the web never need it

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    lines: list[Line] = []
    problems: list[CellProblem] = []
    for number, cells in _rows(book.active):
        problems += _problems(number, cells)
        texts = tuple(_text(cell.value) for cell in cells)
        if any(text.strip() for text in texts):
            if len(lines) > most:
                raise NoSheet(too_long(most))
            lines.append(Line(number, texts))
    return Sheet(tuple(lines), tuple(problems))


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # the file's own word for how many there are
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_CELLS), 1):
        if number > LAST_LINE:
            return
        yield number, cells


def _problems(number: int, cells: tuple[Any, ...]) -> Iterator[CellProblem]:
    wrong = {"f": IS_FORMULA, "e": IS_ERROR}
    for column, cell in enumerate(cells):
        if cell.value is not None and cell.data_type in wrong:
            yield CellProblem(number, column, str(wrong[cell.data_type]))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unguarded(_ESCAPED.sub(_character, str(value)))


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return "" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
