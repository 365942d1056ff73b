"""The attendance sheet as a page."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.reporting.attendance import registered
from events_service.model import Attendance, Event
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    made = cast.event(db)
    office.registered(db, settings, clock, made, "Newark", "Mayor", "Youth lead", days=DAYS[:2])
    db.commit()
    clock.now = datetime(2027, 6, 2, 12, tzinfo=UTC)  # its last day
    return made


@pytest.fixture
def sheet(event: Event, sign_in_as: SignInAs) -> str:
    sign_in_as("organiser", event.series_id)
    return f"/staff/events/{event.id}/attendance"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="there" value="([^"]+)" checked', page)


def there(db: Session) -> list[tuple[str, list[date]]]:
    db.expire_all()
    return [(row.name, row.days) for row in db.scalars(select(Attendance).order_by(Attendance.id))]


def test_days_are_ticked_as_registered_and_recorded_at_one_press(
    db: Session, event: Event, sheet: str, browser: Browser
) -> None:
    mayor, youth = registered(db, event)
    page = browser.get(sheet)
    assert ticked(page) == [f"member-{one.id} {day}" for one in (mayor, youth) for day in DAYS[:2]]
    assert "Two people are registered and not recorded yet" in page
    answer = browser.post(f"{sheet}/all", at=sheet)
    assert (answer.status, answer.location) == (303, sheet)
    after = browser.get(sheet)
    assert "Two people are recorded as registered." in after
    assert "not recorded yet" not in after
    assert there(db) == [("Mayor, Newark", DAYS[:2]), ("Youth lead, Newark", DAYS[:2])]


def test_who_did_not_come_is_taken_out_and_a_colleagues_work_is_left(
    db: Session, event: Event, sheet: str, browser: Browser
) -> None:
    mayor, youth = registered(db, event)
    browser.post(f"{sheet}/all", at=sheet)
    form: dict[str, object] = {
        "listed": [f"member-{mayor.id}", "nonsense", "member-9999999999999999999999"],
        "there": [f"member-{mayor.id} 2027-06-02", f"member-{youth.id} 2027-06-02", "x y", "x"],
    }
    assert browser.post(sheet, form).status == 303
    # The youth lead was not on the page that was sent: nothing is changed for them.
    assert there(db) == [("Mayor, Newark", DAYS[2:]), ("Youth lead, Newark", DAYS[:2])]
    browser.post(sheet, {"listed": [f"member-{mayor.id}"]})
    assert there(db) == [("Youth lead, Newark", DAYS[:2])]


def test_somebody_who_simply_came(db: Session, sheet: str, browser: Browser) -> None:
    dijon = cast.city(db, "Dijon")
    db.commit()
    form = {"body": f"city:{dijon.id}", "name": "Mayor, Dijon", "days": ["2027-06-01"]}
    assert browser.post(f"{sheet}/walk-in", form).status == 303
    assert there(db) == [("Mayor, Dijon", DAYS[1:2])]
    page = browser.get(sheet)
    assert "Came without being registered" in page
    listed = re.findall(r'name="listed" value="(other-\d+)"', page)
    browser.post(sheet, {"listed": listed})
    assert there(db) == []


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"body": "", "name": "Mayor", "days": ["2027-06-01"]}, "Choose a city"),
        ({"body": "city:0", "name": "Mayor", "days": ["2027-06-01"]}, "Not a valid choice"),
        ({"name": "", "days": ["2027-06-01"]}, "Enter the person’s name"),
        ({"name": "M" * 10_000, "days": ["2027-06-01"]}, "Shorten the name to 200"),
        ({"name": "Mayor\r\nBcc: x", "days": ["2027-06-01"]}, "Write this on one line"),
        ({"name": "Mayor"}, "Tick at least one day"),
        ({"name": "Mayor", "days": ["2031-01-01"]}, "is not"),
    ],
)
def test_what_is_missing_is_said(
    db: Session, sheet: str, browser: Browser, form: dict[str, object], problem: str
) -> None:
    home = cast.city(db, "Dijon")
    db.commit()
    answer = browser.post(f"{sheet}/walk-in", {"body": f"city:{home.id}", **form})
    assert (answer.status, problem in answer.text) == (422, True), answer.text
    assert there(db) == []


def test_an_event_without_delegations_says_so(
    db: Session, browser: Browser, sign_in_as: SignInAs
) -> None:
    empty = cast.event(db, slug="empty")
    sign_in_as("staff")
    page = browser.get(f"/staff/events/{empty.id}/attendance")
    assert "Nobody is registered" in page


@pytest.mark.parametrize("page", ["attendance", "attendance/walk-in", "records", "report"])
def test_an_organiser_of_another_series_finds_nothing(
    db: Session, event: Event, browser: Browser, sign_in_as: SignInAs, page: str
) -> None:
    other = cast.series(db, "other")
    db.commit()
    sign_in_as("organiser", other.id)
    browser.get(f"/staff/events/{event.id}/{page}", 404)
    # The control: an organiser of this series gets it.
    sign_in_as("organiser", event.series_id)
    browser.get(f"/staff/events/{event.id}/{page}", 200)


def test_nobody_is_recorded_in_passing_before_it_begins(
    event: Event, clock: TestClock, sign_in_as: SignInAs, browser: Browser
) -> None:
    clock.now = datetime(2027, 5, 1, 12, tzinfo=UTC)
    sign_in_as("organiser", event.series_id)
    page = browser.get(f"/staff/events/{event.id}/attendance")
    assert "Record who was there from that day on." in page
    assert "Record all as registered" not in page
