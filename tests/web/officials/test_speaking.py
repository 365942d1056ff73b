"""Whoever presses a button behind a city's link is answered in that city's language, as whoever
looks is: in a browser that last showed another city's link, too."""

import re

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import CityInvitation
from events_service.tokens import token_for
from events_service.translation import gettext, speaking
from events_service.web.officials.declining import DECLINED
from tests import cast, office
from tests.conftest import SECRET, Browser, TestClock

WITHDRAWN = "Your delegation is withdrawn. Everyone in it is being told by letter."
NO_OFFER = "There is no offer any more, so nothing has changed."


def link_of(invitation: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', invitation.id)}"


@pytest.fixture
def dijon(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    event = cast.event(db)
    invitation = office.registered(db, settings, clock, event, "Dijon", "Mayor")
    invitation.city.language = "fr"
    db.commit()
    return invitation


@pytest.fixture
def bratislava(db: Session, dijon: CityInvitation) -> CityInvitation:
    invitation = cast.invited(db, dijon.event, "Bratislava")
    invitation.city.language = "sk"
    db.commit()
    return invitation


def in_french(text: str) -> str:
    with speaking("fr"):
        said = gettext(text)
    assert said != text
    return said


def notice(browser: Browser, page: str) -> str:
    text = browser.get(page)
    return text.partition('ws-notice--done"')[2].partition("<p>")[2].partition("</p>")[0]


@pytest.mark.parametrize(("pressed", "said"), [("withdraw", WITHDRAWN), ("let-go", NO_OFFER)])
def test_a_notice_is_in_the_language_of_the_link_that_was_pressed(
    browser: Browser,
    dijon: CityInvitation,
    bratislava: CityInvitation,
    pressed: str,
    said: str,
) -> None:
    browser.post(f"{link_of(dijon)}/{pressed}", at=f"{link_of(bratislava)}/people")
    assert notice(browser, link_of(dijon)) == in_french(said)


def test_so_is_the_thanks_to_a_city_that_can_not_come(
    browser: Browser, db: Session, dijon: CityInvitation, bratislava: CityInvitation
) -> None:
    boise = cast.invited(db, dijon.event, "Boise")
    boise.city.language = "fr"
    db.commit()
    with speaking("fr"):
        french = str(DECLINED)
    browser.post(f"{link_of(boise)}/decline", at=f"{link_of(bratislava)}/people")
    assert notice(browser, link_of(boise)) == french


def test_so_is_a_refusal(
    browser: Browser, dijon: CityInvitation, bratislava: CityInvitation, clock: TestClock
) -> None:
    """Control: the page that it was pressed on is in another language."""
    assert '<html lang="fr"' in browser.get(f"{link_of(dijon)}/withdraw")
    clock.now = dijon.event.registration_closes_at
    answer = browser.post(f"{link_of(bratislava)}/decline", at=f"{link_of(dijon)}/withdraw")
    assert (answer.status, '<html lang="sk"' in answer.text) == (409, True)


def test_a_choice_of_the_reader_holds(
    browser: Browser, dijon: CityInvitation, bratislava: CityInvitation
) -> None:
    browser.client.set_cookie("language", "sv")
    browser.post(f"{link_of(dijon)}/withdraw", at=f"{link_of(bratislava)}/people")
    assert notice(browser, link_of(dijon)).startswith("Anmälan är tillbakadragen.")


def prefixes(page: str) -> set[str]:
    """What a screen reader says before each error."""
    errors = re.findall(r"<p[^>]*govuk-error-message[^>]*>\s*<span[^>]*>([^<]*)</span>", page)
    return set(errors)


def test_errors_are_announced_in_the_language_of_the_page(
    browser: Browser, dijon: CityInvitation
) -> None:
    people = browser.post(f"{link_of(dijon)}/people", {"press": "continue"})
    answer = f"/a/{token_for(SECRET, 'answ', office.people_of(dijon)[0].id)}"
    answered = browser.post(answer, {}, at=answer)
    found = [(one.status, prefixes(one.text)) for one in (people, answered)]
    assert found == [(422, {"Erreur\u00a0:"}), (422, {"Erreur\u00a0:"})]
