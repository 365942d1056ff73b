"""What a list is made of: its columns, and what it can be filtered by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from events_service.alphabet import alphabetical
from events_service.sheets.table import Cell

Row = TypeVar("Row")
Word = tuple[str, str]  # value in the address, and what it is called


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`text`: as the page shows it. `order`: what it is sorted by, else the text by alphabet; rows
    for which it is None come last. `cells`: what files hold, else the text under the title."""

    key: str
    title: str
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    usual: bool = True  # shown unless the reader chooses
    cells: Sequence[tuple[str, Callable[[Any], Cell]]] = ()  # headings and values

    def sorted_by(self, row: Row) -> Any:
        """None for a row without anything there."""
        if self.order is not None:
            return self.order(row)
        text = self.text(row)
        return alphabetical(text) if text else None


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """One question with one of some answers. `usual`: the answer when nothing is chosen; where it
    is empty, nothing is left out. `every` names the choice that leaves nothing out."""

    key: str
    title: str
    every: str
    choices: Callable[[Sequence[Row]], Sequence[Word]]
    holds: Callable[[Row, str], bool]
    usual: str = ""


@dataclass(frozen=True)
class ListKind(Generic[Row]):
    """The first column names the row and is always shown. `searched`: texts that are looked in."""

    columns: Sequence[Column[Row]]
    filters: Sequence[Filter[Row]]
    searched: Callable[[Row], Sequence[str]]
    number: Callable[[Row], int]  # of the row in the database
    usual_sort: str = ""  # a column's key, with a hyphen before it: from the end

    @cached_property
    def by_key(self) -> dict[str, Column[Row]]:
        return {column.key: column for column in self.columns}

    @property
    def usual_columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns if column.usual)
