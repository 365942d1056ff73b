"""A list as a file: what it shows with its filters and columns, all pages of it."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import structlog
from flask import Response

from events_service.sheets.table import Table
from events_service.sheets.writing import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from events_service.web.access import me
from events_service.web.lists.kind import Column, Row
from events_service.web.staff.reading import downloaded

FileKind = Literal["csv", "xlsx"]
log = structlog.get_logger("web")


def table_of(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Table:
    cells = [cell for one in columns for cell in one.cells or [(one.title, one.text)]]
    return Table(
        [heading for heading, _ in cells], [[value(row) for _, value in cells] for row in rows]
    )


def exported(table: Table, kind: FileKind, *, what: str, of: str, day: date) -> Response:
    """The file, and a line in the log: who took how many lines, and no names. `of`: a part of the
    file's name, which ends in the day: people-stockholm-2027-2026-11-22.csv"""
    log.info("list exported", account=me().id, what=what, of=of, file=kind, lines=len(table.lines))
    content = as_csv(table) if kind == "csv" else as_xlsx(table, what.capitalize())
    name = "-".join(part for part in (what, of, day.isoformat()) if part)
    answer = downloaded(content, CSV_TYPE if kind == "csv" else XLSX_TYPE, f"{name}.{kind}")
    answer.headers["Cache-Control"] = "no-store"
    return answer
