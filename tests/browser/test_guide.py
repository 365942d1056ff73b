"""The story of the demo, photographed: each picture in the guides shows the service as it is.

`make pictures` has them written into docs/pictures; else they go into a folder of the test's own.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from events_service import db as database_module
from events_service.clock import clock_from
from events_service.demo import play
from tests.browser import guide_stops
from tests.browser.conftest import BEGAN, Visits
from tests.browser.guide import (
    DESK,
    LARGEST,
    PHONE,
    Camera,
    linked_in,
    stands_before,
    width_of,
    wrong_with,
)
from tests.browser.post import post_office
from tests.browser.whole_service import WholeService
from tests.conftest import Databases

pytestmark = pytest.mark.browser

GUIDES = ("README.md", "docs/organiser-guide.md")


@pytest.fixture(scope="module")
def played(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[WholeService, guide_stops.Told]]:
    """A service with a mail server, on which the story was played, and where it shows what."""
    data = tmp_path_factory.mktemp("story")
    with ExitStack() as stack:
        service = WholeService(
            databases.fresh(), data, BEGAN, stack.enter_context(post_office()).url
        )
        service.load_sample()
        stack.enter_context(service.running())
        here = stack.enter_context(pytest.MonkeyPatch.context())
        here.setattr(database_module, "_sessions", service.sessions)
        behind = clock_from(BEGAN)  # the workers' clock, or they would have to catch up with ours
        happened = play(service.settings, behind, lambda _done, _total, _name: None)
        yield service, {one["name"]: one["link"] for one in happened["chapters"]}


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Where the pictures go: PICTURES, from the root of the project, else the test's own."""
    named = os.environ.get("PICTURES")
    return root / named if named else tmp_path


@pytest.fixture
def linked(root: Path) -> dict[str, str]:
    return {
        name: words
        for guide in GUIDES
        for name, words in linked_in((root / guide).read_text()).items()
    }


def test_every_picture_of_the_guides_is_taken(
    played: tuple[WholeService, guide_stops.Told],
    visits: Visits,
    folder: Path,
    linked: dict[str, str],
) -> None:
    service, told = played
    camera = Camera(folder)
    staff = stands_before(visits(service), DESK)
    staff.open(service.sign_in_path(service.settings.first_administrator))
    staff.press("Sign in", within="main")
    for stop in guide_stops.OF_STAFF:
        stop(staff, camera, told)
    guide_stops.registering(stands_before(visits(service), DESK), camera, told)
    person = visits(service, screen="phone", scripts=False)
    guide_stops.telling(stands_before(person, PHONE), camera, told)
    drawn = {name: (folder / f"{name}.png").read_bytes() for name in camera.taken}
    assert wrong_with(linked, set(drawn)) == []
    assert {name: width_of(png) for name, png in drawn.items()} == camera.taken
    assert [name for name, png in drawn.items() if len(png) > LARGEST] == []


def test_the_pictures_that_are_kept_are_those_that_are_linked(
    root: Path, linked: dict[str, str]
) -> None:
    kept = {one.stem: one.stat().st_size for one in (root / "docs/pictures").iterdir()}
    assert set(kept) == set(linked)
    assert [name for name, size in kept.items() if size > LARGEST] == []


def test_a_picture_that_is_missing_is_found() -> None:
    guide = "![The board](pictures/board.png)\n![ ](docs/pictures/city.png)\n![x](map.svg)"
    assert wrong_with(linked_in(guide), {"board", "report"}) == [
        "city is linked, but nobody takes it",
        "report is taken, but no guide links it",
        "city has no words for who cannot see it",
    ]
