from datetime import date

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy.orm import Session

from events_service import db as database_module
from events_service.domain.followup.onboarding import introduce_attending_cities
from events_service.model import City, Onboarding
from tests import cast
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import came


@pytest.fixture
def dijon(db: Session, clock: TestClock) -> Onboarding:
    event = cast.event(db, starts_on=date(2026, 11, 16))
    came(db, event, "Dijon")
    introduce_attending_cities(db, event, now=clock.now)
    db.commit()
    return db.query(Onboarding).one()


def test_the_list_says_state_next_task_owner_and_day(
    browser: Browser, sign_in_as: SignInAs, db: Session, dijon: Onboarding
) -> None:
    me = sign_in_as("staff")
    page = browser.get("/staff/onboarding")
    for shown in (
        "Dijon",
        "France, introduced in Stockholm 2026",
        "Ask whether the city wants to join",
        "Due in 15 days, 7\u00a0December",
        "Nobody yet",
        "Introduced",
    ):
        assert shown in page
    dijon.owner = me
    db.commit()
    assert "Nobody yet" not in browser.get("/staff/onboarding")


def test_an_empty_list_says_how_cities_come_to_it(browser: Browser, sign_in_as: SignInAs) -> None:
    sign_in_as("staff")
    assert "No city has been introduced yet" in browser.get("/staff/onboarding")


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, dijon: Onboarding
) -> None:
    sign_in_as("staff")
    asked: list[str] = []
    sa_event.listen(
        database_module.engine(),
        "before_cursor_execute",
        lambda *given: asked.append(given[2]),
    )
    browser.get("/staff/onboarding")
    for_one = len(asked)
    for name in ("Boise", "Newark"):
        came(db, dijon.event or cast.event(db), name)
        db.query(City).filter_by(name=name).one().joined_at = None
    db.flush()
    introduce_attending_cities(db, dijon.event or cast.event(db), now=clock.now)
    db.commit()
    asked.clear()
    assert browser.get("/staff/onboarding").count("Ask whether") == 3
    assert len(asked) == for_one


def test_tasks_bring_a_city_in_and_undo_takes_it_out(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, dijon: Onboarding
) -> None:
    sign_in_as("staff")
    home = f"/staff/onboarding/{dijon.id}"
    for task in dijon.tasks:
        assert browser.post(f"{home}/tasks/{task.id}/done", at=home).location == home
    db.refresh(dijon)
    db.refresh(dijon.city)
    assert (dijon.state, dijon.city.joined_at) == ("active", clock.now)
    assert "Member since" in browser.get(home)
    browser.post(f"{home}/tasks/{dijon.tasks[-1].id}/open", at=home)
    db.refresh(dijon)
    db.refresh(dijon.city)
    assert (dijon.state, dijon.city.joined_at) == ("welcomed", None)


def test_a_task_gets_an_owner_and_a_day(
    browser: Browser, sign_in_as: SignInAs, db: Session, dijon: Onboarding
) -> None:
    me = sign_in_as("staff")
    task = dijon.tasks[0]
    path = f"/staff/onboarding/{dijon.id}/tasks/{task.id}"
    assert browser.post(path, {"owner": me.id, "due_on": "2027-01-08"}).status == 303
    db.refresh(task)
    assert (task.owner_id, task.due_on) == (me.id, date(2027, 1, 8))
    assert browser.post(path, {"owner": 0, "due_on": "2027-01-08"}).status == 303
    db.refresh(task)
    assert task.owner_id is None
    answer = browser.post(path, {"owner": 0, "due_on": ""})
    assert (answer.status, "Enter a day" in answer.text) == (422, True)


def test_somebody_looks_after_the_city(
    browser: Browser, sign_in_as: SignInAs, db: Session, dijon: Onboarding
) -> None:
    me = sign_in_as("staff")
    path = f"/staff/onboarding/{dijon.id}"
    assert browser.post(path, {"owner": me.id}).status == 303
    db.refresh(dijon)
    assert dijon.owner_id == me.id
    answer = browser.post(path, {"owner": 987654})
    assert (answer.status, "Choose one from the list" in answer.text) == (422, True)


def test_a_city_that_does_not_join_can_be_taken_up_again(
    browser: Browser, sign_in_as: SignInAs, db: Session, dijon: Onboarding
) -> None:
    sign_in_as("staff")
    home = f"/staff/onboarding/{dijon.id}"
    browser.post(f"{home}/end", at=home)
    assert "Not joining" in browser.get("/staff/onboarding")
    task = dijon.tasks[0]
    answer = browser.post(f"{home}/tasks/{task.id}/done", at=home)
    assert (answer.status, "Take it up again first" in answer.text) == (409, True)
    browser.post(f"{home}/resume", at=home)
    db.refresh(dijon)
    assert dijon.state == "introduced"
