"""A city registers by the keyboard alone: Tab, letters, Space and Enter."""

import pytest

from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser

HEAD = "#person-1"


def test_a_city_registers_by_the_keyboard(service: WholeService, visits) -> None:
    with service.session() as db:
        event = scenes.workshop(db, "by-keyboard", "No mouse")
        link = scenes.city_page(scenes.invited(db, event, "Newark"))
    official: Visitor = visits(service)
    official.open(link)
    keys = official.page.keyboard
    keys.press("Tab")
    assert official.page.locator(":focus").inner_text() == "Skip to main content"
    keys.press("Enter")
    assert official.focused == "main"

    def enter() -> None:
        with official.page.expect_navigation():
            keys.press("Enter")
        official.look()

    official.tab_to(official.page.get_by_role("button", name="Start"))
    enter()
    for label, text in (
        ("Name", "Deputy mayor, Newark"),
        ("Role in the city", "Deputy mayor"),
        ("E-mail address", "deputy@by-keyboard.example.org"),
    ):
        official.tab_to(official.field(label, within=HEAD))
        keys.type(text)
    last_day = official.field("Wednesday 2 June 2027", within=HEAD)
    official.tab_to(last_day)
    keys.press("Space")
    assert not last_day.is_checked()
    enter()  # in a field of the form: as if the main button were pressed
    assert official.heading == "Review your delegation"
    official.tab_to(official.page.get_by_role("button", name="Confirm the delegation"))
    enter()
    official.sees("Your delegation is registered", "Monday 31 May to Tuesday 1 June 2027")
