"""A person's entry code: what its page says, and that it does nothing."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.domain.registration.confirming import withdraw_delegation
from events_service.model import CheckIn, Event
from events_service.tokens import token_for
from tests import door
from tests.conftest import SECRET, Browser, TestClock
from tests.door import MORNING

NAME = "Mayor, Newark"


@pytest.fixture
def code(db: Session, event: Event) -> str:
    del event
    return f"/pass/{token_for(SECRET, 'pass', door.member(db, NAME).id)}"


@pytest.fixture
def answer_page(db: Session, event: Event) -> str:
    del event
    return f"/a/{token_for(SECRET, 'answ', door.member(db, NAME).id)}"


def test_whoever_opens_it_is_told_whose_it_is_and_nobody_comes_in(
    db: Session, code: str, browser: Browser
) -> None:
    page = browser.get(code)
    assert f"{NAME}</h1>" in page
    assert "Show this at the door in Stockholm" in page
    assert "This page checks nobody in by itself" in page
    assert "csrf_token" not in page
    assert db.query(CheckIn).count() == 0


def test_the_picture_is_an_svg_of_ours_without_styles(code: str, client: FlaskClient) -> None:
    """What it says is read by a camera in tests/browser/test_door_camera.py."""
    answer = client.get(f"{code}/code.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    picture = ElementTree.fromstring(answer.data)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert {one.tag.rpartition("}")[2] for one in picture.iter()} == {"svg", "g", "path"}
    assert not any("style" in one.attrib for one in picture.iter())
    assert f'{code}/code.svg"' in client.get(code).text


def test_the_answer_page_leads_to_it(code: str, answer_page: str, browser: Browser) -> None:
    assert f'<a class="govuk-link" href="{code}">Your entry code</a>' in browser.get(answer_page)


def test_without_a_place(
    db: Session, event: Event, settings, code: str, answer_page: str, browser: Browser, clock
) -> None:
    number = door.member(db, NAME).delegation.city_invitation_id
    clock.now -= timedelta(days=90)
    withdraw_delegation(db, settings, number, now=clock.now)
    db.commit()
    clock.now = MORNING
    page = browser.get(code)
    assert "There is no place under this name at the moment" in page
    assert "code.svg" not in page
    assert "Your entry code" not in browser.get(answer_page)
    assert event.door_version == 1


def test_when_it_is_over_or_cancelled(
    db: Session, event: Event, code: str, answer_page: str, browser: Browser, clock: TestClock
) -> None:
    clock.now = MORNING + timedelta(days=3)
    assert "is over. Thank you for coming." in browser.get(code)
    assert "Your entry code" not in browser.get(answer_page)
    event.cancelled_at = clock.now
    db.commit()
    assert "was cancelled, so this code is not needed" in browser.get(code)


@pytest.mark.parametrize("path", ["", "/code.svg"])
def test_codes_that_are_none_of_ours(db: Session, event: Event, browser: Browser, path) -> None:
    del event
    number = door.member(db, NAME).id
    others = [token_for(SECRET, "answ", number), token_for("x" * 40, "pass", number), "a" * 32, "x"]
    for token in others:
        browser.get(f"/pass/{token}{path}", 410)
