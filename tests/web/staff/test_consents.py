"""The texts that people agree to, as the secretariat writes them."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.filling import (
    answer_consents,
    choose_attribution,
    complete,
    open_steps,
)
from events_service.model import ConsentText, Particulars
from tests.conftest import Answer, Browser, SignInAs, TestClock
from tests.domain.particulars.forms import delegation, form, own_page, tells
from tests.web.organiser.test_participation import words

PAGE = "/staff/consents"
NEW = {
    "text_en": "They may keep it.",
    "text_fr": "Ils peuvent le garder.",
    "text_sv": "",
    "text_sk": "",
    "after": "1",
}


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs) -> Particulars:
    """Has completed the form."""
    made = form(db, clock, delegation(db, settings, clock))
    tells(db, clock, made, **dict.fromkeys(open_steps(db, made)[:-2]))
    choose_attribution(made, "name")
    every = {"data": True, "sensitive_data": True, "photographs": False}
    answer_consents(db, made, current_texts(db, "en"), every, now=clock.now)
    complete(db, made, by="person", now=clock.now)
    sign_in_as("staff")
    db.commit()
    return made


def press(browser: Browser, which: str, **typed: str) -> Answer:
    return browser.post(f"{PAGE}/data/new", {**NEW, "press": which, **typed})


@pytest.mark.usefixtures("mayor")
def test_the_texts_in_force_are_listed_with_who_agreed(browser: Browser) -> None:
    shown = words(browser.get(PAGE))
    facts = "In force since The beginning Said yes to it {} Said no to it {}"
    assert [facts.format(1, 0) in shown, facts.format(0, 1) in shown] == [True, True]
    for word in ("Français", "Svenska", "Slovenčina"):
        assert word in shown
    assert "No text of its own" not in shown


def test_both_texts_are_shown_before_anything_changes(
    browser: Browser, db: Session, mayor: Particulars
) -> None:
    before = db.query(ConsentText).count()
    review = press(browser, "review")
    assert review.status == 200
    shown = words(review.text)
    assert "They may keep it." in shown and "may keep and use what I have told them" in shown
    assert "Version 2, from now on No text of its own: English is shown instead" in shown
    assert "One person has agreed to the earlier text." in shown
    assert db.query(ConsentText).count() == before
    assert press(browser, "hold").location == f"{PAGE}/data"
    assert db.query(ConsentText).count() == before + 2
    assert mayor.completed_by == "person"
    browser.get(f"{own_page(mayor)}/consents")


@pytest.mark.parametrize(
    ("ticked", "said"), [({}, "Not asked again"), ({"asks_again": "y"}, "The new text is open")]
)
def test_who_agreed_before_is_asked_again_when_ticked(
    browser: Browser, mayor: Particulars, ticked: dict[str, str], said: str
) -> None:
    press(browser, "hold", **ticked)
    shown = words(browser.get(f"{PAGE}/data"))
    assert "Version 1 22 November" in shown and said in shown
    theirs = browser.get(own_page(mayor))
    assert ("One question is still open." in theirs) == bool(ticked)


@pytest.mark.usefixtures("mayor")
@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"text_en": ""}, 422, "Write the text in English"),
        ({"text_fr": "x" * 2001}, 422, "Shorten this to 2,000 characters"),
        ({"after": "7"}, 409, "Somebody else wrote a new version"),
        ({"after": "²"}, 409, "Somebody else wrote a new version"),
    ],
)
def test_what_can_not_hold_is_refused(
    browser: Browser, db: Session, typed: dict[str, str], status: int, said: str
) -> None:
    answer = press(browser, "hold", **typed)
    assert (answer.status, said in answer.text) == (status, True)
    assert db.query(ConsentText).filter(ConsentText.version > 1).count() == 0


@pytest.mark.usefixtures("mayor")
def test_a_text_that_did_not_follow_the_english_one_is_pointed_out(browser: Browser) -> None:
    press(browser, "hold")
    only_english = press(browser, "review", text_en="They may keep all of it.", after="2")
    assert "Changed in English, and not in: Français." in words(only_english.text)
    both = press(browser, "review", text_en="All.", text_fr="Tout.", after="2")
    assert "Changed in English" not in both.text


@pytest.mark.usefixtures("mayor")
def test_it_is_for_the_secretariat_alone(browser: Browser, sign_in_as: SignInAs) -> None:
    paths = (PAGE, f"{PAGE}/data", f"{PAGE}/photographs/new")
    for path in paths:
        browser.get(path)
    browser.get(f"{PAGE}/nothing", 404)
    sign_in_as("organiser")
    for path in paths:
        browser.get(path, 404)
