"""The start page, the pages of series, and the list of reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event
from sqlalchemy.orm import Session

from events_service import sample
from events_service.config import Settings
from events_service.db import engine
from events_service.queries.public import Turnout
from events_service.web.public.course import headline, turnout
from tests import cast
from tests.conftest import SignInAs, TestClock
from tests.web.public.test_event_page import publish_report, words


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    sql_event.listen(engine(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sql_event.remove(engine(), "before_cursor_execute", note)


def test_before_anything_is_published(client: FlaskClient, db: Session) -> None:
    cast.event(db, published=False)
    db.commit()
    assert "No workshop is announced yet" in client.get("/").text
    assert client.get("/series/workshops").status_code == 404


def test_the_series_of_the_sample(
    client: FlaskClient, db: Session, settings: Settings, clock: TestClock
) -> None:
    sample.load(db, settings, clock.now)
    db.commit()
    text = words(client.get("/").text)
    assert "Workshop series 2024 Five cities open their doors to one another" in text
    course = text[text.index("The workshops 1") : text.index("Have all workshops of")].strip()
    assert course == (
        "The workshops "
        "1 Bratislava 6 – 7 March 2024 Maintaining Community Cohesion in the Midst of Global "
        "Crises: The Role of Mayors and Cities 17 cities · Partners: City of Bratislava and "
        "Partners for Democratic Change Slovakia Look back , Bratislava "
        "2 Strasbourg 14 – 15 May 2024 Elevating the Role of French Cities in Preventing Hate, "
        "Violent Extremism and Polarisation, Strengthening Social Cohesion and Safeguarding Local "
        "Democracy 7 cities new to the network · Partners: City of Strasbourg Look back , "
        "Strasbourg "
        "3 Stockholm 3 – 5 June 2024 City-Led Strategies for Strengthening Community Resilience to "
        "Extremist Violence and Hate 18 cities · Partners: City of Stockholm and Swedish Ministry "
        "of Justice Look back , Stockholm "
        "4 Columbus, Ohio 17 – 19 September 2024 Transatlantic Dialogue: Columbus "
        "Look back , Columbus, Ohio "
        "5 Cape Town 3 – 5 December 2024 Fifth Global Summit Partners: City of Cape Town "
        "Look back , Cape Town"
    )
    assert "Register your delegation" not in text


def test_the_newest_series_is_the_start_and_the_others_can_be_reached(
    client: FlaskClient, db: Session
) -> None:
    old, new = cast.series(db, "old"), cast.series(db, "new")
    old.title, new.title = "The old series", "The new series"
    cast.event(db, host="Bratislava", in_series=old, starts_on=date(2026, 3, 2))
    cast.event(db, host="Newark", in_series=old, starts_on=date(2026, 4, 6))
    cast.event(db, in_series=new)
    draft = cast.series(db, "draft")
    cast.event(db, host="Boise", in_series=draft, starts_on=date(2028, 3, 6), published=False)
    db.commit()
    start = client.get("/").text
    assert "The new series Stockholm opens its doors to other cities" in words(start)
    assert "Other series The old series Bratislava and Newark" in words(start)
    assert 'href="/series/old"' in start
    assert "draft" not in start
    assert "Two cities open their doors" in client.get("/series/old").text
    assert client.get("/series/draft").status_code == 404


def test_the_next_open_workshop_can_be_registered_for(client: FlaskClient, db: Session) -> None:
    full = cast.event(db, host="Bratislava", slug="full", starts_on=date(2027, 5, 3))
    full.seats_taken = full.capacity
    cast.event(db, slug="open")
    gone = cast.event(db, host="Newark", slug="gone", starts_on=date(2027, 6, 7))
    gone.cancelled_at = datetime(2026, 1, 1, tzinfo=UTC)
    db.commit()
    page = client.get("/").text
    text = words(page)
    assert "Open for registration Stockholm, 31 May – 2 June 2027" in text
    assert "Cities register by Sunday 2 May 2027, 00:00 (Stockholm). Register" in text
    assert "All places taken Join the waiting list , Bratislava" in text
    assert (
        "Open until Sunday 2 May 2027, 00:00 (Stockholm) Register your delegation , Stockholm"
        in text
    )
    assert "Public space and trust Cancelled" in text
    assert 'href="/events/gone/register"' not in page


def test_a_full_workshop_is_next_when_nothing_else_is(client: FlaskClient, db: Session) -> None:
    full = cast.event(db)
    full.seats_taken = full.capacity
    db.commit()
    text = words(client.get("/").text)
    assert "Delegations that register now go on the waiting list. Join the waiting list" in text


def test_a_past_workshop_leads_to_its_report(
    client: FlaskClient, db: Session, clock: TestClock, sign_in_as: SignInAs
) -> None:
    workshop = cast.event(db, starts_on=date(2026, 6, 1))
    publish_report(db, workshop, clock.now, sign_in_as("staff").id)
    page = client.get("/").text
    assert "Read the report , Stockholm" in words(page)
    assert 'href="/reports/stockholm-2026"' in page
    listed = words(client.get("/reports").text)
    assert "Stockholm 1 – 3 June 2026 Public space and trust Published 22 November 2026" in listed


def test_no_report_yet(client: FlaskClient) -> None:
    assert "No report is published yet" in client.get("/reports").text


@pytest.mark.parametrize("path", ["/", "/series/workshops"])
def test_three_workshops_ask_no_more_of_the_database_than_one(
    client: FlaskClient, db: Session, path: str
) -> None:
    cast.event(db)
    db.commit()
    client.get(path)
    with counted_queries() as one:
        client.get(path)
    cast.event(db, host="Bratislava", in_series=cast.series(db, "second"))
    cast.event(db, host="Newark", slug="second")
    cast.event(db, host="Boise", slug="third")
    db.commit()
    with counted_queries() as three:
        client.get(path)
    assert (len(one), len(three)) == (QUERIES, QUERIES)


QUERIES = 7


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["Stockholm"], "Stockholm opens its doors to other cities"),
        (["Stockholm", "Stockholm"], "Stockholm opens its doors to other cities"),
        (["Stockholm", "Newark"], "Two cities open their doors to one another"),
    ],
)
def test_headline(db: Session, hosts: list[str], expected: str) -> None:
    events = [cast.event(db, host=host, slug=f"{n}") for n, host in enumerate(hosts)]
    assert headline(events) == expected


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (Turnout(18, 0), "18 cities"),
        (Turnout(1, 0), "1 city"),
        (Turnout(7, 7), "7 cities new to the network"),
        (Turnout(20, 3), "20 cities, three of them new to the network"),
    ],
)
def test_turnout(came: Turnout, expected: str) -> None:
    assert turnout(came) == expected
