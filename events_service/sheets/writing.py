"""Tables as CSV (RFC 4180, UTF-8 with a mark that tells Excel so) and as XLSX (ECMA-376).

openpyxl is loaded by the first file that needs it: most processes of the web never do.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from events_service.sheets.formulas import guarded, kept_apart
from events_service.sheets.table import Cell, Table, writable

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters of a column
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376 part 1 §22.9.2.19


def as_csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(table.headings)
    rows.writerows([_in_csv(cell) for cell in line] for line in table.lines)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def as_xlsx(table: Table, title: str) -> bytes:
    """`title`: of the one sheet, at most 31 characters without / \\ ? * [ ] :"""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, str(text)) for text in table.headings])
    for line in table.lines:
        sheet.append([_in_xlsx(sheet, cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_csv(cell: Cell) -> str:
    return guarded(writable(cell if isinstance(cell, str) else repr(cell)))


def _in_xlsx(sheet: WriteOnlyWorksheet, cell: Cell) -> SheetCell:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(cell, str):
        return WriteOnlyCell(sheet, value=cell)
    made = WriteOnlyCell(sheet, value=_ESCAPED.sub("_x005F_", kept_apart(writable(cell))))
    made.data_type = "s"  # a text, whatever it begins with
    return made


def _heading(sheet: WriteOnlyWorksheet, text: str) -> SheetCell:
    from openpyxl.styles import Font

    made = _in_xlsx(sheet, text)
    made.font = Font(bold=True)
    return made


def _widths(table: Table) -> list[int]:
    """Of the headings and the first lines, so that nobody has to pull columns apart."""
    some = [table.headings, *table.lines[:200]]
    return [
        min(WIDEST, 2 + max(len(str(cell)) for cell in column))
        for column in zip(*some, strict=True)
    ]
