"""Sign-in links: once, for minutes, never stored; and where one goes on afterwards."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import Base
from events_service.letters.message import seal
from events_service.model import OutboxMail, SignInLink
from events_service.tokens import token_for
from events_service.web.signing_in import safe_next
from tests.conftest import SECRET, Browser, TestClock
from tests.follow_up import colleague, written
from tests.web.world import World

ENDED = "has been used or is too old"


@pytest.fixture
def link(browser: Browser, db: Session) -> str:
    """Asked for on the page, as its path."""
    address = colleague(db, "Workshop lead", "organiser").address
    db.commit()
    assert browser.post("/sign-in", {"address": address}).status == 200
    return f"/sign-in/{token_for(SECRET, 'sign', db.query(SignInLink).one().id)}"


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/organise").status_code == 200


def test_a_link_signs_in_once_and_only_when_the_button_is_pressed(
    browser: Browser, link: str
) -> None:
    for method in ("GET", "HEAD", "GET"):
        assert browser.client.open(link, method=method).status_code == 200
        assert not is_signed_in(browser.client)
    assert browser.post(link).location == "/organise"
    assert is_signed_in(browser.client)
    assert ENDED in browser.get(link, 410)
    assert browser.post(link, at="/sign-in").status == 410


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15, 410)])
def test_a_link_works_for_fifteen_minutes(
    browser: Browser, link: str, clock: TestClock, minutes: float, status: int
) -> None:
    clock.advance(timedelta(minutes=minutes))
    assert browser.post(link, at="/sign-in").status == status


def test_a_changed_letter_in_a_link_opens_nothing(browser: Browser, link: str) -> None:
    for place in range(len("/sign-in/"), len(link)):
        other = "b" if link[place] != "b" else "c"
        assert ENDED in browser.get(link[:place] + other + link[place + 1 :], 410)


def everything_stored(db: Session) -> bytes:
    """Every value of every row, as a stolen copy of the database would show it."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.execute(text(f"select * from {table.name}")):
            found += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\n".join(found)


def test_a_stolen_database_opens_nothing(
    link: str, db: Session, settings: Settings, own: World
) -> None:
    """Control: the mail that leaves holds the link."""
    mail = written(db, settings, db.query(OutboxMail).filter_by(letter="sign_in").one())
    stored = everything_stored(db)
    assert b"zzlinkzzsign" in stored
    assert mail.rendered is not None
    for token in (link.rpartition("/")[2], *own.tokens.values()):
        assert token.encode() not in stored
    assert link.encode() in seal(SECRET, mail.rendered).replace(b"=\r\n", b"")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        "\t//evil.example/",
        "/\r\nLocation: https://evil.example/",
        " //evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "https:evil.example",
        "/%5Cevil.example\\",
        "",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(
    app: Flask, browser: Browser, link: str, target: str
) -> None:
    with app.test_request_context("/"):
        assert safe_next(target) == "/organise"
    page = browser.client.get("/sign-in", query_string={"next": target}).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "address": "workshop.lead@example.org"}
    browser.client.post("/sign-in", query_string={"next": target}, data=form)
    assert browser.post(link).location == "/organise"


def test_one_goes_on_where_one_was_stopped(browser: Browser, link: str) -> None:
    target = "/organise/series/7?show=open&x=%2F"
    page = browser.client.get("/sign-in", query_string={"next": target}).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "address": "workshop.lead@example.org"}
    browser.client.post("/sign-in", query_string={"next": target}, data=form)
    assert browser.post(link).location == target
