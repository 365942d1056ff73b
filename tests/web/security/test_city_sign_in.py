"""Signing in for a city: a link works once, and a session ends."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.letters.message import seal
from events_service.model import CitySignInLink, OutboxMail
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser, SignInAs, TestClock
from tests.follow_up import written
from tests.web.security.test_sign_in import ENDED, everything_stored

FOCAL_POINT = "newark@cities.example.org"


@pytest.fixture
def newark(db: Session) -> int:
    made = cast.city(db, "Newark")
    db.commit()
    return made.id


@pytest.fixture
def link(browser: Browser, db: Session, newark: int) -> str:
    """Asked for on the page, as its path."""
    assert cast.city(db, "Newark").id == newark
    assert browser.post("/city", {"address": FOCAL_POINT.upper()}).status == 200
    return f"/city/enter/{token_for(SECRET, 'home', db.query(CitySignInLink).one().id)}"


def is_signed_in(client: FlaskClient, city: int) -> bool:
    return client.get(f"/city/{city}").status_code == 200


def test_a_link_signs_in_once_and_only_when_the_button_is_pressed(
    browser: Browser, link: str, newark: int
) -> None:
    for method in ("GET", "HEAD", "GET"):
        assert browser.client.open(link, method=method).status_code == 200
        assert not is_signed_in(browser.client, newark)
    assert browser.post(link).location == "/city/home"
    assert is_signed_in(browser.client, newark)
    assert ENDED in browser.get(link, 410)
    assert browser.post(link, at="/city").status == 410
    assert browser.post("/city/leave", at=f"/city/{newark}").location == "/city"
    assert not is_signed_in(browser.client, newark)


def test_who_comes_too_late_is_led_to_where_one_gets_another_link(
    browser: Browser, link: str, clock: TestClock
) -> None:
    """Each kind to its own page; other links that ended are not signed in by."""
    clock.advance(timedelta(minutes=15))
    again = 'href="%s">Ask for a new link</a>'
    paths = {link: "/city", f"/sign-in/{link.rpartition('/')[2]}": "/sign-in"}
    for path, to in paths.items():
        assert again % to in browser.get(path, 410)
    assert "Ask for a new link" not in browser.get(f"/r/{link.rpartition('/')[2]}", 410)


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15, 410)])
def test_a_link_works_for_fifteen_minutes(
    browser: Browser, link: str, clock: TestClock, minutes: float, status: int
) -> None:
    clock.advance(timedelta(minutes=minutes))
    assert browser.post(link, at="/city").status == status


def test_who_was_removed_meanwhile_is_not_let_in(browser: Browser, link: str, db: Session) -> None:
    db.delete(cast.city(db, "Newark").contacts[0])
    db.commit()
    assert ENDED in browser.get(link, 410)
    assert browser.post(link, at="/city").status == 410


def test_a_changed_letter_in_a_link_opens_nothing(browser: Browser, link: str) -> None:
    for place in range(len("/city/enter/"), len(link)):
        other = "b" if link[place] != "b" else "c"
        assert ENDED in browser.get(link[:place] + other + link[place + 1 :], 410)


def test_links_of_other_kinds_open_nothing_here(browser: Browser, link: str, db: Session) -> None:
    number = db.query(CitySignInLink).one().id
    for purpose in ("sign", "city", "answ"):
        browser.get(f"/city/enter/{token_for(SECRET, purpose, number)}", 410)
    browser.get(f"/sign-in/{link.rpartition('/')[2]}", 410)


def test_a_session_ends_after_twelve_hours_however_busy_it_is(
    browser: Browser, link: str, newark: int, clock: TestClock
) -> None:
    browser.post(link)
    for _ in range(11):
        clock.advance(timedelta(hours=1))
        assert is_signed_in(browser.client, newark)
    clock.advance(timedelta(hours=1))
    assert not is_signed_in(browser.client, newark)


def test_it_is_apart_from_the_accounts_of_the_network_team(
    browser: Browser, link: str, newark: int, sign_in_as: SignInAs
) -> None:
    browser.post(link)
    assert browser.client.get("/organise").status_code == 303
    sign_in_as("organiser")
    assert browser.client.get("/organise").status_code == 200
    assert is_signed_in(browser.client, newark)
    browser.post("/city/leave", at=f"/city/{newark}")
    assert browser.client.get("/organise").status_code == 200
    assert not is_signed_in(browser.client, newark)


def test_an_administrator_alone_sees_no_city(
    browser: Browser, newark: int, sign_in_as: SignInAs
) -> None:
    sign_in_as("administrator")
    assert browser.client.get(f"/city/{newark}").location == "/city"


def test_a_stolen_database_opens_nothing(link: str, db: Session, settings: Settings) -> None:
    """Control: the mail that leaves holds the link."""
    mail = written(db, settings, db.query(OutboxMail).filter_by(letter="city_sign_in").one())
    assert mail.rendered is not None and mail.to_address == FOCAL_POINT
    assert link.rpartition("/")[2].encode() not in everything_stored(db)
    assert link.encode() in seal(SECRET, mail.rendered).replace(b"=\r\n", b"")


@pytest.mark.usefixtures("newark")
def test_a_mailbox_cannot_be_filled_from_here(browser: Browser, db: Session) -> None:
    said = {browser.post("/city", {"address": FOCAL_POINT}).text for _ in range(7)}
    said = {re.sub(r'value="[^"]+"', "", text) for text in said}
    assert (len(said), db.query(OutboxMail).count()) == (1, 5)


def test_one_asker_is_stopped_whatever_it_says_of_its_origin(browser: Browser) -> None:
    page = browser.get("/city")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    statuses = [
        browser.client.post(
            "/city",
            data={"csrf_token": token[1], "address": f"a{n}@example.net"},
            headers={"X-Forwarded-For": f"10.0.0.{n}"},
        ).status_code
        for n in range(61)
    ]
    assert statuses == [200] * 60 + [429]
