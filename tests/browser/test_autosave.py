"""The form saves itself while somebody types, and loses nothing where the network drops."""

import re

import pytest
from playwright.sync_api import expect

from events_service.model import CityInvitation
from tests.browser import at_the_door as door
from tests.browser import scenes
from tests.browser.line import Line
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser

HEAD = "#person-1"
SAVED = re.compile(r"Saved at \d\d:\d\d")


def form_of(service: WholeService, slug: str) -> str:
    """The people page of a city that has typed nothing."""
    with service.session() as db:
        event = scenes.workshop(db, slug, f"Autosave {slug}")
        invitation: CityInvitation = scenes.invited(db, event, "Newark")
        return f"{scenes.city_page(invitation)}/people"


def types(visitor: Visitor, name: str) -> None:
    """Key by key, as people do."""
    field = visitor.field("Name", within=HEAD)
    field.fill("")
    field.press_sequentially(name, delay=5)


def says(visitor: Visitor, words: str | re.Pattern[str]) -> None:
    expect(visitor.page.locator("#saved")).to_contain_text(words, timeout=15_000)


def name_in(visitor: Visitor) -> str:
    return visitor.field("Name", within=HEAD).input_value()


def test_what_is_typed_is_there_after_a_while(door_service: WholeService, visits) -> None:
    link = form_of(door_service, "types")
    desk = visits(door_service)
    desk.open(link)
    types(desk, "Deputy mayor")
    says(desk, SAVED)
    focused = desk.page.evaluate("document.activeElement.id")
    assert focused == "people-0-name"  # it never takes the focus
    desk.look("saved by itself")
    desk.page.reload()
    assert name_in(desk) == "Deputy mayor"
    other = visits(door_service, screen="phone")
    other.open(link)
    assert name_in(other) == "Deputy mayor"


def test_what_nobody_comes_back_for_leaves_the_device(door_service: WholeService, visits) -> None:
    """Of whatever form: names and addresses don't lie about on a shared device."""
    desk = visits(door_service)
    desk.open(form_of(door_service, "old-copies"))
    keep = """([name, days]) => localStorage.setItem(`typed/${name}`, JSON.stringify({
        text: "Mayor", pressed: false, last: "", at: Date.now() - days * 24 * 3600 * 1000}))"""
    for copy in (["old", 7], ["new", 6.9]):
        desk.page.evaluate(keep, copy)
    desk.page.reload()
    kept = desk.page.evaluate("Object.keys(localStorage).filter(one => one.startsWith('typed/'))")
    assert "typed/old" not in kept and "typed/new" in kept


def test_control_without_the_script_it_is_not(door_service: WholeService, visits) -> None:
    link = form_of(door_service, "no-script")
    desk = visits(door_service, scripts=False)
    desk.open(link)
    types(desk, "Deputy mayor")
    desk.page.wait_for_timeout(4000)
    desk.page.goto(desk.page.url)
    assert name_in(desk) == ""
    types(desk, "Deputy mayor")
    desk.press("Save and come back later")
    desk.open(link)
    assert name_in(desk) == "Deputy mayor"


def test_the_network_drops_and_comes_back(door_service: WholeService, visits) -> None:
    link = form_of(door_service, "drops")
    desk = visits(door_service)
    desk.open(link)
    door.lose_network(desk)
    types(desk, "Deputy mayor")
    says(desk, "Not saved: there is no connection.")
    desk.look("without a network")
    door.find_network(desk)
    says(desk, SAVED)
    desk.page.reload()
    assert name_in(desk) == "Deputy mayor"
    door.forgive_the_network(desk)


def test_the_page_ends_without_a_network_and_is_opened_again(
    door_service: WholeService, visits
) -> None:
    link = form_of(door_service, "left")
    line = Line(door_service.address)
    desk = visits(door_service, line=line)
    desk.open(link)
    line.cut()
    door.lose_network(desk)
    types(desk, "Deputy mayor")
    says(desk, "Not saved: there is no connection.")
    desk.page.goto("about:blank")
    desk.page.wait_for_timeout(1500)  # its last word is sent meanwhile, and gets lost
    line.mend()
    door.find_network(desk)
    desk.open(link)
    assert name_in(desk) == "Deputy mayor"
    says(desk, "It stands in the form again.")
    says(desk, SAVED)
    desk.page.reload()
    assert name_in(desk) == "Deputy mayor"
    door.forgive_the_network(desk)
    line.close()


def test_somebody_who_is_taken_out_does_not_come_back(door_service: WholeService, visits) -> None:
    """What a button saved is settled: it is not put back as if it had been lost."""
    link = form_of(door_service, "taken-out")
    desk = visits(door_service)
    desk.open(link)
    types(desk, "Deputy mayor")
    desk.press("Add another person")
    desk.field("Name", within="#person-2").fill("Adviser")
    desk.press("Remove this person")
    expect(desk.page.locator("#person-2")).to_have_count(0)
    expect(desk.page.locator("#saved")).to_be_empty()
    desk.press("Save and come back later")
    desk.open(link)
    expect(desk.page.locator("#saved")).to_be_empty()
    assert name_in(desk) == "Deputy mayor"


@pytest.mark.parametrize("keeps", [True, False])
def test_two_type_at_once(door_service: WholeService, visits, keeps: bool) -> None:
    link = form_of(door_service, f"two-{keeps}".lower())
    desk, phone = visits(door_service), visits(door_service, screen="phone")
    desk.open(link)
    phone.open(link)
    types(phone, "Mayor")
    says(phone, SAVED)
    types(desk, "Deputy mayor")
    says(desk, "Not saved: somebody else has saved this form meanwhile.")
    desk.press("Save and continue")
    desk.sees("Somebody else saved this form while you had it open")
    desk.look("both versions")
    assert name_in(desk) == "Deputy mayor"
    if keeps:
        desk.press("Keep my version")
    else:
        desk.follow("Take the saved version")
    expected = "Deputy mayor" if keeps else "Mayor"
    assert name_in(desk) == expected
    phone.page.reload()
    assert name_in(phone) == expected
    desk.complaints[:] = [one for one in desk.complaints if "409" not in one]


def test_both_versions_on_a_phone_without_the_script(door_service: WholeService, visits) -> None:
    link = form_of(door_service, "two-plain")
    desk, phone = visits(door_service), visits(door_service, screen="phone", scripts=False)
    phone.open(link)
    desk.open(link)
    types(desk, "Mayor")
    says(desk, SAVED)
    types(phone, "Deputy mayor")
    phone.press("Save and come back later")
    phone.sees("Somebody else saved this form while you had it open", "Keep my version")
    phone.press("Keep my version")
    assert name_in(phone) == "Deputy mayor"
