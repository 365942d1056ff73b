"""The first buttons on a city's page, without JavaScript."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.model import CityInvitation
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, TestClock


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    invitation = cast.invited(db, cast.event(db), "Newark", seats=3)
    invitation.seats_elected = 1
    db.commit()
    return invitation


@pytest.fixture
def link(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}"


def test_looking_opens_nothing_and_pressing_does(
    browser: Browser, link: str, db: Session, newark: CityInvitation, clock: TestClock
) -> None:
    for page in (link, f"{link}/people", f"{link}/decline"):
        browser.get(page)
        browser.client.head(page)
    db.refresh(newark)
    assert newark.opened_at is None
    assert browser.client.get(f"{link}/start").status_code == 405
    answer = browser.post(f"{link}/start", at=link)
    db.refresh(newark)
    assert (answer.location, newark.opened_at) == (f"{link}/people", clock.now)


def test_a_city_says_that_it_does_not_come_and_starts_again(
    browser: Browser, link: str, db: Session, newark: CityInvitation
) -> None:
    assert "We can’t come this time" in browser.get(link)
    answer = browser.post(f"{link}/decline", {"reason": "No budget\r\nthis year."})
    assert (answer.status, answer.location) == (303, link)
    page = browser.get(link)
    assert "A letter that says so is on its way" in page
    assert "Your reason: “No budget this year.”" in page
    assert office.letters(db) == [("city_declined", "newark@cities.example.org")]
    assert "Start again" in page and "We can’t come this time" not in page
    assert browser.post(f"{link}/start", at=link).location == f"{link}/people"
    db.refresh(newark)
    assert newark.declined_at is None


def test_a_reason_that_is_too_long_is_shown_again(browser: Browser, link: str, db: Session) -> None:
    answer = browser.post(f"{link}/decline", {"reason": "x" * 1001})
    assert (answer.status, office.letters(db)) == (422, [])
    assert "Shorten this to 1,000 characters" in answer.text


def test_after_the_deadline_nothing_can_be_pressed(
    browser: Browser, link: str, clock: TestClock, newark: CityInvitation
) -> None:
    clock.now = newark.event.registration_closes_at - timedelta(seconds=1)
    browser.get(f"{link}/decline")
    clock.advance(timedelta(seconds=1))
    assert "We can’t come this time</button>" not in browser.get(f"{link}/decline")
    assert browser.post(f"{link}/decline", at="/sign-in").status == 409
    assert browser.post(f"{link}/start", at="/sign-in").status == 409


def test_what_stands_beside_a_page_is_shown(browser: Browser, link: str) -> None:
    assert "sign in for your city" in browser.get(link)
    assert "Filling this in for someone else?" in browser.get(f"{link}/people")


@pytest.mark.parametrize("page", ["", "/people"])
def test_places_and_both_deadlines_are_said(browser: Browser, link: str, page: str) -> None:
    shown = browser.get(f"{link}{page}").replace("\u00a0", " ")
    assert "three places: one for an elected official, two for practitioners" in shown
    assert "Sunday 2 May 2027, 00:00 in Stockholm (UTC+2)" in shown
    assert "That is Saturday 1 May 2027, 18:00 in Newark (UTC−4)" in shown
