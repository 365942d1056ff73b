"""Lists by name are in the reader's alphabet wherever they are made: the database's order and that
of plain text put Évry, Örebro and Žilina behind Zittau."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import events_service

CODE = Path(events_service.__file__).parent
MACHINE = "running"  # sorts files and versions, nothing that people read
NAMES = {"name", "title", "city", "home"}  # attributes that hold a name, unless something follows


def by_plain_name(source: str) -> list[int]:
    """Lines that sort by a name, but not by `alphabetical`."""
    calls = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call))
    return [call.lineno for call in calls if any(names for names in map(_plain, _keys(call)))]


def _keys(call: ast.Call) -> Iterator[ast.expr]:
    """What that call sorts by."""
    doing = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if doing == "order_by":
        yield from call.args
    if doing in ("sorted", "sort"):
        yield from (one.value for one in call.keywords if one.arg == "key")


def _plain(key: ast.AST) -> list[str]:
    """Names in it that `alphabetical` does not order."""
    if isinstance(key, ast.Call) and getattr(key.func, "id", "") == "alphabetical":
        return []
    if isinstance(key, ast.Attribute):
        return [key.attr] if key.attr in NAMES else []
    if isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute):
        return [name for part in (key.func.value, *key.args) for name in _plain(part)]
    return [name for part in ast.iter_child_nodes(key) for name in _plain(part)]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("sorted(found, key=lambda one: one.city.name)", [1]),
        ("sorted(found, key=lambda row: (row.asked_at, row.city))", [1]),
        ("sorted(found, key=lambda one: one.name.casefold())", [1]),
        ("found.sort(key=lambda one: one.title)", [1]),
        ("select(City).order_by(func.lower(City.name), City.id)", [1]),
        ("sorted(found, key=lambda one: alphabetical(one.city.name))", []),
        ("sorted(found, key=lambda one: one.city.id)", []),
        ("select(City).order_by(City.id)", []),
    ],
)
def test_a_sorting_by_plain_names_is_found(source: str, lines: list[int]) -> None:
    assert by_plain_name(source) == lines


def test_no_list_is_sorted_by_plain_names() -> None:
    found = {
        str(path.relative_to(CODE)): lines
        for path in sorted(CODE.rglob("*.py"))
        if path.relative_to(CODE).parts[0] != MACHINE and (lines := by_plain_name(path.read_text()))
    }
    assert found == {}
