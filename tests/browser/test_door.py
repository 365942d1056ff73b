"""At the door with a phone: by typing, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import at_the_door as door
from tests.browser.at_the_door import (
    ASA,
    LUKASZ,
    MAYOR,
    at_the_desk,
    check_in,
    not_too_soon,
    row,
    says,
    seek,
    undo,
)
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser


def test_typing_finds_a_person_who_comes_in(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "typing")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "how-many", "4 people on the list")
    says(desk, "net", "Everything is sent.")
    desk.look("the whole list")
    for asked, found in (
        ("asa oberg", ASA),
        ("NEWARK ås", ASA),
        ("zak", LUKASZ),
        ("dijon", LUKASZ),
    ):
        seek(desk, asked)
        expect(desk.page.locator("#door-people li")).to_have_count(1)
        expect(row(desk, found)).to_be_visible()
        says(desk, "how-many", "One person found")
    seek(desk, "nobody of that name")
    says(desk, "how-many", "0 people found")
    check_in(desk, ASA, "asa")
    assert desk.focused == "door-done-name"
    desk.look("somebody came in")
    says(desk, "net", "Everything is sent.")
    says(desk, "came", "1")
    not_too_soon(desk)
    desk.page.get_by_role("button", name="Next person").click()
    assert desk.focused == "door-q"
    expect(row(desk, ASA)).to_contain_text("Came in")
    assert door.came_in(door_service, "typing") == [ASA]
    row(desk, ASA).get_by_role("button", name="Take back").click()
    says(desk, "done-when", "Taken back")
    says(desk, "net", "Everything is sent.")
    assert door.came_in(door_service, "typing") == []


def test_a_second_tap_of_the_same_finger_does_nothing(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "taps")
    desk = at_the_desk(visits, door_service, link)
    check_in(desk, MAYOR, "mayor")
    desk.page.locator("#door-undo").evaluate("one => one.click()")
    says(desk, "done-when", "Came in")
    undo(desk)


def test_somebody_who_is_not_on_the_list(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "walk-in")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    desk.page.get_by_text("Somebody who is not on the list").click()
    desk.look("the form for somebody else")
    form = desk.page.locator("#door-walk-in")
    form.get_by_role("button", name="Check in").click()
    assert desk.focused == "name"
    desk.write("Name", "Claire Août", within="#door-walk-in")
    desk.choose("City or organisation", "Dijon", within="#door-walk-in")
    form.get_by_role("button", name="Check in").click()
    says(desk, "done", "Claire Août")
    says(desk, "net", "Everything is sent.")
    assert door.came_in(door_service, "walk-in") == ["Claire Août"]
    seek(desk, "aout")
    expect(row(desk, "Claire Août")).to_contain_text("Came in")


def test_without_scripts_every_button_is_a_form(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "forms")
    desk = at_the_desk(visits, door_service, link, scripts=False)
    desk.write("Name, city or role", "asa")
    desk.press("Find")
    desk.sees("One person found", ASA)
    desk.press("Check in", within="#door-people")
    desk.sees(f"{ASA} came in at")
    assert door.came_in(door_service, "forms") == [ASA]
    desk.press("Take back", within="#door-people")
    desk.sees("The person counts as not here.")
    assert door.came_in(door_service, "forms") == []


def test_a_rehearsal_sends_nothing(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "rehearsal", in_days=1)
    desk = at_the_desk(visits, door_service, link)
    desk.sees("This is a rehearsal.")
    says(desk, "net", "Everything is sent.")
    seek(desk, "asa")
    row(desk, ASA).get_by_role("button", name="Check in").click()
    says(desk, "done-when", "Rehearsal: nothing was recorded")
    desk.look("a rehearsal")
    expect(desk.page.locator("#door-undo")).to_be_hidden()
    assert door.came_in(door_service, "rehearsal") == []


def test_organisers_prepare_the_door_and_correct_it(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "prepared")
    organiser: Visitor = visits(door_service)
    organiser.open(door_service.sign_in_path("administrator@events.example.org"))
    organiser.press("Sign in", within="main")
    with door_service.session() as db:
        event = door.event_of(db, "prepared").id
    organiser.open(f"/organise/events/{event}/door")
    organiser.press("Make a new link")
    organiser.sees("The new link is below, and is shown this once.")
    desk: Visitor = visits(door_service, screen="phone")
    desk.open(link, status=410)
    desk.sees("replaced by a newer one")
    desk.open(organiser.link("/door/").get_attribute("href") or "")
    says(desk, "net", "Everything is sent.")
    check_in(desk, ASA, "asa")
    says(desk, "net", "Everything is sent.")
    organiser.open(f"/staff/events/{event}/attendance")
    organiser.sees("came in", "did not come in at the door")
    organiser.open(f"/organise/events/{event}/papers")
    with organiser.page.expect_download() as started:
        organiser.link("Download", nth=0).click()
    assert started.value.suggested_filename == "prepared-badges.pdf"


def test_a_persons_code_on_their_own_phone(door_service: WholeService, visits) -> None:
    door.workshop_today(door_service, "pass")
    with door_service.session() as db:
        number = door.named(db, door.event_of(db, "pass"), ASA).id
        answer = f"/a/{door.token_for(door.SECRET, 'answ', number)}"
    person: Visitor = visits(door_service, screen="phone", scripts=False)
    person.open(answer)
    person.follow("Your entry code")
    assert person.heading == ASA
    shown = person.page.get_by_alt_text(f"Entry code of {ASA}")
    assert shown.evaluate("one => one.complete && one.naturalWidth") > 100
    person.sees("This page checks nobody in by itself")
    assert door.came_in(door_service, "pass") == []


def test_the_keyboard_is_enough(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "keyboard")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    desk.tab_to(desk.page.locator("#door-q"))
    desk.page.keyboard.type("asa")
    expect(desk.page.locator("#door-people li")).to_have_count(1)
    desk.tab_to(row(desk, ASA).get_by_role("button", name="Check in"))
    desk.page.keyboard.press("Enter")
    says(desk, "done", ASA)
    assert desk.focused == "door-done-name"
    not_too_soon(desk)
    desk.tab_to(desk.page.locator("#door-undo"))
    desk.page.keyboard.press("Enter")
    says(desk, "done-when", "Taken back")
