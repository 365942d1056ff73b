"""Workshops in everybody's calendar: the feed of a series, a file for each, and how to use them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.model import Event
from tests import cast
from tests.conftest import TestClock
from tests.itip.test_feed import events_in, unfolded

FEED = "/series/workshops/calendar.ics"
CHANGED = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def workshop(db: Session) -> Event:
    made = cast.event(db)
    db.commit()
    return made


def test_the_feed_of_a_series(client: FlaskClient, workshop: Event) -> None:
    answer = client.get(FEED)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert "NAME:Workshop series · Network of Cities" in unfolded(answer.data)
    assert events_in(answer.data) == [
        [
            f"UID:event-{workshop.id}-1@events.example.org",
            "DTSTAMP:20240101T000000Z",
            "LAST-MODIFIED:20240101T000000Z",
            "SEQUENCE:0",
            "DTSTART;TZID=Europe/Stockholm:20270531T090000",
            "DTEND;TZID=Europe/Stockholm:20270531T170000",
            "RRULE:FREQ=DAILY;COUNT=3",
            "SUMMARY:Public space and trust\\, Stockholm",
            "LOCATION:City Hall\\, Main Square 1\\, Stockholm\\, Sweden",
            "DESCRIPTION:Programme: http://localhost/events/stockholm-2027\\n"
            "Questions: secretariat@events.example.org",
            "URL:http://localhost/events/stockholm-2027",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
        ]
    ]


def test_unlike_days_are_entries_of_their_own(
    client: FlaskClient, db: Session, workshop: Event
) -> None:
    workshop.sessions[2].ends = time(12)
    db.commit()
    first, second = events_in(client.get(FEED).data)
    assert [first[0], second[0]] == [
        f"UID:event-{workshop.id}-{number}@events.example.org" for number in (1, 2)
    ]
    assert first[6] == "RRULE:FREQ=DAILY;COUNT=2"
    assert second[4] == "DTSTART;TZID=Europe/Stockholm:20270602T090000"


def test_the_second_of_two_equal_times_is_that(client: FlaskClient, db: Session) -> None:
    night = cast.event(db, host="Bratislava", starts_on=date(2027, 10, 31), days=1)
    night.sessions[0].starts, night.sessions[0].ends = time(2, 30), time(5)
    night.sessions[0].fold = 1
    db.commit()
    [found] = events_in(client.get(FEED).data)
    assert found[4:6] == ["DTSTART:20271031T013000Z", "DTEND:20271031T040000Z"]


def test_drafts_are_not_there_and_what_is_cancelled_stays(
    client: FlaskClient, db: Session, workshop: Event
) -> None:
    cast.event(db, host="Bratislava", published=False)
    cast.event(db, slug="elsewhere", in_series=cast.series(db, "other"))
    workshop.cancelled_at, workshop.calendar_sequence = CHANGED, 1
    db.commit()
    [found] = events_in(client.get(FEED).data)
    assert found[0] == f"UID:event-{workshop.id}-1@events.example.org"
    assert found[1:4] == [
        "DTSTAMP:20261122T120000Z",
        "LAST-MODIFIED:20261122T120000Z",
        "SEQUENCE:1",
    ]
    assert found[-2:] == ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"]


def test_a_series_without_a_published_workshop_has_no_feed(
    client: FlaskClient, db: Session
) -> None:
    cast.event(db, published=False)
    db.commit()
    assert [
        client.get(f"/series/{slug}/calendar.ics").status_code for slug in ("workshops", "x")
    ] == [
        404,
        404,
    ]


def test_a_file_of_one_workshop(client: FlaskClient, db: Session, workshop: Event) -> None:
    cast.event(db, host="Bratislava")
    db.commit()
    answer = client.get("/events/stockholm-2027/calendar.ics")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="stockholm-2027.ics"'
    assert b"METHOD" not in answer.data and b"X-WR-CALNAME" not in answer.data
    [entry] = events_in(answer.data)
    assert entry in events_in(client.get(FEED).data)
    assert client.get("/events/bratislava-2027/calendar.ics").status_code == 200
    workshop.published_at = None
    db.commit()
    assert client.get("/events/stockholm-2027/calendar.ics").status_code == 404


@pytest.mark.usefixtures("workshop")
def test_the_pages_say_how(client: FlaskClient) -> None:
    assert 'href="/events/stockholm-2027/calendar"' in client.get("/events/stockholm-2027").text
    assert 'href="/series/workshops/calendar"' in client.get("/series/workshops").text
    page = client.get("/events/stockholm-2027/calendar").text
    assert 'href="/events/stockholm-2027/calendar.ics"' in page
    for shown in (page, client.get("/series/workshops/calendar").text):
        assert 'href="webcal://localhost/series/workshops/calendar.ics"' in shown
        assert 'value="http://localhost/series/workshops/calendar.ics"' in shown
        for program in ("Outlook", "Google Calendar", "Apple Calendar", "Thunderbird"):
            assert f"<h3>{program}</h3>" in shown
    assert [client.get(f"/{path}/calendar").status_code for path in ("events/x", "series/x")] == [
        404,
        404,
    ]


def test_a_past_workshop_is_in_the_feed_and_its_page_offers_none(
    client: FlaskClient, workshop: Event, clock: TestClock
) -> None:
    clock.now = datetime(2027, 7, 1, tzinfo=UTC) + timedelta(days=1)
    assert len(events_in(client.get(FEED).data)) == 1
    assert f"/events/{workshop.slug}/calendar" not in client.get("/events/stockholm-2027").text


IN_FRENCH = {"Accept-Language": "fr"}


@pytest.mark.usefixtures("workshop")
def test_a_calendar_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    """Whatever the program that fetches it asks for; one is kept for each language."""
    page = client.get("/series/workshops/calendar", headers=IN_FRENCH).text
    assert f'value="http://localhost{FEED}?lang=fr"' in page
    file = "/events/stockholm-2027/calendar.ics"
    page = client.get("/events/stockholm-2027/calendar", headers=IN_FRENCH).text
    assert f'href="{file}?lang=fr"' in page
    english, french = "Programme: ", "Programme\N{NO-BREAK SPACE}: "
    for path in (FEED, file):
        assert [how_it_begins(client, f"{path}{asked}") for asked in ("", "?lang=fr")] == [
            english,
            french,
        ]
        assert how_it_begins(client, f"{path}?lang=sv") == "Program: "
        assert how_it_begins(client, f"{path}?lang=xx") == english
        assert how_it_begins(client, f"{path}?lang=fr") == french


def how_it_begins(client: FlaskClient, path: str) -> str:
    lines = unfolded(client.get(path, headers=IN_FRENCH).data)
    [said] = [line for line in lines if line.startswith("DESCRIPTION:")]
    return said.removeprefix("DESCRIPTION:").partition("http")[0]
