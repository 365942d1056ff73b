"""Notes, practices, quotes, recommendations and next steps as pages."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import (
    Event,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
)
from tests import cast
from tests.conftest import Browser, SignInAs


@pytest.fixture
def event(db: Session) -> Event:
    made = cast.event(db)
    cast.city(db, "Newark")
    db.commit()
    return made


@pytest.fixture
def records(event: Event, sign_in_as: SignInAs) -> str:
    sign_in_as("organiser", event.series_id)
    return f"/staff/events/{event.id}/records"


def forms(db: Session) -> dict[str, dict[str, Any]]:
    city = cast.city(db, "Newark").id
    return {
        "note": {"theme": "", "new_theme": "Schools", "text": "Schools open late."},
        "recommendation": {"audience": "mayors", "text": "Ask before you plan."},
        "next_step": {"text": "Write to the cities."},
        "practice": {
            "city": city,
            "title": "Open streets",
            "theme": "",
            "challenge": "Children had nowhere to go.",
            "approach": "Streets close to cars at three.",
            "impact": "Fewer calls.",
        },
        "quote": {
            "text": "We ask before we plan.",
            "theme": "",
            "speaker": "Head of schools",
            "role": "Director",
            "city": city,
            "rule": "city",
            "consent": "given",
            "consent_on": "2027-06-20",
            "consent_wording": "You may quote me.",
            "shown": "y",
        },
    }


MODELS: dict[str, Any] = {
    "note": Note,
    "recommendation": Recommendation,
    "next_step": NextStep,
    "practice": Practice,
    "quote": Quote,
}
SHOWN = {
    "note": "Schools open late.",
    "recommendation": "Ask before you plan.",
    "next_step": "Write to the cities.",
    "practice": "Streets close to cars at three.",
    "quote": "We ask before we plan.",
}


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_record_is_added_shown_changed_and_deleted(
    db: Session, records: str, browser: Browser, kind: str
) -> None:
    form = forms(db)[kind]
    answer = browser.post(f"{records}/{kind}/new", form)
    made = db.scalars(select(MODELS[kind])).one()
    assert (answer.status, answer.location) == (303, f"{records}#{kind}-{made.id}")
    assert SHOWN[kind] in browser.get(records)
    here = f"{records}/{kind}/{made.id}"
    field = "approach" if kind == "practice" else "text"
    assert SHOWN[kind] in browser.get(here)
    browser.post(here, {**form, field: "Other words."})
    db.expire_all()
    assert getattr(db.get_one(MODELS[kind], made.id), field) == "Other words."
    assert "Other words." in browser.get(f"{here}/delete")
    assert browser.post(f"{here}/deleted", at=f"{here}/delete").status == 303
    assert db.scalars(select(MODELS[kind].id)).all() == []


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_an_empty_form_says_what_to_write(
    db: Session, records: str, browser: Browser, kind: str
) -> None:
    answer = browser.post(f"{records}/{kind}/new", {})
    assert answer.status == 422
    assert "need" in answer.text
    assert "error-summary" in answer.text
    assert db.scalars(select(MODELS[kind].id)).all() == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"consent_wording": ""}, "Enter the day on which consent was given, and its wording"),
        ({"consent_on": ""}, "Enter the day on which consent was given, and its wording"),
        ({"text": "w" * 10_000}, "Shorten what was said to 6,000 characters"),
        ({"speaker": "A\r\nB"}, "Write this on one line"),
        ({"rule": "loud"}, "Not a valid choice"),
        ({"city": "999999"}, "Choose one from the list"),
    ],
)
def test_a_quote_that_is_not_in_order_is_refused(
    db: Session, records: str, browser: Browser, change: dict[str, str], problem: str
) -> None:
    answer = browser.post(f"{records}/quote/new", {**forms(db)["quote"], **change})
    assert (answer.status, problem in answer.text) == (422, True), answer.text
    assert db.scalars(select(QuoteAttribution)).all() == []


def test_scripts_and_unusual_letters_are_shown_as_they_are(
    db: Session, records: str, browser: Browser
) -> None:
    text = "<script>alert(1)</script> مرحبا 🏛️"
    browser.post(f"{records}/note/new", {**forms(db)["note"], "text": text})
    page = browser.get(records)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; مرحبا 🏛️" in page


def test_what_comes_first_can_be_changed(db: Session, records: str, browser: Browser) -> None:
    for text in ("one", "two"):
        browser.post(f"{records}/next_step/new", {"text": text})
    second = db.scalars(select(NextStep).where(NextStep.text == "two")).one()
    browser.post(f"{records}/next_step/{second.id}/up", at=records)
    db.expire_all()
    ordered = db.scalars(select(NextStep.text).order_by(NextStep.position)).all()
    assert list(ordered) == ["two", "one"]
    assert browser.post(f"{records}/note/1/up", at=records).status == 404


def test_a_practice_gets_its_page_and_loses_it(db: Session, records: str, browser: Browser) -> None:
    browser.post(f"{records}/practice/new", forms(db)["practice"])
    made = db.scalars(select(Practice)).one()
    browser.get("/practices/newark-open-streets", 404)
    browser.post(f"{records}/practice/{made.id}/publish", at=records)
    assert "Streets close to cars at three." in browser.get("/practices/newark-open-streets")
    assert browser.post(f"{records}/practice/{made.id}/deleted", at=records).status == 422
    browser.post(f"{records}/practice/{made.id}/unpublish", at=records)
    browser.get("/practices/newark-open-streets", 404)


def test_kinds_and_records_that_do_not_exist(records: str, browser: Browser) -> None:
    for path in ("secret/new", "note/99", "event/1", "note/99/delete"):
        browser.get(f"{records}/{path}", 404)
