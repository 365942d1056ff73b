"""At the door where the network drops: nothing is lost, nobody comes in twice."""

import re

import pytest
from playwright.sync_api import expect

from events_service.domain.door.links import replace_door_link
from tests.browser import at_the_door as door
from tests.browser.at_the_door import (
    ASA,
    LUKASZ,
    MAYOR,
    PATIENCE,
    at_the_desk,
    check_in,
    row,
    says,
    seek,
    undo,
)
from tests.browser.line import Line
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser


def test_the_network_drops_and_comes_back(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "offline")
    line = Line(door_service.address)
    desk = at_the_desk(visits, door_service, link, line=line)
    other = at_the_desk(visits, door_service, link)
    door.works_without_a_network(desk.page)
    line.cut()
    door.lose_network(desk)
    check_in(desk, ASA, "asa")
    says(desk, "net", "One entry waits for the network. It is kept on this device")
    check_in(desk, MAYOR, "mayor")
    check_in(desk, LUKASZ, "lukasz")
    undo(desk)
    says(desk, "net", "4 entries wait for the network.")
    assert door.came_in(door_service, "offline") == []

    desk.page.reload()  # the page itself loads again
    says(desk, "net", "4 entries wait for the network.")
    says(desk, "came", "2")
    expect(row(desk, ASA)).to_contain_text("waits to be sent")
    desk.look("without a network")

    check_in(other, ASA, "asa")
    says(other, "net", "Everything is sent.")
    line.mend()
    door.find_network(desk)
    says(desk, "net", "Everything is sent.")
    assert door.came_in(door_service, "offline") == [ASA, MAYOR]
    expect(row(desk, ASA)).not_to_contain_text("waits to be sent")
    check_again(other, MAYOR)
    door.forgive_the_network(desk)
    line.close()


def check_again(desk: Visitor, name: str) -> None:
    """Another device learns of it by itself, and does not check the person in once more."""
    desk.page.reload()
    seek(desk, name)
    expect(row(desk, name)).to_contain_text("Came in", timeout=PATIENCE)
    expect(row(desk, name).get_by_role("button", name="Check in")).to_have_count(0)


def test_two_devices_one_of_them_without_a_network(door_service: WholeService, visits) -> None:
    """Who was second is told when the person came in by the first."""
    link = door.workshop_today(door_service, "twice")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    door.lose_network(desk)
    check_in(desk, ASA, "asa")
    other = at_the_desk(visits, door_service, link)
    check_in(other, ASA, "asa")
    says(other, "net", "Everything is sent.")
    door.find_network(desk)
    says(desk, "done-when", re.compile(r"Here already: came in \d\d:\d\d"))
    assert door.came_in(door_service, "twice") == [ASA]
    undo(desk)
    says(desk, "net", "Everything is sent.")
    assert door.came_in(door_service, "twice") == []
    door.forgive_the_network(desk)


def test_a_link_that_ends_loses_no_entry(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "replaced")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    door.lose_network(desk)
    check_in(desk, ASA, "asa")
    with door_service.session() as db:
        event = door.event_of(db, "replaced")
        replace_door_link(db, event)
        new = door.door_link(event)
    door.find_network(desk)
    says(desk, "net", "This link has ended before one entry was sent.")
    expect(desk.page.locator("#door-people")).to_have_count(0)
    assert door.came_in(door_service, "replaced") == []
    desk.open(new)
    says(desk, "net", "Everything is sent.")
    assert door.came_in(door_service, "replaced") == [ASA]
    door.forgive_the_network(desk)
    desk.complaints[:] = [one for one in desk.complaints if " 410 " not in one]


def test_the_list_is_taken_off_the_device(door_service: WholeService, visits) -> None:
    link = door.workshop_today(door_service, "forget")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    assert desk.page.evaluate("Object.keys(localStorage).some(one => one.endsWith('list'))")
    desk.page.get_by_text("This device, and others").click()
    desk.look("the other device's code")
    desk.page.get_by_role("button", name="Take the list off this device").click()
    says(desk, "net", "The list is no longer on this device.")
    expect(desk.page.locator("#door-people")).to_have_count(0)
    assert not desk.page.evaluate("Object.keys(localStorage).some(one => one.endsWith('list'))")


def test_an_entry_that_cannot_be_recorded_is_shown_until_it_is_read(
    door_service: WholeService, visits
) -> None:
    link = door.workshop_today(door_service, "refused")
    desk = at_the_desk(visits, door_service, link)
    says(desk, "net", "Everything is sent.")
    wrong = """event => localStorage.setItem(`door/${event}/waits/1`, JSON.stringify({
        id: "1", order: 1, kind: "in", key: "f".repeat(32), person: "member:0", name: "Ghost",
        day: "2026-11-23", came_at: new Date().toISOString()}))"""
    desk.page.evaluate(wrong, desk.page.locator("#door").get_attribute("data-event"))
    desk.page.reload()
    says(desk, "refused", re.compile(r"Ghost, \d\d:\d\d: This person is not on the list"))
    says(desk, "net", "Everything is sent.")
    desk.look("an entry was refused")
    desk.page.reload()
    desk.page.get_by_role("button", name="I have noted them").click()
    expect(desk.page.locator("#door-refused")).to_be_hidden()
