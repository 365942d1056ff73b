from datetime import date, timedelta

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy.orm import Session

from events_service import db as database_module
from events_service.domain.followup import spotlights as domain
from events_service.model import OutboxMail, Spotlight
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import colleague, practice


@pytest.fixture
def spotlight(db: Session, clock: TestClock) -> Spotlight:
    """A partnership with Newark whose first step is due tomorrow, Monday 23 November."""
    made = domain.start_partnership(
        db, practice(db).id, colleague(db), date(2026, 11, 23), now=clock.now
    )
    db.commit()
    return made


def test_a_partnership_is_started_and_its_first_letter_drafted(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock
) -> None:
    owner = sign_in_as("staff")
    shared = practice(db)
    db.commit()
    clock.advance(timedelta(days=1))
    answer = browser.post(
        f"/staff/spotlights/new?practice={shared.id}",
        {"practice": shared.id, "owner": owner.id, "starts_on": "2026-11-23"},
    )
    [spotlight] = db.query(Spotlight).all()
    assert (answer.status, answer.location) == (303, f"/staff/spotlights/{spotlight.id}")
    assert (spotlight.practice_id, spotlight.owner_id) == (shared.id, owner.id)
    assert [mail.state for mail in db.query(OutboxMail)] == ["drafted"]
    page = browser.get(answer.location)
    assert "The partnership has begun." in page
    assert "Letter to approve" in page
    assert "Read and approve the letter" in page


@pytest.mark.parametrize(
    ("starts_on", "problem"),
    [
        ("", "Enter a day"),
        ("2026-02-30", "Enter a day that exists"),
        ("9999-12-31", "Enter a day from 2020 to 2100"),
        ("0001-01-01", "Enter a day from 2020 to 2100"),
    ],
)
def test_a_day_that_is_none_is_pointed_out(
    browser: Browser, sign_in_as: SignInAs, db: Session, starts_on: str, problem: str
) -> None:
    owner = sign_in_as("staff")
    shared = practice(db)
    db.commit()
    answer = browser.post(
        "/staff/spotlights/new",
        {"practice": shared.id, "owner": owner.id, "starts_on": starts_on},
    )
    assert answer.status == 422
    assert problem in answer.text
    assert "Error: Start a partnership" in answer.text


def test_a_practice_or_owner_outside_the_list_is_refused(
    browser: Browser, sign_in_as: SignInAs, db: Session
) -> None:
    organiser = colleague(db, "Organiser", "organiser")
    sign_in_as("staff")
    practice(db)
    db.commit()
    answer = browser.post(
        "/staff/spotlights/new",
        {"practice": 0, "owner": organiser.id, "starts_on": "2026-11-23"},
    )
    assert (answer.status, answer.text.count("Choose one from the list")) == (422, 4)
    assert db.query(Spotlight).count() == 0


def test_without_a_practice_there_is_nothing_to_start(
    browser: Browser, sign_in_as: SignInAs
) -> None:
    sign_in_as("staff")
    assert "No partnerships yet" in browser.get("/staff/spotlights")
    assert "Every practice has its partnership" in browser.get("/staff/spotlights/new")


def test_the_list_says_what_is_due_first(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    second = practice(db, "Night buses", "Boise")
    late = domain.start_partnership(
        db, second.id, spotlight.owner, date(2026, 11, 20), now=clock.now
    )
    db.commit()
    page = browser.get("/staff/spotlights")
    assert page.index("Boise") < page.index("Newark")
    assert "2 days late, 20\u00a0November" in page
    assert "Due tomorrow, 23\u00a0November" in page
    domain.decline(db, late)
    db.commit()
    page = browser.get("/staff/spotlights")
    assert page.index("Newark") < page.index("Boise")
    assert "City declined" in page


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    asked: list[str] = []
    sa_event.listen(
        database_module.engine(),
        "before_cursor_execute",
        lambda *given: asked.append(given[2]),
    )
    browser.get("/staff/spotlights")
    for_one = len(asked)
    for title, city in (("Night buses", "Boise"), ("Youth council", "Bratislava")):
        shared = practice(db, title, city)
        domain.start_partnership(db, shared.id, spotlight.owner, date(2026, 11, 23), now=clock.now)
    db.commit()
    asked.clear()
    browser.get("/staff/spotlights")
    assert len(asked) == for_one


def test_a_step_gets_another_owner_and_day(
    browser: Browser, sign_in_as: SignInAs, db: Session, spotlight: Spotlight
) -> None:
    me = sign_in_as("staff")
    step = spotlight.steps[1]
    path = f"/staff/spotlights/{spotlight.id}/steps/{step.id}"
    assert browser.post(path, {"owner": me.id, "due_on": "2027-01-08"}).status == 303
    db.refresh(step)
    assert (step.owner_id, step.due_on) == (me.id, date(2027, 1, 8))
    answer = browser.post(path, {"owner": me.id, "due_on": "soon"})
    assert (answer.status, "Enter a day that exists" in answer.text) == (422, True)


def test_done_and_undo(
    browser: Browser, sign_in_as: SignInAs, db: Session, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    home = f"/staff/spotlights/{spotlight.id}"
    step = spotlight.steps[0]
    assert browser.post(f"{home}/steps/{step.id}/done", at=home).location == home
    db.refresh(step)
    assert step.done_at is not None
    assert "Done 22" in browser.get(home)
    browser.post(f"{home}/steps/{step.id}/open", at=home)
    db.refresh(step)
    assert step.done_at is None


def test_a_city_without_an_address_gets_a_contact_and_then_its_letter(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    spotlight.city.contacts.clear()
    db.commit()
    clock.advance(timedelta(days=1))
    home = f"/staff/spotlights/{spotlight.id}"
    assert "No address known" in browser.get("/staff/spotlights")
    assert "add a contact" in browser.get(home)
    wrong = browser.post(f"{home}/contact", {"name": "", "address": "newark"})
    assert wrong.status == 422
    assert "Enter the name that letters greet" in wrong.text
    assert "Enter an e-mail address with an @" in wrong.text
    right = {"name": "Adviser, Newark", "role": "Adviser", "address": "adviser@newark.example.org"}
    assert browser.post(f"{home}/contact", right).location == home
    [mail] = db.query(OutboxMail).all()
    assert (mail.to_address, mail.state) == ("adviser@newark.example.org", "drafted")
    again = browser.post(f"{home}/contact", right)
    assert (again.status, "already" in again.text) == (409, True)


@pytest.mark.parametrize(
    ("name", "problem"),
    [("x" * 10_000, "Shorten the name"), ("Mayor\r\nBcc: all@example.org", "on one line")],
)
def test_names_that_are_no_names(
    browser: Browser,
    sign_in_as: SignInAs,
    spotlight: Spotlight,
    name: str,
    problem: str,
) -> None:
    sign_in_as("staff")
    path = f"/staff/spotlights/{spotlight.id}/contact"
    answer = browser.post(path, {"name": name, "address": "a@example.org"})
    assert (answer.status, problem in answer.text) == (422, True)


def test_a_character_that_no_database_keeps_is_dropped(
    browser: Browser, sign_in_as: SignInAs, db: Session, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    path = f"/staff/spotlights/{spotlight.id}/contact"
    given = {"name": "Advi\x00ser", "role": "", "address": "adviser@newark.example.org"}
    assert browser.post(path, given).status == 303
    db.refresh(spotlight.city)
    assert [one.name for one in spotlight.city.contacts][-1] == "Adviser"


def test_a_city_declines_and_comes_back(
    browser: Browser, sign_in_as: SignInAs, db: Session, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    home = f"/staff/spotlights/{spotlight.id}"
    browser.post(f"{home}/decline", at=home)
    db.refresh(spotlight)
    assert spotlight.state == "declined"
    browser.post(f"{home}/reopen", at=home)
    db.refresh(spotlight)
    assert spotlight.state == "open"


def test_names_are_shown_as_text(
    browser: Browser, sign_in_as: SignInAs, db: Session, spotlight: Spotlight
) -> None:
    sign_in_as("staff")
    spotlight.practice.title = "<script>alert(1)</script>"
    db.commit()
    page = browser.get(f"/staff/spotlights/{spotlight.id}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
