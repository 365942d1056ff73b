"""A series and its events, planned and published without JavaScript."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import City, Event, Organisation, Series, SeriesGrant
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.web.organiser.test_participation import words


@pytest.fixture
def series(db: Session, sign_in_as: SignInAs) -> Series:
    made = cast.series(db)
    sign_in_as("organiser", made.id)
    return made


def form(db: Session, **other: object) -> dict[str, object]:
    """The event's form as a browser sends it."""
    fields: dict[str, object] = {
        "title": "Public space and trust",
        "kind": "workshop",
        "programme": "",
        "summary": "Three working days.",
        "city": cast.city(db, "Stockholm").id,
        "venue": "City Hall",
        "venue_address": "Main Square 1",
        "timezone": "",
        "starts_on": "2027-05-31",
        "ends_on": "2027-06-02",
        "capacity": "60",
        "seats_per_city": "5",
        "languages": ["en", "sv"],
        "closes_on": "2027-04-30",
        "closes_at": "18:00",
    }
    db.commit()
    return fields | other


def test_an_organiser_begins_with_a_series(
    browser: Browser, db: Session, sign_in_as: SignInAs
) -> None:
    organiser = sign_in_as("organiser")
    page = browser.get("/organise")
    assert "A series holds the workshops that belong together." in page
    assert "No mail server is set" in page
    answer = browser.post("/organise/series/new", {"title": "Trust in towns 2027"})
    made = db.query(Series).one()
    assert (answer.status, answer.location) == (303, f"/organise/series/{made.id}")
    assert "Add the first one" in browser.get(answer.location)
    grant = db.query(SeriesGrant).one()
    assert (grant.account_id, grant.series_id) == (organiser.id, made.id)
    browser.post(f"{answer.location}/edit", {"title": "Trust", "summary": "Why"})
    db.refresh(made)
    assert (made.title, made.summary, made.slug) == ("Trust", "Why", "trust-in-towns-2027")


@pytest.mark.usefixtures("series")
def test_a_series_needs_a_title(browser: Browser) -> None:
    answer = browser.post("/organise/series/new", {"title": ""})
    assert answer.status == 422
    assert "Enter what the series is called" in answer.text


def test_a_workshop_is_planned(browser: Browser, db: Session, series: Series) -> None:
    path = f"/organise/series/{series.id}/events/new"
    organisation = Organisation(name="Foundation for Towns", kind="donor")
    db.add(organisation)
    db.flush()
    chosen: dict[str, object] = {
        "partners-0-role": "donor",
        "partners-0-who": f"organisation:{organisation.id}",
        "partners-1-role": "partner",
        "partners-1-who": "",
    }
    answer = browser.post(path, form(db, **chosen))
    event = db.query(Event).one()
    assert (answer.status, answer.location) == (303, f"/organise/events/{event.id}/agenda")
    assert (event.slug, event.timezone, event.languages, event.published_at) == (
        "stockholm-2027",
        "Europe/Stockholm",
        ["en", "sv"],
        None,
    )
    assert event.registration_closes_at == datetime(2027, 4, 30, 16, 0, tzinfo=UTC)
    assert [(one.role, one.name) for one in event.partners] == [("donor", "Foundation for Towns")]


def test_a_feast_on_its_days_is_pointed_out(browser: Browser, db: Session, series: Series) -> None:
    wanted = form(db, starts_on="2027-05-06", ends_on="2027-05-06", closes_on="2027-04-01")
    answer = browser.post(f"/organise/series/{series.id}/events/new", wanted)
    page = browser.get(answer.location)
    assert "Thursday 6\u00a0May 2027 is Ascension Day, a public holiday in Sweden." in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "Enter what the workshop is called"),
        ({"city": "0"}, "Choose the host city"),
        ({"city": "999999"}, "Choose one from the list"),
        ({"starts_on": ""}, "Enter the first day"),
        ({"starts_on": "2027-02-30"}, "Enter a day that exists"),
        ({"ends_on": "2027-05-01"}, "Choose a last day that is not before the first day"),
        ({"capacity": "many"}, "Enter a whole number, in figures"),
        ({"closes_at": "noon"}, "Enter a time from 00:00 to 23:59, like 09:30"),
        ({"languages": []}, "Choose at least one language"),
        ({"title": "x" * 10_000}, "Shorten this to 200 characters; it has 10,000"),
        ({"timezone": "Europe/Gotham"}, "Choose a time zone from the list"),
        (
            {"closes_on": "2027-03-28", "closes_at": "02:30"},
            "02:30 on 28\u00a0March 2027 does not exist in Europe/Stockholm",
        ),
    ],
)
def test_a_plan_that_needs_another_look(
    browser: Browser, db: Session, series: Series, wrong: dict[str, object], message: str
) -> None:
    answer = browser.post(f"/organise/series/{series.id}/events/new", form(db, **wrong))
    assert (answer.status, db.query(Event).count()) == (422, 0)
    assert message in answer.text


def test_a_time_that_comes_twice_is_asked_about(
    browser: Browser, db: Session, series: Series
) -> None:
    path = f"/organise/series/{series.id}/events/new"
    night = form(
        db,
        starts_on="2027-11-03",
        ends_on="2027-11-04",
        closes_on="2027-10-31",
        closes_at="02:30",
    )
    answer = browser.post(path, night)
    assert answer.status == 422
    assert "The first, UTC+2" in answer.text
    assert "The second, UTC+1" in answer.text
    answer = browser.post(path, night | {"closes_fold": "1"})
    assert answer.status == 303
    closes = db.query(Event).one().registration_closes_at
    assert closes == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.usefixtures("series")
def test_a_published_workshop_is_edited_without_its_days(browser: Browser, db: Session) -> None:
    event = cast.event(db)
    path = f"/organise/events/{event.id}/edit"
    page = browser.get(path)
    assert 'name="starts_on"' not in page
    assert f"/organise/events/{event.id}/move" in page
    answer = browser.post(path, form(db, title="Trust", starts_on="2028-01-01", capacity="80"))
    assert (answer.status, answer.location) == (303, f"/organise/events/{event.id}")
    db.refresh(event)
    assert (event.title, event.starts_on, event.capacity) == ("Trust", date(2027, 5, 31), 80)


@pytest.mark.usefixtures("series")
def test_places_that_are_taken_stay(
    browser: Browser, db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    answer = browser.post(f"/organise/events/{event.id}/edit", form(db, capacity="1"))
    assert answer.status == 422
    assert "2 places are taken, so there can’t be fewer" in answer.text


@pytest.mark.usefixtures("series")
def test_a_draft_is_published_when_nothing_is_missing(
    browser: Browser, db: Session, clock: TestClock
) -> None:
    event = cast.event(db, published=False)
    path = f"/organise/events/{event.id}/publish"
    db.commit()
    page = browser.get(path)
    assert "Not ready to publish" in page
    assert "Write two or three sentences for the event page" in page
    assert browser.post(path, at="/organise/series/new").status == 409
    event.summary = "Three days."
    db.commit()
    assert "Publish this workshop?" in browser.get(path)
    answer = browser.post(path)
    db.refresh(event)
    assert (answer.status, event.published_at) == (303, clock.now)
    assert browser.client.get(path).location == f"/organise/events/{event.id}"


TOWNS: dict[str, object] = {"name": "Towns", "kind": "donor"}


def test_a_city_and_an_organisation_are_added_on_the_way(
    browser: Browser, db: Session, series: Series
) -> None:
    back = f"/organise/series/{series.id}/events/new"
    new: dict[str, object] = {
        "name": "Žilina",
        "country": "SK",
        "latitude": "49,22",
        "longitude": "18.74",
        "timezone": "Europe/Bratislava",
        "language": "sk",
    }
    answer = browser.post(f"/organise/cities/new?next={back}", new)
    assert (answer.status, answer.location) == (303, back)
    added = db.query(City).filter_by(name="Žilina").one()
    assert (added.latitude, added.longitude, added.language) == (49.22, 18.74, "sk")
    again = browser.post("/organise/cities/new?next=https://elsewhere.example", new)
    assert (again.status, "Žilina is known already" in again.text) == (422, True)
    assert "https://elsewhere.example" not in again.text.split("<main")[1].split("</main")[0]
    wrong = browser.post("/organise/cities/new", new | {"name": "Kyiv", "latitude": "north"})
    assert (wrong.status, "Enter degrees in figures, like 59.33" in wrong.text) == (422, True)
    answer = browser.post("/organise/organisations/new", TOWNS)
    assert answer.status == 303
    answer = browser.post("/organise/organisations/new", TOWNS | {"name": "towns"})
    assert (answer.status, db.query(Organisation).count()) == (422, 1)


def row(n: int, day: str, starts: str, ends: str, title: str, **other: object) -> dict[str, object]:
    fields = {"held_on": day, "starts": starts, "ends": ends, "title": title, "note": "", **other}
    return {f"sessions-{n}-{name}": value for name, value in fields.items()}


@pytest.mark.usefixtures("series")
def test_an_agenda_is_set_row_by_row(browser: Browser, db: Session) -> None:
    event = cast.event(db, published=False, days=1)
    event.sessions.clear()
    db.commit()
    path = f"/organise/events/{event.id}/agenda"
    assert browser.get(path).count('value="remove-') == 2
    typed = row(0, "2027-05-31", "9.00", "1030", "Welcome")
    added = browser.post(path, typed | {"press": "add-2027-05-31"})
    assert (added.status, added.text.count('value="remove-')) == (200, 2)
    assert 'value="Welcome"' in added.text
    typed |= row(1, "2027-05-31", "11:00", "12:00", "Leave out")
    removed = browser.post(path, typed | {"press": "remove-1"})
    assert "Leave out" not in removed.text
    typed |= row(1, "2027-05-31", "", "", "")
    answer = browser.post(path, typed)
    assert (answer.status, answer.location) == (303, f"/organise/events/{event.id}")
    db.refresh(event)
    assert [(one.starts, one.ends, one.title) for one in event.sessions] == [
        (time(9), time(10, 30), "Welcome")
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(0, "2027-05-31", "25:00", "26:00", "Night"), "Enter a time from 00:00 to 23:59"),
        (row(0, "2027-05-31", "10:00", "09:00", "Back"), "Choose an end that is after the start"),
        (row(0, "2027-05-31", "10:00", "11:00", ""), "Enter what the session is called"),
        (row(0, "2028-05-31", "10:00", "11:00", "Late"), "is no day of the workshop"),
    ],
)
@pytest.mark.usefixtures("series")
def test_an_agenda_that_needs_another_look(
    browser: Browser, db: Session, wrong: dict[str, object], message: str
) -> None:
    event = cast.event(db, published=False)
    db.commit()
    answer = browser.post(f"/organise/events/{event.id}/agenda", wrong)
    assert answer.status == 422
    assert message in answer.text
    assert len(event.sessions) == 3


@pytest.mark.usefixtures("series")
def test_a_session_in_the_hour_that_comes_twice(browser: Browser, db: Session) -> None:
    event = cast.event(db, published=False, starts_on=date(2027, 10, 31), days=1)
    db.commit()
    path = f"/organise/events/{event.id}/agenda"
    night = row(0, "2027-10-31", "02:30", "04:00", "Night walk")
    answer = browser.post(path, night)
    assert answer.status == 422
    assert "The second, UTC+1" in answer.text
    assert browser.post(path, night | {"sessions-0-fold": "1"}).status == 303
    db.refresh(event)
    assert [(one.starts, one.fold) for one in event.sessions] == [(time(2, 30), 1)]


@pytest.mark.parametrize(
    ("approves", "said"),
    [(True, "You approve each one"), (False, "Cities confirm them by themselves")],
)
def test_who_approves_delegations_is_read_before_publishing(
    browser: Browser, db: Session, sign_in_as: SignInAs, approves: bool, said: str
) -> None:
    event = cast.event(db, published=False)
    event.summary, event.approves_delegations = "Three days.", approves
    sign_in_as("organiser", event.series_id)
    page = words(browser.get(f"/organise/events/{event.id}/publish"))
    assert f"Delegations {said} Change" in page
