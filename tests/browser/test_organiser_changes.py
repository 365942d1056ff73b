"""A workshop moves, another is called off, and a city's link is sent again, replaced and ended."""

import pytest

from events_service.domain.registration.answers import answer
from events_service.domain.registration.calendars import standing
from events_service.model import Event
from tests import office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser

A_MINUTE_AND_SOME = 90.0  # seconds


def with_two_cities(service: WholeService, slug: str, title: str) -> tuple[int, str, str]:
    """An event to which two cities come, one person of whom has said yes; who organises it; the
    page of a third city, which has not answered."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, slug, title)
        newark = office.registered(db, service.settings, clock, event, "Newark", "Mayor", "Liaison")
        office.registered(db, service.settings, clock, event, "Boise", "Mayor")
        lead = office.people_of(newark)[0]
        answer(lead, {one.id: "ACCEPTED" for one in standing(lead)}, now=clock.now)
        silent = scenes.invited(db, event, "Cape Town")
        organiser = scenes.colleague(db, f"Organiser of {slug}", "organiser", event.series)
        return event.id, organiser, scenes.city_page(silent)


def see_the_board(organiser: Visitor) -> None:
    assert organiser.heading == "Who is coming"
    organiser.sees("Newark", "Boise", "Cape Town", "Accepted", "No answer", "2 delegations")
    for shown in ("Open questions", "Waiting list", "Withdrawn"):
        organiser.follow(shown, within=".ws-board-bar")
    organiser.follow("All, open questions first")


def ask_to_move(organiser: Visitor) -> None:
    """To the page that lists the letters. Three people, the offices that named them, and a city
    that has not answered are written to."""
    organiser.follow("Move the workshop")
    organiser.write("First day", "")
    organiser.press("See what changes")
    assert [target for target, _ in organiser.slips()] == ["starts_on"]
    organiser.write("First day", "2027-06-07")
    organiser.write("Venue", "House of Culture")
    organiser.press("See what changes")
    assert organiser.heading == "6 people will be written to"
    organiser.sees("Nothing changes and nobody is written to", "Monday 7 to Wednesday 9 June 2027")
    organiser.page.locator("details summary").first.click()
    organiser.look("the letters of a move")
    organiser.press("Put the move into the outbox")
    organiser.sees("It waits in the outbox. Nothing has changed yet")
    organiser.follow("Read and release")
    organiser.sees("The move waits in the outbox", "letters tell of it")


def read_and_release(organiser: Visitor) -> None:
    """To the page that waits its minute."""
    organiser.follow("Read", within=".ws-records")
    organiser.look("a letter that waits in the outbox")
    organiser.press("Send me a test")
    organiser.sees("A test of this letter is on its way")
    organiser.write("Your own words (optional)", "We are sorry for the change.")
    organiser.press("Save and read again")
    organiser.sees("Saved. Read the letters again")
    organiser.follow("The letters that wait")
    organiser.press("Release")
    organiser.sees("The move leaves in a minute", "6 people will be written to")


@pytest.mark.parametrize("screen", ["phone"])
def test_a_move_is_undone_within_its_minute(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    title = "Undone at once"
    number, address, _ = with_two_cities(service, "undone", title)
    organiser: Visitor = visits(service, screen=screen)
    organiser.open(f"/organise/events/{number}")
    scenes.signs_in(organiser, post, address)
    see_the_board(organiser)
    ask_to_move(organiser)
    read_and_release(organiser)
    organiser.press("Undo")
    organiser.sees("Undone. Nobody was written to, and the letters wait in the outbox again.")
    organiser.follow("Read and release")
    organiser.press("Throw the change away")
    organiser.sees("Thrown away. Everything is as it was, and nobody was written to.")
    with service.session() as db:
        assert db.get_one(Event, number).starts_on == scenes.FIRST_DAY


def call_it_off(organiser: Visitor, number: int) -> None:
    organiser.open(f"/organise/events/{number}")
    organiser.follow("Cancel the workshop")
    organiser.write("Why (optional)", "x" * 1001)
    organiser.press("See what happens")
    assert [target for target, _ in organiser.slips()] == ["words"]
    organiser.write("Why (optional)", "The hall was flooded.")
    organiser.press("See what happens")
    organiser.sees("people will be written to", "Taken out")
    organiser.press("Put the cancellation into the outbox")
    organiser.follow("Read and release")
    organiser.press("Release")
    organiser.sees("The cancellation leaves in a minute")


def send_replace_and_end_a_link(
    service: WholeService,
    organiser: Visitor,
    official: Visitor,
    post: PostOffice,
    number: int,
    link: str,
) -> None:
    organiser.open(f"/organise/events/{number}/cities")
    organiser.press("Send again to Cape Town")
    organiser.sees("waits in the outbox, with the same link")
    scenes.release_all(organiser, service, number)
    organiser.open(f"/organise/events/{number}/cities")
    city = "office-moved@cities.example.org"
    assert post.wait_for(city, "Invitation for ").link("/r/") == link
    official.open(link)
    organiser.follow("Link of Cape Town")
    organiser.press("Make a new link")
    organiser.sees("A new link for Cape Town waits in the outbox")
    scenes.release_all(organiser, service, number)
    organiser.open(f"/organise/events/{number}/cities")
    official.open(link, status=410)
    official.sees("This link no longer works", "was replaced or taken back")
    renewed = post.wait_for(city, "Invitation for ", count=2).link("/r/")
    official.open(renewed)
    organiser.follow("Link of Cape Town")
    organiser.press("End the link")
    organiser.sees("opens nothing any more", "Link ended")
    official.open(renewed, status=410)
    official.sees("This link no longer works")


def test_a_move_and_a_cancellation_leave_after_their_minute(
    service: WholeService, post: PostOffice, visits
) -> None:
    moved, address, link = with_two_cities(service, "moved", "Moves along")
    cancelled, other_address, other_link = with_two_cities(service, "called-off", "Called off")
    organiser, other, official = visits(service), visits(service), visits(service)
    organiser.open(f"/organise/events/{moved}")
    scenes.signs_in(organiser, post, address)
    ask_to_move(organiser)
    read_and_release(organiser)
    waiting = organiser.path
    other.open(f"/organise/events/{cancelled}")
    scenes.signs_in(other, post, other_address)
    call_it_off(other, cancelled)
    other_waiting = other.path
    other.open(f"/organise/events/{moved}", status=404)  # of another series
    organiser.open(f"/organise/events/{moved}")
    organiser.sees("The move leaves at", "6 people will be written to")
    send_replace_and_end_a_link(service, organiser, official, post, moved, link)

    organiser.open(waiting)  # the letter to a city whose link was ended is not to leave any more
    organiser.waits_for("The letters to Cape Town became other ones", A_MINUTE_AND_SOME)
    organiser.press("Release")
    organiser.sees("The move leaves in a minute")
    scenes.skip_the_minute_of_changes(service)  # one minute was waited for, and no other differs
    organiser.waits_for("The workshop is moved", A_MINUTE_AND_SOME)
    organiser.sees("5 people are written to")
    letter = post.wait_for("mayor@newark.example.org", "Changed: ", about="Moves along")
    assert letter.calendar[0] == "REQUEST"
    assert "House of Culture" in letter.text and "We are sorry for the change." in letter.text
    other.open(other_waiting)
    other.waits_for("The workshop is cancelled", A_MINUTE_AND_SOME)
    letter = post.wait_for("mayor@newark.example.org", "Cancelled: ", about="Called off")
    assert letter.calendar[0] == "CANCEL"
    assert "The hall was flooded." in letter.text
    other.judge.look_at_letter(letter.html, where="member_cancelled, the whole workshop")
    city = post.wait_for("office-called-off@cities.example.org", "Cancelled: ")
    other.judge.look_at_letter(city.html, where="event_cancelled_city")
    other.open(f"/organise/events/{cancelled}")
    official.open(other_link)
    official.sees("This workshop was cancelled")
    official.open("/events/called-off")
    official.sees("This workshop was cancelled")
    official.open("/events/called-off/register")
    official.sees("Registration is closed")
