"""An organiser decides about delegations, and a city answers an offer of part of its places."""

import pytest

from events_service.model import CityInvitation
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser


def with_three_cities(service: WholeService, slug: str) -> tuple[int, str, str]:
    """Of five places Newark wants three, Boise three and Dijon one; who organises it; Boise's
    page."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, slug, "Chosen", capacity=5)
        event.approves_delegations = True
        db.flush()
        for city, roles in (
            ("Newark", ("Mayor", "Liaison", "Adviser")),
            ("Boise", ("Mayor", "Liaison", "Planner")),
            ("Dijon", ("Mayor",)),
        ):
            made = office.registered(db, service.settings, clock, event, city, *roles)
            made.address = f"office-{city.lower()}-{slug}@cities.example.org"
        organiser = scenes.colleague(db, f"Organiser of {slug}", "organiser", event.series)
        boise = db.query(CityInvitation).filter_by(event_id=event.id).all()[1]
        return event.id, organiser, scenes.city_page(boise)


def choose(organiser: Visitor, city: str) -> None:
    organiser.page.locator("label", has_text=city).click()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_decisions_are_taken_undone_and_turned_into_an_offer(
    service: WholeService, visits, screen: str
) -> None:
    number, address, boise = with_three_cities(service, f"chosen-{screen}")
    organiser: Visitor = visits(service, screen=screen, scripts=screen == "desktop")
    organiser.open(service.sign_in_path(address))
    organiser.press("Sign in", within="main")
    organiser.open(f"/organise/events/{number}")
    organiser.sees("3 delegations await your decision", "Awaits approval")
    organiser.open(f"/organise/events/{number}/decisions")
    organiser.press("Approve")
    organiser.sees("Choose at least one delegation")
    choose(organiser, "Dijon")
    organiser.press("Turn down")
    assert [target for target, _ in organiser.slips()] == ["because"]
    organiser.write("Why (needed to turn down)", "This one is for members.")
    organiser.press("Turn down")
    organiser.sees("One delegation is turned down.", "Nobody has been told")
    organiser.press("Undo")
    organiser.sees("The decision about Dijon is undone")
    choose(organiser, "Newark")
    organiser.press("Approve")
    organiser.sees("One delegation is approved.", "Room for 2 of 3")
    choose(organiser, "Boise")
    organiser.press("Put on the waiting list")
    organiser.sees("One delegation is on the waiting list.")
    organiser.open(f"/organise/events/{number}/kept-places")
    organiser.write("For practitioners", "9")
    organiser.press("Save")
    organiser.sees("Keep fewer places")
    official: Visitor = visits(service, screen=screen, scripts=False)
    official.open(boise)
    official.sees("An organiser looks at", "Change the delegation")
    official.follow("Change the delegation")
    official.press("Save and continue")
    official.sees("An organiser decides about each delegation", "Send the list in")
