"""No text for people outside the network team is written past gettext."""

from pathlib import Path

import pytest
from jinja2 import Environment

from events_service.translation import teach
from tests.translations.code import plain_code
from tests.translations.templates import plain_strings, plain_text

TEMPLATES = ("public", "reports", "layouts", "macros", "officials", "city", "door", "letters")
CODE = (
    "web/public",
    "web/refusals.py",
    "web/maps.py",
    "web/clocks.py",
    "web/zones.py",
    "web/officials",
    "web/city",
    "web/door",
    "web/forms/address.py",
    "web/forms/contacts.py",
    "web/forms/declining.py",
    "web/forms/delegation.py",
    "web/forms/details.py",
    "web/forms/door.py",
    "web/forms/elected.py",
    "web/forms/replacing.py",
    "letters",
    "domain/registration",
    "domain/particulars",
    "domain/accounts",
    "domain/door",
    "domain/addresses.py",
    "domain/feeds.py",
    "domain/own_calendar.py",
    "domain/refusals.py",
)
# What only the network team sees is in English.
OF_THE_TEAM = {
    "events_service/letters/opened.py",
    "templates/layouts/organiser.html",
    "templates/macros/board.html",
    "templates/macros/letter.html",
    "templates/macros/listing.html",
    "templates/macros/notices.html",
    "templates/macros/seats.html",
    "events_service/domain/accounts/accounts.py",
    "events_service/domain/door/papers.py",
    "events_service/domain/registration/nudging.py",
    "events_service/domain/registration/sending_again.py",
    "events_service/domain/registration/sending_to_many.py",
}
# Names of programs, and what no translation changes.
NAMES = {"Outlook", "Google Calendar", "Apple Calendar", "Thunderbird"}


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(autoescape=True)
    teach(made)
    return made


def files(root: Path, folder: str, *endings: str) -> list[Path]:
    place = root / folder
    found = [place] if place.is_file() else [p for p in place.rglob("*") if p.suffix in endings]
    return [one for one in found if str(one.relative_to(root)) not in OF_THE_TEAM]


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
