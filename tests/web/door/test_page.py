"""The page at the door where no script runs: every button is a form."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy.orm import Session

from events_service.domain.door.links import replace_door_link
from events_service.model import Attendance, CheckIn, Event
from events_service.web.headers import CSP
from tests import cast, door
from tests.conftest import Browser, TestClock
from tests.door import FIRST, MORNING, there

NEWARK = "Mayor, Newark"


def rows(page: str) -> list[str]:
    """Each person on the page, in words."""
    people = html.document_fromstring(page).xpath("//ul[@id='door-people']/li")
    return [" ".join(one.text_content().split()) for one in people]


def form_of(page: str, name: str, button: str) -> dict[str, object]:
    """The hidden fields beside a button."""
    tree = html.document_fromstring(page)
    path = f"//button[starts-with(., '{button}')][contains(., '{name}')]/parent::form"
    [form] = tree.xpath(path)
    return {one.get("name"): one.get("value") for one in form.xpath("./input")}


def test_who_is_expected_and_how_many_are_here(link: str, browser: Browser) -> None:
    page = browser.get(link)
    assert rows(page) == [
        "Mayor, NewarkNewark Expected Check in: Mayor, Newark",
        "Planner, BoiseBoise Expected Check in: Planner, Boise",
        "Youth lead, NewarkNewark Expected Check in: Youth lead, Newark",
    ]
    count = html.document_fromstring(page).xpath("//p[contains(@class, 'door__count')]")[0]
    assert count.text_content().startswith("0 of 3 expected on Monday 31\xa0May are here")


def test_a_person_comes_in_and_the_entry_is_taken_back(
    db: Session, event: Event, link: str, browser: Browser
) -> None:
    form = form_of(browser.get(f"{link}?q=mayor"), NEWARK, "Check in")
    answer = browser.post(f"{link}/in", form, at=link)
    assert (answer.status, answer.location) == (303, f"{link}?q=mayor")
    page = browser.get(f"{link}?q=mayor")
    assert "Mayor, Newark came in at 09:12." in page
    assert rows(page) == ["Mayor, NewarkNewark Came in 09:12 Take back: Mayor, Newark"]
    assert there(db, event) == [(NEWARK, [FIRST])]
    assert db.query(CheckIn).one().recorded_by == "door, by its form"
    browser.post(f"{link}/back", form_of(page, NEWARK, "Take back"), at=link)
    assert "The person counts as not here." in browser.get(link)
    assert there(db, event) == []


def test_pressing_twice_is_coming_in_once(
    db: Session, event: Event, link: str, browser: Browser
) -> None:
    page = browser.get(link)
    form, other = form_of(page, NEWARK, "Check in"), form_of(browser.get(link), NEWARK, "Check in")
    for sent in (form, form, other):
        assert browser.post(f"{link}/in", sent, at=link).status == 303
    assert "Mayor, Newark is here already and came in at 09:12." in browser.get(link)
    assert door.standing(db, event) == [(FIRST, MORNING, form["key"])]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("NEWARK", 2), ("newark youth", 1), ("boisé", 1), ("planner", 1), ("oslo", 0), ("  ", 3)],
)
def test_search(link: str, browser: Browser, asked: str, found: int) -> None:
    assert len(rows(browser.get(f"{link}?q={asked}"))) == found


def test_somebody_who_is_not_on_the_list(
    db: Session, event: Event, link: str, browser: Browser
) -> None:
    dijon = cast.city(db, "Dijon")
    db.commit()
    form = {
        "name": "Claire  Août",
        "body": f"city:{dijon.id}",
        "role": "Adviser",
        "key": door.key(),
    }
    assert browser.post(f"{link}/walk-in", form, at=link).status == 303
    page = browser.get(f"{link}?q=aout")
    assert "Claire Août came in at 09:12." in page
    assert rows(page) == ["Claire AoûtAdviser · Dijon Came in 09:12 Take back: Claire Août"]
    assert there(db, event) == [("Claire Août", [FIRST])]


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"name": ""}, "Enter the person’s name"),
        ({"name": "M" * 201}, "Shorten the name to 200"),
        ({"body": ""}, "Choose a city or an organisation"),
        ({"body": "city:0"}, "Not a valid choice"),
        ({"role": "R" * 201}, "Shorten the role to 200"),
    ],
)
def test_what_is_missing_is_said(
    db: Session, event: Event, link: str, browser: Browser, form: dict[str, object], problem: str
) -> None:
    given = {"name": "Guest", "body": f"city:{event.city_id}", "key": door.key(), **form}
    answer = browser.post(f"{link}/walk-in", given, at=link)
    assert (answer.status, problem in answer.text) == (422, True), answer.text
    assert there(db, event) == []


@pytest.mark.parametrize(
    "form",
    [{}, {"person": "member:1"}, {"person": "member:0", "key": door.key()}, {"key": "x" * 32}],
)
def test_a_form_that_nobody_was_shown(
    db: Session, event: Event, link: str, browser: Browser, form: dict[str, object]
) -> None:
    assert browser.post(f"{link}/in", form, at=link).status == 303
    page = browser.get(link)
    assert "could not be read" in page or "not on the list of this workshop" in page
    assert there(db, event) == []


def test_the_day_before_all_works_and_nothing_is_recorded(
    db: Session, event: Event, link: str, browser: Browser, clock: TestClock
) -> None:
    clock.now = MORNING - timedelta(days=1)
    page = browser.get(link)
    assert "Everything works as it will on Monday 31\xa0May, and nothing is recorded." in page
    browser.post(f"{link}/in", form_of(page, NEWARK, "Check in"), at=link)
    assert "This is a rehearsal: Mayor, Newark was found, and nothing" in browser.get(link)
    form = {"name": "Guest", "body": f"city:{event.city_id}", "key": door.key()}
    browser.post(f"{link}/walk-in", form, at=link)
    assert "This is a rehearsal: Guest was found" in browser.get(link)
    assert there(db, event) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (MORNING - timedelta(days=2), "The door opens on Monday 31\xa0May 2027"),
        (MORNING + timedelta(days=3), "is over, and nobody can be checked in"),
    ],
)
def test_names_are_not_there_before_and_after(
    link: str, browser: Browser, clock: TestClock, now: datetime, said: str
) -> None:
    clock.now = now
    page = browser.get(link)
    assert said in page
    assert "Newark" not in page
    assert browser.client.get(f"{link}/list").json["people"] == []


def test_links_that_ended(db: Session, event: Event, link: str, browser: Browser, clock) -> None:
    clock.now = datetime(2027, 6, 9, 22, 0, tzinfo=UTC)  # midnight: a week and a day later
    assert "This workshop is over, and its list is closed." in browser.get(link, 410)
    clock.now = MORNING
    replace_door_link(db, event)
    db.commit()
    assert "replaced by a newer one" in browser.get(link, 410)
    assert "not one of ours" in browser.get(f"/door/{'a' * 32}", 410)
    assert "not one of ours" in browser.get("/door/short", 410)


def test_a_cancelled_workshop_has_no_door(
    db: Session, event: Event, link: str, browser: Browser, clock: TestClock
) -> None:
    event.cancelled_at = clock.now
    db.commit()
    assert "cancelled, so nobody is checked in" in browser.get(link, 410)


def test_the_page_tells_names_roles_and_cities_and_nothing_else(
    db: Session, event: Event, link: str, browser: Browser
) -> None:
    page = browser.get(link)
    told = page + browser.client.get(f"{link}/list").text
    for member in (door.member(db, NEWARK), door.member(db, "Planner, Boise")):
        assert member.name in told  # the control
        assert member.address not in told
        assert member.delegation.contact_address not in told
    assert not re.search(r"@|NEEDS-ACTION|No answer", told)
    assert event.city.contacts[0].address not in told


def test_the_camera_is_for_this_page_alone(link: str, client: FlaskClient) -> None:
    page = client.get(link)
    assert page.headers["Permissions-Policy"].startswith("camera=(self), ")
    assert page.headers["Content-Security-Policy"] == CSP
    for other in (f"{link}/list", "/", f"{link}/link.svg"):
        assert client.get(other).headers["Permissions-Policy"].startswith("camera=(), "), other


def test_a_long_list_is_shown_in_part(
    db: Session, event: Event, link: str, browser: Browser, clock: TestClock
) -> None:
    for number in range(50):
        db.add(
            Attendance(
                event_id=event.id,
                city_id=event.city_id,
                name=f"Guest {number:02d}",
                days=[FIRST],
                recorded_at=clock.now,
            )
        )
    db.commit()
    page = browser.get(link)
    assert len(rows(page)) == 40
    assert "53 people on the list: type to find the others" in page
    assert len(rows(browser.get(f"{link}?q=guest+49"))) == 1
    assert "50 people found, the first 40 shown" in browser.get(f"{link}?q=guest")
