"""The door as organisers prepare it, and the papers."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door.check_in import check_in
from events_service.model import Event
from tests import cast, door
from tests.conftest import Browser, SignInAs, TestClock
from tests.door import stamp


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs) -> Event:
    made = door.workshop(db, settings, clock)
    sign_in_as("organiser", made.series_id)
    return made


def links(page: str) -> list[str]:
    return re.findall(r'href="(/door/[a-z2-7]{32})"', page)


def test_the_link_is_shown_once_and_ends_the_one_before(event: Event, browser: Browser) -> None:
    path = f"/organise/events/{event.id}/door"
    assert links(browser.get(path)) == []
    assert browser.post(path).status == 303
    page = browser.get(path)
    [first] = links(page)
    assert f">http://localhost{first}</a>" in page
    assert f'src="{first}/link.svg"' in page
    assert links(browser.get(path)) == []
    browser.get(first)
    browser.post(path)
    [second] = links(browser.get(path))
    assert "replaced by a newer one" in browser.get(first, 410)
    browser.get(second)


def test_the_link_of_one_event_is_not_shown_at_another(
    db: Session, event: Event, browser: Browser
) -> None:
    other = cast.event(db, host="Bratislava", slug="other")
    db.commit()
    browser.post(f"/organise/events/{event.id}/door")
    assert links(browser.get(f"/organise/events/{other.id}/door")) == []


def test_who_came_in_day_by_day(
    db: Session, event: Event, browser: Browser, clock: TestClock
) -> None:
    check_in(db, event, door.member(db, "Mayor, Newark"), stamp(), now=clock.now)
    db.commit()
    page = browser.get(f"/organise/events/{event.id}/door")
    row = re.findall(r"Monday 31\xa0May 2027</th>(.*?)</tr>", page)[0]
    assert re.findall(r"<div>(\d+)</div>", row) == ["3", "1", "0"]


def test_the_attendance_sheet_says_when_somebody_came_in(
    db: Session, event: Event, browser: Browser, clock: TestClock
) -> None:
    mayor = door.member(db, "Mayor, Newark")
    check_in(db, event, mayor, stamp(), now=clock.now)
    db.commit()
    sheet = f"/staff/events/{event.id}/attendance"
    page = browser.get(sheet)
    assert page.count("came in 09:12") == 1
    assert "Two people are registered and did not come in at the door." in page
    assert "Record all as registered" not in page
    assert f'value="member-{mayor.id} 2027-05-31" checked' in page
    browser.post(sheet, {"listed": [f"member-{mayor.id}"]})
    assert "came in" not in browser.get(sheet)
    assert (door.there(db, event), door.standing(db, event)) == ([], [])


def test_a_cancelled_workshop_gets_no_link(
    db: Session, event: Event, browser: Browser, clock: TestClock
) -> None:
    event.cancelled_at = clock.now
    db.commit()
    page = browser.get(f"/organise/events/{event.id}/door")
    assert "was cancelled, so nobody is checked in" in page
    assert "Make a new link" not in page


@pytest.mark.parametrize(
    ("paper", "pages"), [("badges", 1), ("name-plates", 3), ("participants", 1), ("signatures", 3)]
)
def test_papers_are_downloads(event: Event, browser: Browser, paper: str, pages: int) -> None:
    home = f"/organise/events/{event.id}/papers"
    assert f'href="{home}/{paper}.pdf"' in browser.get(home)
    answer = browser.client.get(f"{home}/{paper}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert len(PdfReader(BytesIO(answer.data)).pages) == pages


def test_nobody_to_print(db: Session, browser: Browser, sign_in_as: SignInAs) -> None:
    empty = cast.event(db, slug="empty")
    sign_in_as("organiser", empty.series_id)
    home = f"/organise/events/{empty.id}/papers"
    assert "Nobody to print yet" in browser.get(home)
    assert "there is nobody to print" in browser.get(f"{home}/badges.pdf", 409)
