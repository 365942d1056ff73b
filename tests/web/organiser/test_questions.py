"""The pages on which an organiser says what people are asked, and sees what one person told."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.configuring import ask_also
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.filling import (
    answer_consents,
    choose_attribution,
    save_answer,
)
from events_service.domain.particulars.question_plan import QuestionPlan
from events_service.domain.particulars.questions import questions_of
from events_service.model import CityInvitation, Particulars, Question
from tests.conftest import Answer, Browser, SignInAs, TestClock
from tests.domain.particulars.forms import delegation, form, own_page, tells
from tests.web.organiser.test_participation import words

RIDE: dict[str, object] = {
    "label": "How do you get here?",
    "hint": "",
    "kind": "choice",
    "choices": "Bus\r\nFoot\r\n",
    "purpose": "The hosts order bicycles by it.",
    "keep_days": "30",
}
MARKUP = "<b>Ride</b> 100% %(x)s"


@pytest.fixture
def newark(
    db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> CityInvitation:
    made = delegation(db, settings, clock)
    sign_in_as("organiser", made.event.series_id)
    db.commit()
    return made


@pytest.fixture
def page(newark: CityInvitation) -> str:
    return f"/organise/events/{newark.event_id}/questions"


@pytest.fixture
def mayor(db: Session, clock: TestClock, newark: CityInvitation) -> Particulars:
    made = form(db, clock, newark)
    db.commit()
    return made


def listed(db: Session, newark: CityInvitation) -> list[str]:
    db.expire_all()
    return [one.key for one in questions_of(db, newark.event)]


def add(browser: Browser, page: str, **typed: object) -> Answer:
    return browser.post(f"{page}/new", {**RIDE, **typed})


def test_the_list_says_what_each_is_for_and_until_when_it_is_kept(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, page: str
) -> None:
    tells(db, clock, mayor, dietary="No nuts", access=None)
    db.commit()
    shown = words(browser.get(page))
    assert "The kitchen plans the meals by it." in shown
    assert "30 days after the last day Erased on 3 July 2027 One person" in shown
    assert "Nobody yet One left it out" in shown
    assert "May be left out · In confidence" in shown
    assert "No nuts" not in shown


def test_a_question_is_added_shown_to_the_person_and_moved(
    browser: Browser, db: Session, newark: CityInvitation, mayor: Particulars, page: str
) -> None:
    assert add(browser, page).location == page
    assert "“How do you get here?” is asked from now on." in browser.get(page)
    theirs = browser.get(f"{own_page(mayor)}/own-1")
    assert "The hosts order bicycles by it." in theirs and 'value="Foot"' in theirs
    before = listed(db, newark)
    assert browser.post(f"{page}/own-1/up", at=page).status == 303
    assert listed(db, newark)[-2:] == ["own-1", before[-2]]
    assert browser.post(f"{page}/own-1/down", at=page).status == 303
    assert listed(db, newark) == before
    assert f"is question {len(before)} now" in browser.get(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label": " "}, "Write the question"),
        ({"purpose": "Planning"}, "Say in a sentence what the answer is used for"),
        ({"choices": "Bus"}, "Write from 2 to 40 choices, one a line"),
        ({"keep_days": "soon"}, "Enter a whole number, in figures"),
        ({"keep_days": "-1"}, "Enter a number of days from 0 to 1,095"),
        ({"kind": "essay"}, "Choose the kind of answer"),
    ],
)
def test_what_can_not_be_asked_is_said_at_its_place(
    browser: Browser, db: Session, page: str, typed: dict[str, object], said: str
) -> None:
    answer = add(browser, page, **typed)
    assert (answer.status, said in answer.text) == (422, True)
    assert db.query(Question).filter_by(key="own-1").count() == 0
    assert add(browser, page).status == 303  # control


def test_words_of_an_organiser_are_words_to_each_reader(
    browser: Browser, mayor: Particulars, page: str
) -> None:
    """Nor are they taken for a text to be filled in."""
    add(browser, page, label=MARKUP, hint=MARKUP, purpose=MARKUP, choices=f"{MARKUP}\nFoot")
    event = page.removesuffix("/questions")
    for path in (
        *(page, f"{page}/own-1", f"{page}/own-1/remove", f"{page}/preview", f"{event}/details"),
        *(own_page(mayor), f"{own_page(mayor)}/own-1"),
    ):
        shown = browser.get(path)
        assert (path, "<b>Ride" in shown) == (path, False)
    assert "&lt;b&gt;Ride&lt;/b&gt; 100% %(x)s" in shown


def test_a_choice_that_was_chosen_does_not_vanish_silently(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, page: str
) -> None:
    add(browser, page)
    tells(db, clock, mayor, **{"own-1": "Foot"})
    db.commit()
    changed = {**RIDE, "choices": "Bus\r\nCar"}
    asked = browser.post(f"{page}/own-1", changed)
    assert asked.status == 200
    assert "One person chose “Foot”, which is no longer in the list." in words(asked.text)
    between = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    between = {name: value for name, value in between.items() if name != "csrf_token"}
    again = browser.post(f"{page}/own-1", between)
    assert (again.status, "Say what becomes of the answers" in again.text) == (422, True)
    assert browser.post(f"{page}/own-1", {**between, "answers": "erase"}).status == 303
    shown = browser.get(page)
    assert "One answer is erased, and that person is asked again." in shown
    db.expire_all()
    question = db.query(Question).filter_by(key="own-1").one()
    assert (question.choices, mayor.details) == (["Bus", "Car"], [])


def test_a_question_is_removed_and_put_back(
    browser: Browser,
    db: Session,
    clock: TestClock,
    newark: CityInvitation,
    mayor: Particulars,
    page: str,
) -> None:
    tells(db, clock, mayor, travel="By bus")
    db.commit()
    assert browser.post(f"{page}/travel/remove").status == 422  # what becomes of the answers?
    assert browser.post(f"{page}/travel/remove", {"answers": "keep"}).location == page
    assert "travel" not in listed(db, newark)
    assert browser.post(f"{page}/travel/put-back", at=page).location == page
    assert listed(db, newark)[-1] == "travel"
    db.expire_all()
    assert [one.value for one in mayor.details] == ["By bus"]
    browser.post(f"{page}/travel/remove", {"answers": "erase"})
    assert "is not asked any more, and one answer is erased." in browser.get(page)


def test_of_a_workshop_that_is_over_only_what_protects_people_can_be_changed(
    browser: Browser,
    db: Session,
    clock: TestClock,
    newark: CityInvitation,
    mayor: Particulars,
    page: str,
    sign_in_as: SignInAs,
) -> None:
    tells(db, clock, mayor, dietary="No nuts")
    assert "Add a question" in browser.get(page)  # control
    clock.advance(timedelta(days=365))
    sign_in_as("organiser", newark.event.series_id)
    shown = browser.get(page)
    assert "Nobody is asked any more" in shown and "Add a question" not in shown
    assert add(browser, page).status == 409
    edit = browser.get(f"{page}/dietary")
    assert 'name="keep_days"' in edit and 'name="purpose"' not in edit
    assert "Enter 30 days or fewer" in browser.post(f"{page}/dietary", {"keep_days": "31"}).text
    assert browser.post(f"{page}/dietary", {"keep_days": "3"}).status == 303
    assert browser.post(f"{page}/dietary/remove", {"answers": "erase"}).status == 303
    db.expire_all()
    assert mayor.details == [] and "dietary" in listed(db, newark)


def test_the_form_is_seen_in_each_language(browser: Browser, page: str) -> None:
    add(browser, page)
    for language in ("en", "fr", "sv", "sk"):
        shown = browser.get(f"{page}/preview?in={language}")
        assert f'<div lang="{language}"' in shown and "How do you get here?" in shown
    assert '<div lang="en"' in browser.get(f"{page}/preview?in=xx")
    assert "May we keep and use what you told us?" in browser.get(f"{page}/preview")


def test_looking_keeps_no_questions(browser: Browser, db: Session, page: str) -> None:
    for path in (page, f"{page}/new", f"{page}/dietary", f"{page}/travel/remove"):
        browser.get(path)
    browser.get(f"{page}/nothing", 404)
    assert db.query(Question).count() == 0


def test_what_one_person_told_stands_on_their_page(
    browser: Browser, db: Session, clock: TestClock, newark: CityInvitation, mayor: Particulars
) -> None:
    save_answer(db, mayor, "travel", "By train", saved_by="city", now=clock.now)
    tells(db, clock, mayor, title="Councillor", dietary="No nuts", languages=None)
    choose_attribution(mayor, "city")
    given = {"data": True, "sensitive_data": True, "photographs": False}
    for said in (given, {**given, "photographs": True}):
        answer_consents(db, mayor, current_texts(db, "fr"), said, now=clock.now)
    db.commit()
    path = f"/organise/events/{newark.event_id}/people/{mayor.member_id}"
    shown = words(browser.get(path))
    when = "Sunday 22 November 2026, 13:00"
    assert f"How should we address you? Councillor The person {when}" in shown
    assert f"When and how do you arrive and leave? By train The city {when}" in shown
    assert "Which languages do you speak? Left out" in shown
    assert "How they may be named: As City of Newark only" in shown
    assert "May pictures show you? No Changed later Version 1, Français" in shown
    assert "One answer was told in confidence." in shown and "No nuts" not in shown
    told = words(browser.get(f"{path}/in-confidence"))
    assert "No nuts The kitchen plans the meals by it." in told and "Councillor" not in told


def test_of_who_was_not_asked_it_says_so(browser: Browser, newark: CityInvitation) -> None:
    number = newark.delegation.members[0].id
    path = f"/organise/events/{newark.event_id}/people/{number}"
    assert "They were not asked for their details yet." in browser.get(path)
    assert "They told nothing in confidence" in browser.get(f"{path}/in-confidence")


def test_another_series_is_closed(
    browser: Browser,
    db: Session,
    clock: TestClock,
    newark: CityInvitation,
    page: str,
    sign_in_as: SignInAs,
) -> None:
    plan = QuestionPlan("text", "Anything else?", "The hosts read it.", 3)
    ask_also(db, newark.event, plan, now=clock.now)
    db.commit()
    paths = (page, f"{page}/new", f"{page}/own-1", f"{page}/own-1/remove", f"{page}/preview")
    for path in paths:
        browser.get(path)
    sign_in_as("organiser")
    for path in paths:
        browser.get(path, 404)
