"""What a city does beside registering, by the keyboard alone and without scripts; at 320 px, where
least is in sight. Each page on the way is judged."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.particulars.people import form_for, people_named
from events_service.domain.registration.offering import end
from events_service.domain.registration.seating import offer_seats, release_seats
from events_service.model import CityInvitation
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock
from tests.domain.particulars.forms import own_page

pytestmark = pytest.mark.browser


def registered(service: WholeService, db: Session, slug: str) -> CityInvitation:
    """Two of Newark, who have been told that they come."""
    event = scenes.workshop(db, slug, f"Keys: {slug}")
    return office.registered(
        db, service.settings, TestClock(service.clock()), event, "Newark", "Mayor", "Liaison"
    )


def offered(service: WholeService, db: Session, slug: str, *, hours: int) -> CityInvitation:
    """Two of Newark wait; one place is held for them until so many hours from now."""
    invitation = registered(service, db, slug)
    delegation = invitation.delegation
    assert delegation is not None
    delegation.state, delegation.waitlisted_at = "waitlisted", service.clock()
    release_seats(db, delegation)
    invitation.event.capacity = 1
    db.flush()
    assert offer_seats(db, delegation, [False])
    delegation.offer_ends_at = service.clock() + timedelta(hours=hours)
    return invitation


def button(visitor: Visitor, name: str) -> None:
    visitor.enter(visitor.page.get_by_role("button", name=name).first)


@pytest.fixture
def somebody(door_service: WholeService, visits) -> Visitor:
    made: Visitor = visits(door_service, screen="phone", scripts=False)
    return made


def test_a_city_says_no_by_the_keyboard(door_service: WholeService, somebody: Visitor) -> None:
    with door_service.session() as db:
        event = scenes.workshop(db, "keys-decline", "Keys: decline")
        link = scenes.city_page(scenes.invited(db, event, "Newark"))
    somebody.open(link)
    somebody.enter(somebody.link("We can’t come this time"))
    button(somebody, "We can’t come this time")
    somebody.sees("Start again")


def test_a_person_is_replaced_and_all_withdraw_by_the_keyboard(
    door_service: WholeService, somebody: Visitor
) -> None:
    with door_service.session() as db:
        link = scenes.city_page(registered(door_service, db, "keys-replace"))
    somebody.open(link)
    somebody.enter(somebody.link("Replace"))
    button(somebody, "Continue")
    assert somebody.focused == "error-summary"
    somebody.type_into("Name", "Deputy mayor, Newark")
    somebody.type_into("E-mail address", "deputy@newark.example.org")
    button(somebody, "Continue")
    button(somebody, "Replace Mayor, Newark")
    somebody.sees("Deputy mayor, Newark comes in place of Mayor, Newark.")
    somebody.enter(somebody.link("Withdraw the delegation"))
    button(somebody, "Withdraw the delegation")
    somebody.sees("Your delegation is withdrawn", "Register again")


def test_an_offer_by_the_keyboard(door_service: WholeService, somebody: Visitor) -> None:
    with door_service.session() as db:
        open_offer = scenes.city_page(offered(door_service, db, "keys-offer", hours=24))
    somebody.open(open_offer)
    somebody.sees("There is one place for your delegation.")
    somebody.enter(somebody.link("Choose who comes"))
    somebody.enter(somebody.page.locator("#person-2").get_by_role("button", name="Remove"))
    button(somebody, "Save and continue")
    assert somebody.heading == "Review your delegation"
    somebody.open(open_offer)
    somebody.enter(somebody.link("Let the places go"))
    button(somebody, "Let the places go")
    somebody.sees("Your delegation keeps its turn on the waiting list.")


def test_an_offer_that_has_run_out(door_service: WholeService, somebody: Visitor) -> None:
    with door_service.session() as db:
        invitation = offered(door_service, db, "keys-over", hours=-1)
        assert invitation.delegation is not None
        end(db, door_service.settings, invitation.delegation, now=door_service.clock())
        link = scenes.city_page(invitation)
    somebody.open(link)
    somebody.sees("Your delegation has been waiting since")
    somebody.misses("They are held for you", "Let the places go")
    somebody.enter(somebody.link("Change the delegation"))


def test_details_by_the_keyboard(door_service: WholeService, somebody: Visitor) -> None:
    """The first questions, one left out, the choice that is needed; then all of it is erased."""
    with door_service.session() as db:
        invitation = registered(door_service, db, "keys-details")
        mayor, _liaison = people_named(db, invitation, now=door_service.clock())
        me = own_page(form_for(db, invitation, mayor, now=door_service.clock()))
    somebody.open(me)
    button(somebody, "Start")
    somebody.type_into("How should we address you?", "Mayor")
    button(somebody, "Save and continue")
    button(somebody, "Skip this")
    somebody.open(f"{me}/attribution")
    button(somebody, "Save and continue")
    assert somebody.focused == "error-summary"
    somebody.tab_to(somebody.field("By my name and role"))
    somebody.page.keyboard.press("Space")
    button(somebody, "Save and continue")
    assert somebody.path.startswith(f"{me}/consents")
    somebody.open(me)
    somebody.sees("What we hold about you", "questions are still open.")
    somebody.enter(somebody.link("Erase all of it"))
    button(somebody, "Erase all of it")
    somebody.sees("What you told us about yourself is erased.")
