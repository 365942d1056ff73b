"""A kept page is served while it is true, and not a second longer."""

import time
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event
from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.db import engine
from events_service.domain.registration.seats import take_seats
from events_service.model import Event
from events_service.queries.event_page import Fingerprint
from events_service.web.public import cache
from events_service.web.public.cache import KEEP, RECHECK, EventPages
from tests import cast
from tests.conftest import TestClock

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ONE: Fingerprint = (1, False, None)
TWO: Fingerprint = (2, False, None)


@dataclass
class World:
    """What the database says, how often it was asked, and the seconds that have passed."""

    truth: dict[str, Fingerprint] = field(default_factory=lambda: {"a": ONE, "b": ONE})
    asked: int = 0
    seconds: float = 0.0

    def read(self, slugs: Collection[str]) -> dict[str, Fingerprint]:
        self.asked += 1
        return {slug: self.truth[slug] for slug in slugs if slug in self.truth}

    def tick(self) -> float:
        return self.seconds


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def pages(world: World) -> EventPages:
    return EventPages(world.read, tick=world.tick)


def found(pages: EventPages, slug: str = "a", now: datetime = NOW) -> bytes | None:
    page = pages.find(slug, now)
    return page.body if page else None


def test_what_was_kept_is_found(pages: EventPages) -> None:
    assert found(pages) is None
    pages.keep("a", b"page", ONE, None)
    assert found(pages) == b"page"
    assert found(pages, "b") is None


def test_a_change_ends_a_page_after_the_next_look(pages: EventPages, world: World) -> None:
    pages.keep("a", b"page", ONE, None)
    assert found(pages) == b"page"
    world.truth["a"] = TWO
    world.seconds += RECHECK - 0.01
    assert found(pages) == b"page"
    world.seconds += 0.01
    assert found(pages) is None


def test_a_page_that_is_no_longer_published_ends(pages: EventPages, world: World) -> None:
    pages.keep("a", b"page", ONE, None)
    del world.truth["a"]
    world.seconds += RECHECK
    assert found(pages) is None


def test_one_look_serves_all_pages(pages: EventPages, world: World) -> None:
    for slug in "ab":
        pages.keep(slug, b"page", ONE, None)
    for _ in range(50):
        assert (found(pages, "a"), found(pages, "b")) == (b"page", b"page")
    assert world.asked == 1
    world.seconds += RECHECK
    assert (found(pages, "a"), found(pages, "b")) == (b"page", b"page")
    assert world.asked == 2


def test_a_deadline_ends_a_page_by_the_service_s_clock(pages: EventPages) -> None:
    deadline = NOW + timedelta(seconds=5)
    pages.keep("a", b"page", ONE, deadline)
    assert found(pages, now=deadline - timedelta(microseconds=1)) == b"page"
    assert found(pages, now=deadline) is None


def test_a_page_is_made_anew_in_the_end(pages: EventPages, world: World) -> None:
    pages.keep("a", b"page", ONE, None)
    world.seconds += KEEP // 2
    assert found(pages) == b"page"
    world.seconds += KEEP - KEEP // 2
    assert found(pages) is None


def test_the_oldest_pages_make_room(world: World) -> None:
    pages = EventPages(world.read, capacity=2 * len(zlib.compress(b"12345")), tick=world.tick)
    pages.keep("a", b"12345", ONE, None)
    pages.keep("b", b"12345", ONE, None)
    assert (found(pages, "a"), found(pages, "b")) == (b"12345", b"12345")
    pages.keep("b", b"123456", ONE, None)
    assert (found(pages, "a"), found(pages, "b")) == (None, b"123456")


def test_nothing_is_kept_without_room(world: World) -> None:
    pages = EventPages(world.read, capacity=0, tick=world.tick)
    assert pages.keep("a", b"page", ONE, None).body == b"page"
    assert found(pages) is None


FREE = "{} of 60 places are free"


def test_a_seat_shows_within_a_second(client: FlaskClient, db: Session) -> None:
    workshop = cast.event(db)
    db.commit()
    assert FREE.format(60) in client.get("/events/stockholm-2027").text
    take_seats(db, workshop.id, 2)
    db.commit()
    began = time.monotonic()
    while FREE.format(58) not in client.get("/events/stockholm-2027").text:
        assert time.monotonic() - began < 1
        time.sleep(0.02)


def test_without_the_look_it_would_not_show(
    client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the look at the fingerprints that shows the seat."""
    workshop = cast.event(db)
    db.commit()
    for _ in range(2):
        assert FREE.format(60) in client.get("/events/stockholm-2027").text
    monkeypatch.setattr(cache, "RECHECK", 1000.0)
    take_seats(db, workshop.id, 2)
    db.commit()
    time.sleep(0.4)
    assert FREE.format(60) in client.get("/events/stockholm-2027").text


def test_closing_cancelling_and_withdrawing_from_view_show(
    client: FlaskClient, db: Session, clock: TestClock
) -> None:
    workshop = cast.event(db)
    db.commit()
    page = "/events/stockholm-2027"
    assert "Register your delegation" in client.get(page).text
    clock.now = workshop.registration_closes_at
    assert "Registration closed on Sunday" in client.get(page).text
    db.execute(update(Event).values(cancelled_at=clock.now))
    db.commit()
    time.sleep(RECHECK)
    assert "was cancelled" in client.get(page).text
    db.execute(update(Event).values(published_at=None))
    db.commit()
    time.sleep(RECHECK)
    assert client.get(page).status_code == 404


def test_a_kept_page_asks_nothing_of_the_database(client: FlaskClient, db: Session) -> None:
    cast.event(db)
    db.commit()
    client.get("/events/stockholm-2027")
    client.get("/events/stockholm-2027")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sql_event.listen(engine(), "before_cursor_execute", note)
    try:
        client.get("/events/stockholm-2027")
        assert asked == []
        client.get("/events/stockholm-2027?clock=newark")
        assert asked != [], "the control: another page is not kept"
    finally:
        sql_event.remove(engine(), "before_cursor_execute", note)


def test_a_browser_that_has_the_page_gets_only_that_said(client: FlaskClient, db: Session) -> None:
    cast.event(db)
    db.commit()
    first = client.get("/events/stockholm-2027")
    again = client.get("/events/stockholm-2027", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/events/stockholm-2027", headers={"If-None-Match": '"another"'})
    assert (again.status_code, again.data) == (304, b"")
    assert (other.status_code, other.data) == (200, first.data)
    assert first.headers["Cache-Control"] == "no-cache"
