"""Every page for the public and for cities in a language in which translated text is framed: no
other text is left."""

import re
from datetime import UTC, datetime

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service import translation
from events_service.config import Settings
from events_service.letters.writing import SLOVAK_GENITIVES
from events_service.translation import speaking
from events_service.web.zones import zones_by_region
from tests.conftest import TestClock
from tests.translations.pseudo import Pseudo, untranslated
from tests.web.city_session import signed_in_for
from tests.web.routes import routes
from tests.web.world import World, make_world

LOCALE = Locale.parse("sk_SK")
DATES = {
    word.casefold()
    for names in (*LOCALE.days["format"].values(), *LOCALE.months["format"].values())
    for word in names.values()
} | {"od", "do", *SLOVAK_GENITIVES}
# Names, which are the same in every language; addresses; units.
NAMES = re.compile(
    r"Network of Cities|Slovenčina|Stockholm|Štokholm|Newark|New York|Johannesburg|Cape Town|Dijon"
    r"|City Hall|angličtina|UTC|\S*[/@]\S*|{\w+}"
    r"|English|Français|Svenska|Head of international affairs,"
    r"|Outlook|Google Calendar|Apple Calendar|Thunderbird"
)


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "catalogue", lambda _language: Pseudo())


@pytest.fixture
def world(db: Session, settings: Settings, clock: TestClock) -> World:
    return make_world(db, settings, clock, "Stockholm", "Newark", say=lambda text: f"‹{text}›")


def places() -> set[str]:
    """Regions and places of zones, which Babel names."""
    with speaking("sk"):
        regions = zones_by_region()
    return {name for region, zones in regions for name in (region, *(place for _, place in zones))}


def left_of(page: str) -> list[str]:
    known = places()
    pieces = (NAMES.sub("", piece) for piece in untranslated(page) if piece not in known)
    words = ((piece, re.findall(r"[^\W\d_]+", piece)) for piece in pieces)
    return [piece for piece, found in words if {word.casefold() for word in found} - DATES]


def public_pages(app: Flask, world: World) -> list[str]:
    return [
        path
        for rule in routes(app, "public")
        if "GET" in (rule.methods or ())
        and not rule.endpoint.startswith(("health.", "signing_in.", "asset", "city.", "door."))
        for path in world.paths(rule)
        if not path.endswith((".ics", ".pdf"))
    ]


def city_pages(app: Flask, world: World) -> list[str]:
    """Behind links of cities and people, and for whoever signs in to speak for a city."""
    ours = ("officials.", "city.", "door.")
    return [
        path
        for rule in routes(app, "link", "city")
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith(ours)
        for path in world.paths(rule)
        if not path.endswith((".ics", ".svg", "/list"))
    ]


@pytest.mark.usefixtures("framed")
def test_every_public_page_is_translated(app: Flask, client: FlaskClient, world: World) -> None:
    client.set_cookie("language", "sk")
    client.set_cookie("times", "America/New_York")
    paths = [*public_pages(app, world), "/no-such-page"]
    assert len(paths) >= 14
    pages = {path: client.get(path) for path in paths}
    assert {
        path: page.headers["Content-Language"] for path, page in pages.items()
    } == dict.fromkeys(paths, "sk")
    assert {path: left for path, page in pages.items() if (left := left_of(page.text))} == {}


@pytest.mark.usefixtures("framed")
def test_every_page_of_cities_is_translated(
    app: Flask, client: FlaskClient, world: World, clock: TestClock
) -> None:
    client.set_cookie("language", "sk")
    signed_in_for(client, world.focal_point, clock)
    paths = ["/city", *city_pages(app, world)]
    assert len(paths) >= 20
    pages = {path: client.get(path, follow_redirects=True) for path in paths}
    assert {path: page.headers["Content-Language"] for path, page in pages.items()} == (
        dict.fromkeys(paths, "sk")
    )
    assert {path: left for path, page in pages.items() if (left := left_of(page.text))} == {}


@pytest.mark.usefixtures("framed")
def test_the_page_at_the_door_is_translated_on_the_day(
    client: FlaskClient, world: World, clock: TestClock
) -> None:
    clock.now = datetime(2027, 5, 31, 8, tzinfo=UTC)
    client.set_cookie("language", "sk")
    page = client.get(f"/door/{world.tokens['door']}").text
    assert page.count("ws-door__person") >= 2
    assert left_of(page) == []


@pytest.mark.usefixtures("world")
def test_the_control_in_english_nearly_everything_is_found(client: FlaskClient) -> None:
    found = left_of(client.get("/contact").text)
    assert "By e-mail" in found
    assert len(found) > 15


def test_the_judge_reads_as_a_person_does() -> None:
    page = """<html lang="sk"><body><p>«Read <a href="/">this</a> by» 3. máj</p>
    <p lang="en">Title</p><p title="Left">‹Said›<b>Left too</b></p><script>var a</script></html>"""
    assert left_of(page) == ["Left too", "Left"]


@pytest.mark.usefixtures("framed")
def test_a_text_that_no_translator_sees_is_found() -> None:
    with speaking("sk"):
        said = f"{translation.gettext('Done')} {translation.gettext('Never collected')}"
    assert left_of(f'<html lang="sk"><body><p>{said}</p></body></html>') == ["Never collected"]
