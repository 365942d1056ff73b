"""Reminders to cities as an organiser reads and releases them."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.declining import decline
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.model import Event, OutboxMail
from tests import cast
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import written

FIRST = datetime(2027, 4, 18, 7, tzinfo=UTC)


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs) -> Event:
    """Two cities are silent and their reminders are drafted; no worker has written them."""
    made = cast.event(db)
    for name in ("Boise", "Newark"):
        cast.invited(db, made, name)
    clock.now = FIRST
    draft_due_reminders(db, settings, now=clock.now)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def page(db: Session, settings: Settings, event: Event) -> str:
    """The page of reminders, all of them written."""
    for mail in mails(db):
        written(db, settings, mail)
    return f"/organise/events/{event.id}/reminders"


def mails(db: Session, state: str = "drafted") -> list[OutboxMail]:
    db.expire_all()
    found = db.query(OutboxMail).filter_by(letter="city_reminder", state=state)
    return found.order_by(OutboxMail.id).all()


def seen(text: str) -> dict[str, object]:
    return {"read": list(dict.fromkeys(re.findall(r'name="read" value="([^"]+)"', text)))}


def test_they_wait_in_what_needs_an_organiser(browser: Browser, event: Event, page: str) -> None:
    for where in ("/organise", f"/organise/events/{event.id}"):
        assert "Two reminders to cities are drafted" in browser.get(where)
    assert "2 reminders to cities are drafted" in browser.get(f"/organise/events/{event.id}/cities")
    assert page in browser.get("/organise")


def test_staff_do_not_find_them_among_the_letters_of_the_follow_up(
    browser: Browser, event: Event, page: str, sign_in_as: SignInAs
) -> None:
    del event, page
    sign_in_as("staff")
    assert "No letter waits" in browser.get("/staff/letters")
    assert "wait for approval" not in browser.get("/organise")


def test_one_waits_until_they_are_written(browser: Browser, event: Event) -> None:
    text = browser.get(f"/organise/events/{event.id}/reminders")
    assert "The letters are being written" in text and "Send 2 reminders" not in text


def test_each_is_read_as_its_city_will_get_it(browser: Browser, db: Session, page: str) -> None:
    text = browser.get(page)
    assert "2 cities will be reminded" in text and "The letter to Boise" in text
    newark = cast.city(db, "Newark")
    other = browser.get(f"{page}?city={newark.id}")
    assert "The letter to Newark" in other
    frame = re.search(r'src="([^"]+/letter)"', other)
    assert frame is not None
    answer = browser.client.get(frame[1])
    assert "Will Newark come to Stockholm?" in answer.text
    assert "zzlinkzz" not in answer.text and "/r/…" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_words_go_into_all_and_then_they_leave(
    browser: Browser, db: Session, settings: Settings, event: Event, page: str
) -> None:
    words = {"words": "We keep a place for you."}
    answer = browser.post(f"{page}/words", seen(browser.get(page)) | words, at=page)
    assert (answer.status, answer.location) == (303, page)
    for mail in mails(db):
        written(db, settings, mail)
        assert b"We keep a place for you." in (mail.rendered or b"")
    answer = browser.post(f"{page}/release", seen(browser.get(page)), at=page)
    assert (answer.status, answer.location) == (303, f"/organise/events/{event.id}/cities")
    assert "2 cities are reminded within a few seconds." in browser.get(answer.location)
    assert len(mails(db, "queued")) == 2
    assert "No reminder waits" in browser.get(page)


def test_what_was_not_read_does_not_leave(browser: Browser, db: Session, page: str) -> None:
    for read in ([], ["1:x"], "nonsense"):
        assert browser.post(f"{page}/release", {"read": read}, at=page).status == 409
    assert len(mails(db)) == 2


def test_single_ones_and_all_are_left_out(browser: Browser, db: Session, page: str) -> None:
    text = browser.get(page)
    leave_out = re.findall(r'action="([^"]+/leave-out)"', text)
    assert len(leave_out) == 2
    browser.post(leave_out[0], at=page)
    assert "Boise is left out." in browser.get(page)
    assert [mail.to_address for mail in mails(db)] == ["newark@cities.example.org"]
    browser.post(f"{page}/aside", at=page)
    assert mails(db) == []


def test_a_city_that_answers_meanwhile_gets_none(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, page: str
) -> None:
    read = seen(browser.get(page))
    decline(db, settings, mails(db)[0].facts["link"]["number"], "", now=clock.now)
    db.commit()
    answer = browser.post(f"{page}/release", read, at=page)
    said = "One city is reminded within a few seconds. One city answered or changed meanwhile"
    assert said in browser.get(answer.location)
    assert (len(mails(db, "queued")), len(mails(db, "discarded"))) == (1, 1)
    assert event.cancelled_at is None


def test_after_the_deadline_nothing_leaves_and_nobody_is_asked_to_read(
    browser: Browser, db: Session, clock: TestClock, event: Event, page: str
) -> None:
    read = seen(browser.get(page))
    clock.now = event.registration_closes_at
    assert "reminders to cities" not in browser.get("/organise")
    text = browser.get(page)
    assert "No reminder waits" in text and "Registration for this workshop has closed" in text
    assert browser.post(f"{page}/release", read, at="/organise/series/new").status == 409
    assert len(mails(db)) == 2


def test_an_organiser_of_another_series_releases_none(
    browser: Browser, db: Session, page: str, sign_in_as: SignInAs
) -> None:
    read = seen(browser.get(page))
    other = cast.series(db, "others")
    sign_in_as("organiser", other.id)
    browser.get(page, 404)
    assert browser.post(f"{page}/release", read, at="/organise/series/new").status == 404
    assert len(mails(db)) == 2
