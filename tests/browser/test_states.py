"""Pages that are empty, full, over or not there, and links that no longer open anything."""

from datetime import timedelta

import pytest

from events_service.domain.accounts.signing_in import make_sign_in_link
from events_service.domain.registration.seats import take_seats
from events_service.model import Account
from events_service.tokens import token_for
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/reports", "/practices", "/contact", "/privacy", "/accessibility", "/sign-in")
OFFICE = ("/organise", "/organise/series/new", "/staff/letters", "/staff/mailbox")
FOLLOW_UP = ("/staff/spotlights", "/staff/spotlights/new", "/staff/onboarding", "/staff/people")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_service_on_its_first_day(empty_service: WholeService, visits, screen: str) -> None:
    visitor: Visitor = visits(empty_service, screen=screen)
    for path in PUBLIC:
        visitor.open(path)
    visitor.open(empty_service.sign_in_path(empty_service.settings.first_administrator))
    visitor.press("Sign in", within="main")
    visitor.sees("No mail server is set.")
    for path in (*OFFICE, *FOLLOW_UP, "/staff/people/new", "/sign-in/again?next=/organise/cities"):
        visitor.open(path)
    visitor.open("/organise/cities/new")
    visitor.press("Add the city")
    assert [target for target, _ in visitor.slips()] == [
        "name",
        "country",
        "latitude",
        "longitude",
        "timezone",
    ]
    visitor.open("/organise/organisations/new")
    visitor.press("Add the organisation")
    visitor.slips()


def test_what_is_not_there(service: WholeService, visits) -> None:
    visitor: Visitor = visits(service, screen="phone", scripts=False)
    for path in ("/no-such-page", "/events/none", "/series/none", "/reports/none", "/practices/x"):
        visitor.open(path, status=404)
        assert visitor.heading == "Page not found"
    for path in (f"/r/{'a' * 32}", "/r/short", f"/a/{'b' * 32}", f"/sign-in/{'c' * 32}"):
        visitor.open(path, status=410)
        assert visitor.heading == "This link no longer works"


def test_a_sign_in_link_that_is_too_old_or_used(service: WholeService, visits) -> None:
    with service.session() as db:
        scenes.colleague(db, "Late organiser", "organiser")
        account = db.query(Account).filter_by(name="Late organiser").one()
        old = make_sign_in_link(db, account, now=service.clock() - timedelta(minutes=16))
        path = f"/sign-in/{token_for(SECRET, 'sign', old.id)}"
    visitor: Visitor = visits(service)
    visitor.open(path, status=410)
    visitor.sees("has been used or is too old. Ask for a new one.")
    fresh = service.sign_in_path("late-organiser@events.example.org")
    visitor.open(fresh)
    visitor.press("Sign in", within="main")
    visitor.open(fresh, status=410)


def test_a_form_that_lost_its_token(service: WholeService, visits) -> None:
    with service.session() as db:
        scenes.workshop(db, "lost-token", "Lost")
    visitor: Visitor = visits(service)
    visitor.open("/events/lost-token/register")
    visitor.page.evaluate("document.querySelector('[name=csrf_token]').remove()")
    visitor.press("Send me the link")
    assert visitor.heading == "This page can’t be read"


def test_a_full_workshop_and_its_waiting_list(service: WholeService, visits) -> None:
    with service.session() as db:
        event = scenes.workshop(db, "full", "No room", capacity=2)
        link = scenes.city_page(scenes.invited(db, event, "Newark"))
        take_seats(db, event.id, 2)
    official: Visitor = visits(service, screen="phone", scripts=False)
    official.open("/series/series-full")
    official.sees("All places taken")
    official.open("/events/full")
    official.sees("All 2 places are taken")
    official.open(link)
    official.press("Start")
    official.write("Name", "Deputy mayor, Newark", within="#person-1")
    official.write("E-mail address", "deputy@full.example.org", within="#person-1")
    official.press("Save and continue")
    official.sees("would go on the waiting list as a whole")
    official.press("Join the waiting list")
    official.sees("your delegation is on the waiting list")


def test_registration_that_has_closed(service: WholeService, visits) -> None:
    with service.session() as db:
        event = scenes.workshop(db, "closed", "Too late")
        link = scenes.city_page(scenes.invited(db, event, "Newark"))
        event.registration_closes_at = service.clock() - timedelta(days=1)
    official: Visitor = visits(service, screen="phone", scripts=False)
    official.open("/events/closed")
    official.sees("Registration closed on")
    official.open("/events/closed/register")
    official.sees("Registration is closed")
    official.open(link)
    official.sees("Registration for this workshop has closed")
    official.open(f"{link}/people", status=409)
    assert official.heading == "Something has changed in the meantime"


def test_public_pages_of_the_sample(service: WholeService, visits) -> None:
    visitor: Visitor = visits(service, screen="desktop")
    for path in ("/", "/series/workshop-series-2024", "/events/stockholm-2024", *PUBLIC[1:]):
        visitor.open(path)
    visitor.open("/events/columbus-2024?clock=newark")
