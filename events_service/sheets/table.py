"""A table: headings, and below them lines of cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | float

# NUL, and what XML 1.0 §2.2 does not allow, so that both kinds of files say the same.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """Headings may be lazy texts: they are said as the file is written."""

    headings: Sequence[str]
    lines: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Line:
    """A line as it was read: its number in the file, from 1, and its cells as texts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CellProblem:
    """Why a cell can't be read. `column` counts from 0."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its lines, blank ones left out, the headings being the first."""

    lines: tuple[Line, ...]
    problems: tuple[CellProblem, ...] = ()


class NoSheet(Exception):
    """The whole file can't be read. `str(problem)` says why, and what to do."""


def writable(text: str) -> str:
    """The text without characters that no file of ours can carry."""
    return _UNWRITABLE.sub("", text)
