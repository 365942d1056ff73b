"""Rows of a list that were asked for, in their order, a page at a time. Pure.

Texts are folded here and not by the database, whose extension for that (unaccent) not every server
has: the rows are all at hand anyway, since an answer over several days is made of several rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic

from events_service.alphabet import folded
from events_service.web.lists.kind import Column, Filter, ListKind, Row
from events_service.web.lists.wanted import ALL, Wanted

PAGE = 100


@dataclass(frozen=True)
class Found(Generic[Row]):
    """`rows`: all of them, in order; `page`: those of one page. `number` and `last` count pages."""

    rows: Sequence[Row]
    page: Sequence[Row]
    number: int
    last: int
    columns: Sequence[Column[Row]]


def find(kind: ListKind[Row], rows: Sequence[Row], wanted: Wanted) -> Found[Row]:
    found = _sorted(kind, _searched(kind, _filtered(kind, rows, wanted), wanted.search), wanted)
    last = max(1, -(-len(found) // PAGE))
    number = min(wanted.page, last)
    shown = wanted.columns or kind.usual_columns
    columns = [one for one in kind.columns if one is kind.columns[0] or one.key in shown]
    return Found(found, found[(number - 1) * PAGE : number * PAGE], number, last, columns)


def _filtered(kind: ListKind[Row], rows: Sequence[Row], wanted: Wanted) -> Sequence[Row]:
    answers = [(one, answer_of(one, rows, wanted)) for one in kind.filters]
    asked = [(one, answer) for one, answer in answers if answer not in ("", ALL)]
    return [row for row in rows if all(one.holds(row, answer) for one, answer in asked)]


def answer_of(one: Filter[Row], rows: Sequence[Row], wanted: Wanted) -> str:
    """The answer that counts: the chosen one if it is offered, else the usual one."""
    chosen = wanted.filters.get(one.key, "")
    offered = {ALL, *(value for value, _ in one.choices(rows))}
    return chosen if chosen in offered else one.usual


def _searched(kind: ListKind[Row], rows: Sequence[Row], search: str) -> Sequence[Row]:
    """Every word must stand somewhere in the row: Malmo finds Malmö."""
    words = [folded for word in search.split() if (folded := _folded(word))]
    if not words:
        return rows
    texts = [(row, _folded(" ".join(kind.searched(row)))) for row in rows]
    return [row for row, text in texts if all(word in text for word in words)]


def _folded(text: str) -> str:
    return folded(text)


def _sorted(kind: ListKind[Row], rows: Sequence[Row], wanted: Wanted) -> Sequence[Row]:
    """Equal rows stay in the usual order; rows without anything in the column come last."""
    for sort in (kind.usual_sort, wanted.sort):
        if sort:
            rows = _by(kind.by_key[sort.removeprefix("-")], rows, sort.startswith("-"))
    return rows


def _by(column: Column[Row], rows: Sequence[Row], from_the_end: bool) -> list[Row]:
    keyed: list[tuple[Any, Row]] = [(column.sorted_by(row), row) for row in rows]
    full = [one for one in keyed if one[0] is not None]
    full.sort(key=lambda one: one[0], reverse=from_the_end)
    return [row for _, row in full] + [row for key, row in keyed if key is None]
