"""WCAG 2.2 AA beside axe: what the judge asks of every page, each with a page that fails it; and
the contrast of what is not text."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.assets.test_build import TOKENS, contrast
from tests.browser import strain
from tests.browser.judge import AS_A_PAGE, PHONE, Judge
from tests.browser.slips import wrong_with_errors

pytestmark = pytest.mark.browser

SAFE = """<!doctype html><html lang="en"><title>Error: A page</title>
<style>:focus{outline:3px solid #000} body{margin:0}</style><body><main>"""
COVER = "<p style='position: fixed; inset: 0; margin: 0; background: #fff'>"
Check = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 740}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def width_of_a_phone(page: Page) -> list[str]:
    return strain.spilled(page, f"{PHONE} px")


def beginnings(found: list[str]) -> list[str]:
    """The kind of each complaint, without the element it is about."""
    return [one.partition(": ")[0] for one in found]


@pytest.mark.parametrize(
    ("check", "markup", "wrong"),
    [
        (width_of_a_phone, "<p style='width: 330px'>x", ["wider than 320 px"]),
        (strain.enlarged, "<p style='width: 700px'>x", ["wider than the screen at 200 %"]),
        (
            strain.enlarged,
            "<p style='font-size: 1rem; width: 41em'>x",
            ["wider than the screen at 200 %", "wider than the screen with text of 200 %"],
        ),
        (
            strain.enlarged,
            "<p style='font-size: 1rem; height: 24px; overflow: hidden'>x",
            ["cut with text of 200 %"],
        ),
        (strain.moving, "<p style='transition: color 0.2s'>x",
         ["moves for a reader who wants no motion"]),
        (strain.moving, "<style>@keyframes a {to {opacity: 0}}</style>"
         "<p style='animation: a 9s infinite'>x", ["moves for a reader who wants no motion"] * 2),
        (strain.unseen, "<a href='#' style='outline: 0'>x", ["nothing shows the focus"]),
        (strain.unseen, "<a href='#' style='outline-color: #ffcf85'>x",
         ["nothing shows the focus"]),
        (strain.unseen, "<a href='#'>x</a>" + COVER,
         ["covered or out of sight with the focus"]),
        (strain.unseen_in_forced_colours,
         "<style>a:focus {outline: 0; box-shadow: 0 0 0 3px #000}</style><a href='#'>x",
         ["in forced colours nothing shows the focus"]),
        (strain.unseen_in_forced_colours, "<button style='border: 0; background: #000'>x",
         ["in forced colours a button without border"]),
    ],
)  # fmt: skip
def test_control_each_check_finds_what_it_looks_for(
    page: Page, check: Check, markup: str, wrong: list[str]
) -> None:
    page.set_content(SAFE)
    assert check(page) == []
    page.set_content(SAFE + markup)
    assert beginnings(check(page)) == wrong


SUMMARY = (
    "<div class=govuk-error-summary tabindex=-1 autofocus>"
    "<ul class=govuk-error-summary__list><li><a href='#name'>Say it</a></ul></div>"
)
FIELD = "<p class=govuk-error-message id=wrong>Say it</p><input id=name aria-describedby=wrong>"


@pytest.mark.parametrize(
    ("markup", "wrong"),
    [
        (SUMMARY + FIELD, []),
        (FIELD, ["said at a field and not at the top"]),
        (SUMMARY, ["leads to no field"]),
        (SUMMARY + "<input id=name>", ["not said at its field"]),
        (SUMMARY.replace("autofocus", "") + FIELD, ["the error summary has not the focus"]),
        (
            SUMMARY + FIELD + "<p class=govuk-error-message>And this</p>",
            ["said at a field and not at the top"],
        ),
    ],
)
def test_control_an_error_that_is_not_told(page: Page, markup: str, wrong: list[str]) -> None:
    page.goto("about:blank")
    page.set_content(SAFE + markup)
    assert beginnings(wrong_with_errors(page)) == wrong


def test_control_a_title_that_says_nothing_of_the_error(page: Page) -> None:
    page.goto("about:blank")
    page.set_content(SAFE.replace("Error: ", "") + SUMMARY + FIELD)
    assert beginnings(wrong_with_errors(page)) == ["the title does not begin with Error"]


def test_axe_measures_contrast_and_targets(judge: Judge, page: Page) -> None:
    """The control: neither rule is switched off."""
    page.set_content(
        SAFE + "<h1 style='color: #999'>Grey words</h1>"
        "<button style='font-size: 8px; padding: 0'>x</button>"
        "<button style='font-size: 8px; padding: 0'>x</button>"
    )
    found = judge.axe.run(page, options=AS_A_PAGE).response["violations"]
    assert {"color-contrast", "target-size"} <= {one["id"] for one in found}


LINES = ("govuk-input-border-colour", "ink", "gules", "verdigris-900", "copper-500")
GROUNDS = ("paper", "verdigris-50")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("line", LINES)
def test_edges_of_fields_and_the_focus_stand_out(line: str, ground: str) -> None:
    """WCAG 1.4.11: borders of fields and buttons, the dark line of the focus, marks of states."""
    assert contrast(colour(line), colour(ground)) >= 3


def test_control_a_rule_between_rows_is_no_edge_of_a_field() -> None:
    assert contrast(colour("rule"), colour("paper")) < 3
    assert contrast(colour("or"), colour("paper")) < 3  # so the focus has a dark line too


def colour(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{3,6}});", TOKENS.read_text())
    assert found is not None
    return found[1] if len(found[1]) == 7 else "#ffffff"
