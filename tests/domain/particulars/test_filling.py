"""Answers: which are taken, from whom, and what is still open."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.answers import LONGEST, NotAnAnswer
from events_service.domain.particulars.filling import (
    Unfinished,
    choose_attribution,
    complete,
    open_steps,
    save_answer,
)
from events_service.domain.particulars.questions import ensure_questions, questions_of
from events_service.domain.refusals import Conflict
from events_service.model import CityInvitation, Particulars, Question
from tests import cast, office
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form, tells

KEYS = [
    "title",
    "organisation",
    "languages",
    "dietary",
    "access",
    "travel",
    "visa_letter",
    "visa_name",
    "emergency_contact",
    "letters",
]


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    return delegation(db, settings, clock)


@pytest.fixture
def mayor(db: Session, clock: TestClock, newark: CityInvitation) -> Particulars:
    return form(db, clock, newark)


def kept(form: Particulars) -> list[tuple[object, str]]:
    return [(one.value, one.saved_by) for one in form.details]


def test_reading_the_questions_keeps_none(db: Session) -> None:
    event = cast.event(db)
    assert [one.key for one in questions_of(db, event)] == KEYS
    assert db.query(Question).count() == 0


def test_an_event_gets_the_defaults_once(db: Session) -> None:
    event = cast.event(db)
    ensure_questions(db, event)
    ensure_questions(db, event)
    found = questions_of(db, event)
    assert [one.key for one in found] == KEYS
    assert {one.key for one in found if one.sensitive} == {"dietary", "access", "emergency_contact"}
    assert all(one.purpose and one.keep_days for one in found)


def test_questions_that_are_asked_no_longer_do_not_come_back(db: Session, clock: TestClock) -> None:
    event = cast.event(db)
    ensure_questions(db, event)
    for one in questions_of(db, event):
        one.removed_at = clock.now
    ensure_questions(db, event)
    assert questions_of(db, event) == []


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("title", "  Councillor \n of schools ", "Councillor of schools"),
        ("dietary", "No fish.\r\nNo nuts. ", "No fish.\nNo nuts."),
        ("dietary", "   ", None),
        ("visa_letter", False, False),
        ("letters", "Français", "Français"),
        ("travel", "a" * LONGEST, "a" * LONGEST),
    ],
)
def test_what_is_an_answer(
    db: Session, clock: TestClock, mayor: Particulars, key: str, typed: object, value: object
) -> None:
    tells(db, clock, mayor, **{key: typed})
    assert kept(mayor) == [(value, "person")]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("title", "a" * (LONGEST + 1)),
        ("title", True),
        ("visa_letter", "yes"),
        ("letters", "Klingon"),
    ],
)
def test_what_is_none(
    db: Session, clock: TestClock, mayor: Particulars, key: str, typed: object
) -> None:
    with pytest.raises(NotAnAnswer):
        tells(db, clock, mayor, **{key: typed})
    assert kept(mayor) == []


def test_several_choices_stand_in_the_order_of_the_question(
    db: Session, clock: TestClock, mayor: Particulars, newark: CityInvitation
) -> None:
    ensure_questions(db, newark.event)
    question = questions_of(db, newark.event)[0]
    question.kind, question.choices = "choices", ["Bus", "Train", "Walk"]
    tells(db, clock, mayor, title=["Walk", "Bus"])
    assert kept(mayor) == [(["Bus", "Walk"], "person")]
    with pytest.raises(NotAnAnswer):
        tells(db, clock, mayor, title=["Walk", "Boat"])


def test_a_city_writes_neither_what_is_sensitive_nor_over_the_person(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    save_answer(db, mayor, "title", "Mayor", saved_by="city", now=clock.now)
    tells(db, clock, mayor, title="Madam Mayor")
    for key in ("title", "dietary"):
        with pytest.raises(Conflict):
            save_answer(db, mayor, key, "Vegan", saved_by="city", now=clock.now)
    assert kept(mayor) == [("Madam Mayor", "person")]


def test_the_language_of_letters_is_the_member_s_at_once(
    db: Session, clock: TestClock, mayor: Particulars, newark: CityInvitation
) -> None:
    tells(db, clock, mayor, letters="Svenska")
    assert [one.language for one in office.people_of(newark)] == ["sv", None]
    tells(db, clock, mayor, letters=None)
    assert [one.language for one in office.people_of(newark)] == [None, None]


def test_what_is_left_out_knowingly_is_not_open(
    db: Session, clock: TestClock, mayor: Particulars, newark: CityInvitation
) -> None:
    """The name for a consulate is asked of who needs a letter only."""
    tells(db, clock, mayor, title=None, organisation="Schools", visa_letter=True)
    assert open_steps(db, mayor) == [
        "languages", "dietary", "access", "travel", "visa_name", "emergency_contact", "letters",
        "attribution", "consents",
    ]  # fmt: skip
    tells(db, clock, mayor, visa_letter=False)
    assert "visa_name" not in open_steps(db, mayor)
    choose_attribution(mayor, "city")
    questions_of(db, newark.event)[0].required = True
    assert open_steps(db, mayor)[:2] == ["title", "languages"]
    assert "attribution" not in open_steps(db, mayor)


def test_an_unfinished_form_is_not_completed(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    tells(db, clock, mayor, title="Mayor")
    with pytest.raises(Unfinished) as refused:
        complete(db, mayor, by="person", now=clock.now)
    assert refused.value.steps == open_steps(db, mayor)
    assert mayor.completed_at is None
