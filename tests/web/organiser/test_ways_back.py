"""A refusal leads back to the work that it is about."""

import re

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import Event
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.domain.registration.test_deciding import Desk

WAY = re.compile(r'<li><a class="govuk-link" href="([^"]*)">([^<]*)</a></li>')


def ways(page: str) -> list[tuple[str, str]]:
    return WAY.findall(page.partition("<main")[2].partition("</main>")[0])


@pytest.fixture
def home(db: Session, sign_in_as: SignInAs) -> str:
    event: Event = cast.event(db)
    sign_in_as("organiser", event.series_id)
    return f"/organise/events/{event.id}"


def test_letters_that_are_others_now_are_read_again(browser: Browser, home: str) -> None:
    outbox, board = f"{home}/outbox", (home, "Go back to who is coming")
    to_outbox = (outbox, "Go back to the outbox")
    group = f"{outbox}/groups/city_invited"
    to_group = (group, "Go back to these letters")
    stale: dict[str, object] = {"read": "x"}
    for path, sent, expected in [
        (f"{outbox}/release", stale, [to_outbox, board]),
        (f"{outbox}/release", stale | {"group": "city_invited"}, [to_group, to_outbox]),
        (f"{group}/words", stale | {"words": "x"}, [to_group, to_outbox]),
        (f"{outbox}/undo", {"released": "x"}, [to_outbox, board]),
    ]:
        answer = browser.post(path, sent, at=outbox)
        assert (answer.status, ways(answer.text)) == (409, expected)
        assert "Organisers’ office" in answer.text
        browser.get(expected[0][0])
    gone = browser.post(f"{outbox}/letters/0/leave-out", at=outbox)
    assert (gone.status, ways(gone.text)) == (404, [to_outbox, board])


def test_who_was_not_told_is_not_replaced_yet(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> None:
    desk = Desk(db, settings, clock)
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    db.commit()
    sign_in_as("organiser", desk.event.series_id)
    home = f"/organise/events/{desk.event.id}"
    person = f"{home}/people/{office.people_of(newark)[0].id}"
    page = browser.get(f"{person}/replace", 409)
    assert "Its letters come first." in page
    assert ways(page) == [
        (person, "Go back to this person"),
        (f"{home}/people", "Go back to the list of people"),
    ]


def test_elsewhere_it_leads_to_the_start(browser: Browser, home: str) -> None:
    assert ways(browser.get(f"{home}/people/0", 404))[1] == (home, "Go back to who is coming")
    for page in ("/organise/events/0", "/organise/events/0/outbox"):
        assert ways(browser.get(page, 404)) == [("/organise", "Go to your workshops")]


def test_the_public_is_led_to_the_workshops(browser: Browser) -> None:
    page = browser.get("/r/nothing", 410)
    assert ways(page) == []
    assert 'href="/">Go to the workshops</a>' in page
