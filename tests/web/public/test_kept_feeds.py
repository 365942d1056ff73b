"""A kept feed: the same bytes while nothing changes, sent only to who lacks it, and bounded."""

import re
import zlib
from datetime import date
from time import sleep

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.model import Event, Series
from events_service.web import feeds
from events_service.web.shelf import Shelf
from tests import cast
from tests.itip.test_feed import unfolded
from tests.web.public.test_feeds import CHANGED, FEED
from tests.web.public.test_series_page import counted_queries


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request asks the database whether what is kept is true."""
    monkeypatch.setattr(feeds, "RECHECK", 0.0)


@pytest.fixture
def workshop(db: Session) -> Event:
    made = cast.event(db)
    db.commit()
    return made


@pytest.mark.usefixtures("workshop")
def test_the_same_state_is_the_same_bytes_and_is_sent_once(client: FlaskClient) -> None:
    first, again = client.get(FEED), client.get(FEED)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert (again.data, again.headers["ETag"]) == (first.data, tag)
    assert re.fullmatch('"[0-9a-f]{24}"', tag), "a strong one"
    assert changed == "Mon, 01 Jan 2024 00:00:00 GMT"
    asked = [{"If-None-Match": tag}, {"If-Modified-Since": changed}]
    for headers in (*asked, {**asked[0], "If-Modified-Since": "Sun, 31 Dec 2023 00:00:00 GMT"}):
        answer = client.get(FEED, headers=headers)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    older = {"If-Modified-Since": "Sun, 31 Dec 2023 23:59:59 GMT"}
    for headers in ({"If-None-Match": '"another"', "If-Modified-Since": changed}, older):
        assert client.get(FEED, headers=headers).status_code == 200
    head = client.head(FEED)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.data))
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"venue": "Palace"},
        {"starts_on": date(2027, 5, 30)},
        {"cancelled_at": CHANGED},
        {"calendar_changed_at": CHANGED},
        {"calendar_sequence": 1},
        {"published_at": None},
    ],
)
def test_every_change_shows_at_once(
    client: FlaskClient, db: Session, workshop: Event, change: dict[str, object]
) -> None:
    cast.event(db, host="Bratislava")
    db.commit()
    before = client.get(FEED)
    counts = {"revision": Event.revision + 1}  # as every verb does
    db.execute(update(Event).where(Event.id == workshop.id).values(**change, **counts))
    db.commit()
    after = client.get(FEED, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.data != before.data) == (200, True)


def test_a_series_that_is_renamed_is_renamed_in_calendars(
    client: FlaskClient, db: Session, workshop: Event
) -> None:
    client.get(FEED)
    db.execute(update(Series).where(Series.id == workshop.series_id).values(title="Other series"))
    db.commit()
    assert "NAME:Other series · Network of Cities" in unfolded(client.get(FEED).data)


@pytest.mark.usefixtures("workshop")
def test_a_seat_that_is_taken_changes_nothing(client: FlaskClient, db: Session) -> None:
    before = client.get(FEED)
    db.execute(update(Event).values(seats_taken=2, revision=Event.revision + 1))
    db.commit()
    again = client.get(FEED, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("workshop")
def test_a_kept_feed_costs_one_small_query_and_queries_do_not_grow(
    client: FlaskClient, db: Session
) -> None:
    with counted_queries() as asked:
        client.get(FEED)
    assert len(asked) == 3
    with counted_queries() as asked:
        client.get(FEED)
    assert len(asked) == 1
    for n in range(3):
        cast.event(db, slug=f"more-{n}")
    db.commit()
    with counted_queries() as asked:
        client.get(FEED)
    assert len(asked) == 3


@pytest.mark.usefixtures("workshop")
def test_a_crowd_is_answered_without_asking_the_database(
    client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "RECHECK", 0.3)
    before = client.get(FEED).data
    with counted_queries() as asked:
        assert client.get(FEED).data == before
    assert asked == []
    db.execute(update(Event).values(title="Another title", revision=Event.revision + 1))
    db.commit()
    sleep(0.3)
    assert client.get(FEED).data != before


@pytest.mark.usefixtures("workshop")
def test_feeds_are_kept_up_to_a_number_of_bytes(
    client: FlaskClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.event(db, slug="elsewhere", in_series=cast.series(db, "other"))
    db.commit()
    first = client.get(FEED).data
    one_and_a_half = len(zlib.compress(first, feeds.FASTEST)) * 3 // 2
    monkeypatch.setattr(feeds, "CAPACITY", one_and_a_half)
    del client.application.extensions["feeds"]
    client.get(FEED)
    client.get("/series/other/calendar.ics")
    with counted_queries() as asked:
        assert client.get(FEED).data == first
    assert len(asked) == 3, "it was made anew, and is the same"


def test_a_shelf_forgets_the_oldest() -> None:
    class Item:
        def __init__(self, size: int) -> None:
            self.compressed = b"x" * size

    shelf = Shelf[str, Item](10)
    for name, size in {"a": 4, "b": 4, "c": 4}.items():
        shelf.put(name, Item(size))
    assert shelf.keys() == ["b", "c"]
    shelf.put("b", Item(6))
    assert shelf.keys() == ["c", "b"]
    shelf.put("d", Item(11))
    assert shelf.keys() == []
