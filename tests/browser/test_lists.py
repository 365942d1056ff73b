"""Lists are read, sorted and laid out without JavaScript; letters again; cities from a file."""

from pathlib import Path

import pytest

from events_service.domain.importing.lines import HEADINGS
from events_service.sheets.table import Table
from events_service.sheets.writing import as_xlsx
from tests import office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser

CITY = [
    "Łódź",
    "",
    "Poland",
    51.76,
    19.46,
    "Europe/Warsaw",
    "en",
    "2021-10-01",
    "A",
    "",
    "a@lodz.example.org",
]


def with_people(service: WholeService, slug: str) -> tuple[int, str]:
    """An event to which one city comes and one waits, and who organises it."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, slug, f"People of {slug}", capacity=3)
        office.registered(db, service.settings, clock, event, "Newark", "Mayor", "Adviser")
        office.registered(db, service.settings, clock, event, "Boise", "Mayor", "Liaison")
        organiser = scenes.colleague(db, f"Lister of {slug}", "organiser", event.series)
        return event.id, organiser


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_people_are_found_and_written_to_again(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    event, address = with_people(service, f"listed-{screen}")
    organiser: Visitor = visits(service, screen=screen, scripts=False)
    organiser.open(f"/organise/events/{event}/people")
    scenes.signs_in(organiser, post, address)
    assert organiser.heading == "People"
    organiser.sees("4 people", "Waiting list", "Confirmed")
    organiser.page.locator("summary").filter(has_text="Columns").click()
    organiser.tick("E-mail address")
    organiser.tick("Days")
    organiser.write("Name, role, city or address", "NEWARK")
    organiser.press("Show")
    organiser.sees("2 people found.", "mayor@newark.example.org")
    organiser.follow("Name", within="thead")
    organiser.follow("Name", within="thead")
    assert "sort=-name" in organiser.path
    organiser.write("Name, role, city or address", "nobody at all")
    organiser.press("Show")
    organiser.sees("No people found.")
    organiser.follow("Show all")
    organiser.press("Send the letter again")
    organiser.sees("Choose at least one person, then press again.")
    organiser.follow("Choose all on this page")
    organiser.press("Send the letter again")
    assert organiser.heading == "2 people will be written to"
    organiser.sees("Is on the waiting list and has no invitation yet")
    organiser.press("Write 2 letters again")
    organiser.sees("2 letters wait in the outbox.", "2 invitations sent once more")
    organiser.press("Leave all out")
    organiser.sees("2 letters are left out.", "Put back")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_cities_are_imported_and_invited(
    service: WholeService, visits, screen: str, tmp_path: Path
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, f"inviting-{screen}", f"For a {screen}")
        title = event.title
    staff: Visitor = visits(service, screen=screen, scripts=False)
    staff.open(service.sign_in_path(service.settings.first_administrator))
    staff.press("Sign in", within="main")
    staff.follow("Cities", within="header nav")
    assert staff.heading == "Cities"
    staff.follow("Import cities")
    staff.press("Read the list")
    assert staff.slips() == [("file", "Choose a file")]
    staff.page.locator("#file").set_input_files(
        written(tmp_path, [*CITY[:2], "Nowhere", *CITY[3:]])
    )
    staff.press("Read the list")
    staff.sees("One problem", "Line 2", "We know no country called “Nowhere”.")
    name = f"Łódź {screen}"
    staff.page.locator("#file").set_input_files(written(tmp_path, [name, *CITY[1:]]))
    staff.press("Read the list")
    assert staff.heading == "What the list would change"
    staff.press("Import the list")
    assert staff.heading == "The list is imported"
    staff.follow("See the cities")
    staff.write("City, focal point or address", f"lodz {screen}")
    staff.press("Show")
    staff.sees("One city found.")
    staff.follow("Choose all on this page")
    staff.press("Invite to a workshop")
    staff.sees(title)
    staff.page.locator("main table a").first.click()
    staff.look()
    assert staff.page.locator("input[type=checkbox]:checked").count() == 1


def written(folder: Path, line: list[str | float]) -> Path:
    path = folder / "cities.xlsx"
    path.write_bytes(as_xlsx(Table(list(HEADINGS.values()), [line]), "Cities"))
    return path
