"""Every text that people read is in each catalogue, finished, with the same names and tags in it.
`make messages` collects the texts."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from events_service.translation import CATALOGUES, LANGUAGES, SOURCE

OTHERS = [language for language in LANGUAGES if language != SOURCE]
PARTS = re.compile(r"%\(\w+\)s|%%|</?[a-z][^>]*>")
KEYWORDS = ("-k", "lazy_gettext", "-k", "pgettext:1c,2")


@pytest.fixture(scope="module")
def wanted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    pybabel = [sys.executable, "-m", "babel.messages.frontend", "-q"]
    extract = [*pybabel, "extract", "-F", "pyproject.toml", *KEYWORDS]
    subprocess.run([*extract, "-o", template, "."], cwd=root, check=True)
    with template.open("rb") as file:
        return read_po(file)


def faults(wanted: Catalog, found: Catalog) -> Iterator[str]:
    for message in wanted:
        if message.id:
            translated = found.get(message.id, message.context)
            if fault := _fault(message, translated, found.num_plurals):
                yield f"{_first(message)}: {fault}"


def _fault(message: Message, translated: Message | None, plurals: int) -> str:
    if translated is None:
        return "not in the catalogue"
    said = translated.string if isinstance(translated.string, tuple) else (translated.string,)
    if translated.fuzzy:
        return "not looked over"
    if not all(said) or len(said) != (plurals if message.pluralizable else 1):
        return "not translated"
    allowed = [_parts(text) for text in (message.id if message.pluralizable else [message.id])]
    return "" if all(_parts(text) in allowed for text in said) else "other names or tags in it"


def _parts(text: str) -> list[str]:
    return sorted(PARTS.findall(text))


def _first(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def read(language: str) -> Catalog:
    with (CATALOGUES / language / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(wanted: Catalog, language: str) -> None:
    assert list(faults(wanted, read(language))) == []


def test_the_texts_are_those_of_pages_and_letters(wanted: Catalog) -> None:
    assert len(wanted) > 150
    assert wanted.get("Agenda") is not None  # of a template with statements


def test_the_control_finds_each_fault() -> None:
    wanted, found = Catalog(), Catalog(locale="sk")
    for text in ("missing", "empty", "fuzzy", "%(name)s came", "<b>here</b>", "fine %(day)s"):
        wanted.add(text)
    wanted.add(("%(num)s city", "%(num)s cities"))
    found.add("empty", "")
    found.add("fuzzy", "x", flags=["fuzzy"])
    found.add("%(name)s came", "%(nam)s prišiel")
    found.add("<b>here</b>", "tu")
    found.add("fine %(day)s", "dobre %(day)s")
    found.add(("%(num)s city", "%(num)s cities"), ("%(num)s mesto", "%(num)s mestá"))
    assert list(faults(wanted, found)) == [
        "missing: not in the catalogue",
        "empty: not translated",
        "fuzzy: not looked over",
        "%(name)s came: other names or tags in it",
        "<b>here</b>: other names or tags in it",
        "%(num)s city: not translated",
    ]
