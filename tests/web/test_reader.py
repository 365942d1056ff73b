"""Whose clock a page shows beside the event’s: of the city whose link was opened, else chosen."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.web.came_from import choose_own_clock
from events_service.web.clocks import hours_in_both, in_both
from events_service.web.language import language_of_request
from events_service.web.reader import Reader, comes_from, reader, variant
from tests import cast
from tests.web.public.test_event_page import words

STOCKHOLM = SimpleNamespace(
    zone=ZoneInfo("Europe/Stockholm"), city=SimpleNamespace(name="Stockholm")
)
COLUMBUS = SimpleNamespace(name="Columbus", timezone="America/New_York", language="fr")
PAGE = "/events/stockholm-2027"


@pytest.fixture
def workshop(db: Session) -> None:
    cast.event(db)
    cast.city(db, "Newark")
    db.commit()


def asked(app: Flask, cookies: str = ""):
    return app.test_request_context("/", headers={"Cookie": cookies} if cookies else {})


def test_nobody_is_known_at_first(app: Flask) -> None:
    with asked(app):
        assert (reader(), variant()) == (None, ("en",))


def test_a_city_s_link_tells_the_clock_and_the_language_unless_one_is_chosen(app: Flask) -> None:
    with asked(app):
        comes_from(COLUMBUS)
        assert reader() == Reader("America/New_York", "Columbus")
        assert language_of_request() == "fr"
    with asked(app, "times=Asia/Tokyo; language=sv"):
        comes_from(COLUMBUS)
        assert reader() == Reader("America/New_York", "Columbus")
        assert variant() == ("sv", "America/New_York", "Columbus", "by link")
    with asked(app, "times=Asia/Tokyo"):
        assert variant() == ("en", "Asia/Tokyo", "Tokyo")


def test_what_a_link_told_holds_for_the_visit(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        comes_from(COLUMBUS)
    with client.session_transaction() as session:
        session["comes_from"] = ["Columbus", "America/New_York", "fr"]
    assert client.get("/contact").headers["Content-Language"] == "fr"


@pytest.mark.parametrize("zone", ["Nowhere/Here", "UTC", "../etc", "<b>", ""])
def test_a_cookie_of_no_zone_is_none(app: Flask, zone: str) -> None:
    with asked(app, f"times={zone}"):
        assert reader() is None


@pytest.mark.parametrize(
    ("zone", "instant", "shown"),
    [
        (
            "America/New_York",
            datetime(2027, 1, 29, 17, tzinfo=UTC),
            "Friday 29 January 2027, 18:00 (Stockholm) · 12:00 (New York)",
        ),
        (  # three weeks of March, the two are five hours apart and not six
            "America/New_York",
            datetime(2027, 3, 20, 17, tzinfo=UTC),
            "Saturday 20 March 2027, 18:00 (Stockholm) · 13:00 (New York)",
        ),
        (
            "America/Los_Angeles",
            datetime(2027, 1, 29, 7, tzinfo=UTC),
            "Friday 29 January 2027, 08:00 (Stockholm) · 23:00 the day before (Los Angeles)",
        ),
        (
            "Asia/Tokyo",
            datetime(2027, 1, 29, 17, tzinfo=UTC),
            "Friday 29 January 2027, 18:00 (Stockholm) · 02:00 the next day (Tokyo)",
        ),
        (
            "Europe/Paris",
            datetime(2027, 1, 29, 17, tzinfo=UTC),
            "Friday 29 January 2027, 18:00 (Stockholm)",
        ),
        (  # the same time half of the year only
            "Africa/Johannesburg",
            datetime(2027, 7, 1, 10, tzinfo=UTC),
            "Thursday 1 July 2027, 12:00 (Stockholm)",
        ),
        (
            "Africa/Johannesburg",
            datetime(2027, 1, 1, 10, tzinfo=UTC),
            "Friday 1 January 2027, 11:00 (Stockholm) · 12:00 (Johannesburg)",
        ),
    ],
)
def test_a_moment_by_both_clocks(app: Flask, zone: str, instant: datetime, shown: str) -> None:
    with asked(app, f"times={zone}"):
        assert in_both(instant, STOCKHOLM).replace("\u00a0", " ") == shown


def test_hours_by_both_clocks(app: Flask) -> None:
    day = date(2027, 5, 31)
    hours = tuple(datetime.combine(day, at, STOCKHOLM.zone) for at in (time(4), time(5, 30)))
    with asked(app):
        assert hours_in_both(hours, STOCKHOLM).replace("\u00a0", " ") == "04:00 – 05:30 (Stockholm)"
    with asked(app, "times=America/New_York"):
        assert hours_in_both(hours, STOCKHOLM).replace("\u00a0", " ") == (
            "04:00 – 05:30 (Stockholm) · 22:00 – 23:30 the day before (New York)"
        )


@pytest.mark.usefixtures("workshop")
def test_a_clock_is_chosen_on_the_event_s_page(client: FlaskClient) -> None:
    before = client.get(PAGE)
    assert "New York 03:00" not in words(before.text)
    chosen = {"zone": "America/New_York", "next": PAGE}
    answer = client.post("/times", data=chosen)
    assert (answer.status_code, answer.location) == (303, PAGE)
    for _ in range(2):  # made, then kept
        page = client.get(PAGE)
        text = words(page.text)
        assert "Starts, Stockholm 09:00 UTC+2 In New York 03:00 UTC−4 change city" in text
        assert "Stockholm New York Session 09:00 – 17:00 03:00 – 11:00 Working day 1" in text
        assert "By Sunday 2 May 2027, 00:00 (Stockholm) · 18:00 the day before (New York)." in text
        assert '<option value="America/New_York" selected>' in page.text
    assert "18:00 the day before (New York)" in words(client.get("/").text)
    calendar = words(client.get(f"{PAGE}/calendar").text)
    assert "Monday 31 May 2027, 09:00 (Stockholm) · 03:00 (New York)" in calendar
    client.post("/times", data={"zone": "", "next": PAGE})
    assert client.get(PAGE).data == before.data


@pytest.mark.usefixtures("workshop")
def test_a_clock_that_shows_the_same_stands_nowhere(client: FlaskClient) -> None:
    client.set_cookie("times", "Europe/Paris")
    assert "Paris" not in words(client.get(PAGE).text)


@pytest.mark.usefixtures("workshop")
def test_whoever_came_by_a_link_may_choose_another_clock(client: FlaskClient) -> None:
    """It holds until another city's link is opened; the city stays known for the language."""
    client.set_cookie("times", "Asia/Tokyo")  # of an earlier visit: the link's city comes first
    with client.session_transaction() as session:
        session["comes_from"] = ["Columbus", "America/New_York", "en"]
    page = client.get("/times?next=/").text
    assert "You came by a link of Columbus, so the time there is shown" in words(page)
    assert '<option value="America/New_York" selected>' in page
    assert 'href="/times?next=/events/stockholm-2027"' in client.get(PAGE).text
    client.post("/times", data={"zone": "Africa/Johannesburg", "next": "/"})
    page = client.get("/times").text
    assert "You came by a link" not in page
    assert '<option value="Africa/Johannesburg" selected>' in page
    assert "(Columbus)" not in client.get(PAGE).text
    with client.session_transaction() as session:
        assert session["comes_from"] == ["Columbus", "America/New_York", "en"]


def test_another_city_s_link_brings_its_own_clock(app: Flask) -> None:
    with app.test_request_context("/"):
        comes_from(COLUMBUS)
        choose_own_clock()
        comes_from(COLUMBUS)
        assert reader() is None
        comes_from(SimpleNamespace(name="Dijon", timezone="Europe/Paris", language="fr"))
        assert reader() == Reader("Europe/Paris", "Dijon")


def test_every_place_can_be_chosen_and_comes_back(client: FlaskClient) -> None:
    page = client.get("/times?next=/reports").text
    assert page.count("<option") > 400
    assert '<optgroup label="Europe">' in page
    assert 'name="next" value="/reports"' in page
    page = client.get("/times?next=//evil.example").text
    form = page.partition('action="/times"')[2].partition("</form>")[0]
    assert 'name="next" value="/"' in form
