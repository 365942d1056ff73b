"""CSV as spreadsheet programs write it: UTF-8, or UTF-16 with its mark; commas, semicolons where
the comma parts decimals, or tabs."""

import codecs
import csv
import io
from collections.abc import Iterator

from events_service.sheets.formulas import unguarded
from events_service.sheets.table import Line, NoSheet, Sheet
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, number

DELIMITERS = ",;\t"
NOT_UTF8 = lazy_gettext(
    "The letters of this file can’t be read for certain. In Excel, save it as “CSV UTF-8”; or send "
    "the Excel workbook (.xlsx) itself."
)


def csv_in(content: bytes, most: int) -> Sheet:
    """At most `most` lines below the first, which holds the headings."""
    text = _decoded(content).replace("\x00", "")
    lines: list[Line] = []
    for line in _lines(text, _delimiter(text)):
        if len(lines) > most:
            raise NoSheet(too_long(most))
        lines.append(line)
    return Sheet(tuple(lines))


def too_long(most: int) -> str:
    return _(
        "The list has more than %(most)s lines. Send the cities in several files.",
        most=number(most),
    )


def not_csv(line: int) -> str:
    return _(
        "Line %(line)s can’t be read: perhaps a quotation mark is missing. Save the list anew as "
        "CSV UTF-8, or send the Excel workbook (.xlsx) itself.",
        line=line,
    )


def _decoded(content: bytes) -> str:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        raise NoSheet(NOT_UTF8) from None


def _delimiter(text: str) -> str:
    """Of the characters that part cells, the one that the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield Line(before + 1, tuple(unguarded(cell) for cell in cells))
            before = rows.line_num
    except csv.Error:
        raise NoSheet(not_csv(before + 1)) from None
