"""Our own classes (ws-…): each that is named has a style, and no style is left over."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

CLASS = re.compile(r"(?<![\w-])ws-[\w-]*")


def styled(sheets: Iterable[str]) -> set[str]:
    return {name for sheet in sheets for name in re.findall(r"\.(ws-[\w-]+)", sheet)}


def named(sources: Iterable[str]) -> set[str]:
    """Names as they stand in markup; one that ends in a hyphen or underscore is a beginning."""
    return {name for source in sources for name in CLASS.findall(source)}


def without_style(names: set[str], styles: set[str]) -> set[str]:
    beginnings = {name for name in names if name.endswith(("-", "_"))}
    return {
        *(names - styles - beginnings),
        *(one for one in beginnings if not any(style.startswith(one) for style in styles)),
    }


def without_use(names: set[str], styles: set[str]) -> set[str]:
    beginnings = tuple(name for name in names if name.endswith(("-", "_")))
    return {style for style in styles - names if not style.startswith(beginnings)}


@pytest.fixture(scope="module")
def styles(root: Path) -> set[str]:
    sheets = [*(root / "assets/styles").glob("*.css"), root / "templates/letters/letter.css"]
    return styled(sheet.read_text() for sheet in sheets)


@pytest.fixture(scope="module")
def names(root: Path) -> set[str]:
    pages = [one for one in (root / "templates").rglob("*") if one.suffix in (".html", ".jinja")]
    code = (root / "events_service/web").rglob("*.py")
    return named(source.read_text() for source in [*pages, *code])


def test_every_class_has_a_style(names: set[str], styles: set[str]) -> None:
    assert without_style(names, styles) == set()


def test_every_style_is_used(names: set[str], styles: set[str]) -> None:
    assert without_use(names, styles) == set()


def test_control_both_would_be_found() -> None:
    names = named(['<p class="ws-a ws-state--{{ fill }} ws-b">'])
    styles = styled([".ws-a .ws-state--none {} .ws-c {}"])
    assert without_style(names, styles) == {"ws-b"}
    assert without_use(names, styles) == {"ws-c"}
    assert without_style(named(["ws-other--{}"]), styles) == {"ws-other--"}
