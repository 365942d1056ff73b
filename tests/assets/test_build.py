"""What the asset build hands over: names by content, nothing that is not ours to use."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from events_service.config import shipped

TOKENS = Path(__file__).parents[2] / "assets/styles/tokens.css"


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads((shipped("static") / "manifest.json").read_text())
    return names


@pytest.fixture(scope="module")
def css(manifest: dict[str, str]) -> str:
    return (shipped("static") / manifest["app.css"]).read_text()


def test_the_manifest_names_all_that_pages_ask_for(manifest: dict[str, str]) -> None:
    assert sorted(manifest) == [
        "app.css",
        "autosave.js",
        "door-worker.js",
        "door.js",
        "favicon.png",
        "favicon.svg",
        "fonts/hanken-grotesk-latin-ext.woff2",
        "fonts/hanken-grotesk-latin.woff2",
        "fonts/newsreader-latin-ext.woff2",
        "fonts/newsreader-latin.woff2",
        "htmx.js",
    ]


def test_a_name_holds_the_hash_of_its_content(manifest: dict[str, str]) -> None:
    for name, built in manifest.items():
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256((shipped("static") / built).read_bytes()).hexdigest()[:10]
        assert built == f"{stem}.{digest}.{ending}"


def test_the_stylesheet_asks_only_for_our_own_fonts(css: str, manifest: dict[str, str]) -> None:
    fonts = {built for name, built in manifest.items() if name.startswith("fonts/")}
    assert set(re.findall(r"url\(\"?([^)\"]+)\"?\)", css)) == fonts


def test_neither_crown_nor_transport_nor_unused_parts_are_shipped(css: str) -> None:
    assert re.findall(r"GDS Transport|crest|crown|govuk-(?:header|footer|tag|panel)\b", css) == []
    assert "govuk-error-summary" in css  # the control: the parts that are used are there


def test_the_terms_of_what_others_made_go_with_it() -> None:
    terms = (shipped("static") / "LICENCES.txt").read_text()
    names = ["GOV.UK Frontend", "htmx", "codes: qr", "Newsreader", "Hanken", "Natural Earth"]
    assert [name for name in names if name not in terms] == []
    assert terms.count("SIL OPEN FONT LICENSE") >= 2


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def colours() -> dict[str, str]:
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", TOKENS.read_text())
    return {name: value if len(value) == 7 else "#ffffff" for name, value in found}


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(text, ground) for text in ("ink", "ink-soft", "verdigris-900", "verdigris-700")
          for ground in ("paper", "verdigris-50", "verdigris-100")],
        ("copper-700", "paper"), ("copper-700", "verdigris-100"),
        ("gules", "paper"), ("gules", "gules-50"),
        ("purpure", "paper"), ("purpure", "verdigris-100"),
        ("paper", "copper-500"), ("paper", "verdigris-900"), ("ink", "or"),
    ],
)  # fmt: skip
def test_text_can_be_read(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_the_engraving_green_is_for_lines_only(colours: dict[str, str]) -> None:
    """The control of the test above: it tells a colour that must not carry text."""
    assert 3 <= contrast(colours["verdigris-400"], colours["paper"]) < 4.5
