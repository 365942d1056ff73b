"""Somebody else comes: from the city's page to the new list, on a phone without JavaScript and at a
desk with it."""

import pytest

from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_city_replaces_a_person(
    door_service: WholeService, visits, screen: str, scripts: bool
) -> None:
    with door_service.session() as db:
        event = scenes.workshop(db, f"replace-{screen}", f"Replacing on a {screen}")
        invitation = scenes.invited(db, event, "Newark")
        invitation.seats_elected = 1
        link = scenes.city_page(invitation)
    official: Visitor = visits(door_service, screen=screen, scripts=scripts)
    registers(official, link)
    official.follow("Replace")
    assert official.heading == "Who comes in place of Mayor, Newark?"
    official.press("Continue")
    assert [target for target, _words in official.slips()] == ["name", "address"]
    official.write("Name", "Deputy mayor, Newark")
    official.write("E-mail address", "deputy@newark.example.org")
    official.press("Continue")
    official.sees("What happens when you confirm", "takes the workshop out of their calendar")
    official.press("Change what you entered")
    official.write("Role in the city", "Deputy mayor")
    official.press("Continue")
    official.press("Replace Mayor, Newark")
    official.sees("Deputy mayor, Newark comes in place of Mayor, Newark.")
    official.misses("Mayor, Newark\nMayor")


def registers(official: Visitor, link: str) -> None:
    official.open(f"{link}/people")
    official.write("Name", "Mayor, Newark", within="#person-1")
    official.write("E-mail address", "mayor@newark.example.org", within="#person-1")
    official.press("Save and continue")
    assert official.slips() == [
        ("people-0-kind", "Choose whether this person is an elected official or a practitioner")
    ]
    official.tick("Elected official", within="#person-1")
    official.press("Save and continue")
    official.sees("Comes as", "Elected official")
    official.press("Confirm the delegation")
    official.sees("Your delegation is registered.", "What to do", "Details of each person")
