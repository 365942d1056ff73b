"""No text for people is written past gettext."""

from pathlib import Path

import pytest
from jinja2 import Environment

from events_service.translation import teach
from tests.translations.code import plain_code
from tests.translations.templates import plain_strings, plain_text

TEMPLATES = (
    "public",
    "reports",
    "layouts",
    "macros",
    "officials",
    "city",
    "door",
    "letters",
    "organiser",
    "staff",
)
CODE = ("web", "letters", "domain", "queries", "sheets", "documents")
# What is written once, in English, and kept: reasons beside a mail, reports. And words for numbers,
# which only English needs at the start of a sentence.
KEPT = {
    f"events_service/{name}.py"
    for name in (
        "domain/inbox/answering",
        "domain/inbox/bouncing",
        "domain/inbox/countering",
        "domain/inbox/reading",
        "domain/inbox/settling",
        "domain/inbox/trust",
        "domain/readiness",
        "domain/reporting/consent",
        "domain/reporting/drafting",
        "domain/reporting/opening",
        "domain/reporting/places",
        "domain/reporting/summary",
        "domain/reporting/wording",
        "web/filters",
    )
}
# Names of programs, and what no translation changes.
NAMES = {"Outlook", "Google Calendar", "Apple Calendar", "Thunderbird", "message/rfc822"}


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(autoescape=True)
    teach(made)
    return made


def files(root: Path, folder: str, *endings: str) -> list[Path]:
    place = root / folder
    found = [one for one in place.rglob("*") if one.suffix in endings]
    return [one for one in found if str(one.relative_to(root)) not in KEPT]


@pytest.mark.parametrize("folder", [f"templates/{name}" for name in TEMPLATES])
def test_templates(root: Path, environment: Environment, folder: str) -> None:
    found = {
        str(one.relative_to(root)): plain_text(source) + plain_strings(environment, source)
        for one in files(root, folder, ".html", ".jinja", ".txt")
        if (source := one.read_text())
    }
    assert {name: set(texts) - NAMES for name, texts in found.items() if set(texts) - NAMES} == {}


@pytest.mark.parametrize("folder", [f"events_service/{name}" for name in CODE])
def test_code(root: Path, folder: str) -> None:
    found = {
        str(one.relative_to(root)): plain_code(one.read_text())
        for one in files(root, folder, ".py")
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_control_finds_each_kind(environment: Environment) -> None:
    source = """<p title="A title">Some text {{ field("A label", hint=_("Said")) }}</p>
    {% trans %}Said too{% endtrans %}{% if kind == "Not words" %}{{ _("Said %(x)s", x="but") }}
    {% endif %}<a class="govuk-link ws-x" href="/contact">{{ {"text": "A button"} }}</a>"""
    assert plain_text(source) == ["A title", "Some text"]
    assert plain_strings(environment, source) == ["A label", "A button"]


def test_the_control_finds_plain_words_in_code() -> None:
    source = '''"""Not this."""
def view(x):
    """Nor this."""
    log.info("Nor this one")
    flash("Said plainly.")
    flash(_("Said well."))
    raise Refusal(f"There are {x} of them.")
'''
    assert plain_code(source) == ["Said plainly.", "There are … of them."]
