"""Adding workshops to a calendar: anybody, a person with their own link, and an organiser."""

import urllib.request

import pytest

from events_service.tokens import token_for
from tests import office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET, TestClock

pytestmark = pytest.mark.browser


def fetched(visitor: Visitor) -> str:
    """What the address on the page gives to a calendar program."""
    with urllib.request.urlopen(visitor.field("Address to copy").input_value()) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_anybody_adds_a_workshop_or_its_series(
    service: WholeService, visits, screen: str, scripts: bool
) -> None:
    slug = f"added-{screen}"
    with service.session() as db:
        scenes.workshop(db, slug, f"Added, {screen}")
    visitor: Visitor = visits(service, screen=screen, scripts=scripts)
    visitor.open(f"/events/{slug}")
    visitor.follow("Add to calendar")
    assert visitor.heading == "Add to calendar"
    visitor.sees("Download the file", "Outlook", "None of these")
    assert "SUMMARY:Added" in fetched(visitor)
    visitor.open(f"/series/series-{slug}")
    visitor.follow("Have all workshops of the series in your calendar")
    visitor.sees("Subscribe to Series of Added")


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_person_makes_and_ends_their_address(
    service: WholeService, visits, screen: str, scripts: bool
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, f"own-{screen}", f"Own calendar, {screen}")
        clock = TestClock(service.clock())
        newark = office.registered(db, service.settings, clock, event, "Newark", f"Reader {screen}")
        member = office.people_of(newark)[0]
        page = f"/a/{token_for(SECRET, 'answ', member.id)}"
    person: Visitor = visits(service, screen=screen, scripts=scripts)
    person.open(page)
    person.follow("Add to calendar")
    person.misses("Address to copy")
    person.press("Make my calendar address")
    person.sees("Your calendar address is below", "The address works like a key")
    assert "SUMMARY:Own calendar" in fetched(person)
    person.follow("End this address")
    person.follow("Keep it")
    person.follow("End this address")
    person.press("End this address")
    person.sees("The address is ended", "Make my calendar address")


def test_an_organiser_makes_and_ends_their_address(
    service: WholeService, post: PostOffice, visits
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, "organised", "Organised", published=False)
        address = scenes.colleague(db, "Calendar keeper", "organiser", event.series)
    organiser: Visitor = visits(service, screen="phone", scripts=False)
    organiser.open("/sign-in")
    scenes.signs_in(organiser, post, address)
    organiser.follow("Have these workshops in your own calendar")
    organiser.press("Make my calendar address")
    assert "STATUS:TENTATIVE" in fetched(organiser)
    organiser.follow("End this address")
    organiser.press("End this address")
    organiser.sees("The address is ended", "Make my calendar address")
