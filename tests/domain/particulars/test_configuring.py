"""What an organiser asks of people, and what becomes of answers when it is asked differently."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.configuring import (
    AnswersStand,
    NotAQuestion,
    ask_also,
    change_question,
    move_question,
    put_back,
    question_at,
    stop_asking,
)
from events_service.domain.particulars.filling import open_steps, save_answer
from events_service.domain.particulars.promises import Held, breaches, held_at, lost_choices
from events_service.domain.particulars.question_plan import QuestionPlan, plan_of, problems
from events_service.domain.particulars.questions import questions_of
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.next_edition import next_edition
from events_service.model import Event, Particulars, Question
from tests import cast
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form, tells

RIDE = QuestionPlan(
    "choice", "How do you get here?", "The hosts order bicycles by it.", 30, choices=("Bus", "Foot")
)


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock, event: Event) -> Particulars:
    return form(db, clock, delegation(db, settings, clock, event))


@pytest.fixture
def ride(db: Session, clock: TestClock, event: Event) -> Question:
    return ask_also(db, event, RIDE, now=clock.now)


def keys(db: Session, event: Event) -> list[str]:
    return [one.key for one in questions_of(db, event)]


def answers(db: Session, form: Particulars) -> list[object]:
    db.expire(form, ["details"])
    return [one.value for one in form.details]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"label": ""}, ["label"]),
        ({"label": "x" * 201}, ["label"]),
        ({"purpose": "Planning"}, ["purpose"]),
        ({"choices": ("Bus",)}, ["choices"]),
        ({"choices": ("Bus", "bus")}, ["choices"]),
        ({"kind": "text", "choices": ()}, []),
        ({"keep_days": None}, ["keep_days"]),
        ({"keep_days": -1}, ["keep_days"]),
        ({"keep_days": 5000}, ["keep_days"]),
        ({"keep_days": 0}, []),
    ],
)
def test_what_people_can_be_asked(change: dict[str, object], wrong: list[str]) -> None:
    assert list(problems(replace(RIDE, **change))) == wrong  # type: ignore[arg-type]


HELD = Held(3, 0, {"Bus": 2, "Foot": 1})


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"label": "How?", "hint": "Say", "required": True}, []),
        ({"choices": ("Bus", "Foot", "Car")}, []),
        ({"choices": ("Bus", "Car")}, ["choices"]),
        ({"purpose": "The hosts plan by it."}, ["purpose"]),
        ({"keep_days": 31}, ["longer"]),
        ({"keep_days": 7}, []),
        ({"sensitive": False}, ["not_sensitive"]),
    ],
)
def test_what_a_change_would_break(change: dict[str, object], broken: list[str]) -> None:
    now = replace(RIDE, sensitive=True)
    question = Question(**{**vars(now), "choices": list(now.choices)})
    plan = replace(now, **change)  # type: ignore[arg-type]
    assert breaches(question, plan, HELD) == broken
    assert breaches(question, plan, Held(0, 3)) == []  # control: nobody was told anything


def test_a_question_of_ones_own_is_the_last_and_its_number_is_never_used_again(
    db: Session, clock: TestClock, event: Event, ride: Question
) -> None:
    assert (keys(db, event)[-1], ride.choices) == ("own-1", ["Bus", "Foot"])
    stop_asking(db, event, "own-1", answers="keep", now=clock.now)
    ask_also(db, event, RIDE, now=clock.now)
    assert keys(db, event)[-1] == "own-2"
    with pytest.raises(NotAQuestion):
        ask_also(db, event, replace(RIDE, purpose=""), now=clock.now)


def test_a_question_moves_one_place_and_stays_at_the_ends(db: Session, event: Event) -> None:
    before = keys(db, event)
    move_question(db, event, before[1], -1)
    assert keys(db, event)[:3] == [before[1], before[0], before[2]]
    move_question(db, event, before[1], -1)
    assert keys(db, event)[:3] == [before[1], before[0], before[2]]
    move_question(db, event, before[1], 1)
    move_question(db, event, before[-1], 1)
    assert keys(db, event) == before


def test_of_a_built_in_question_only_some_is_changed(
    db: Session, clock: TestClock, event: Event
) -> None:
    before = plan_of(question_at(db, event, "dietary"))
    wanted = QuestionPlan("yes_no", "Hungry?", "The cook reads it.", 7, required=True)
    change_question(db, event, "dietary", wanted, now=clock.now)
    assert plan_of(question_at(db, event, "dietary")) == replace(
        before, purpose="The cook reads it.", keep_days=7, required=True
    )


@pytest.mark.parametrize(
    ("change", "ways"),
    [
        ({"choices": ("Bus", "Car")}, {"keep": 0, "erase": 1}),
        ({"purpose": "The police read it too."}, {"keep": 0, "erase": 1}),
        ({"keep_days": 60}, {"keep": None, "erase": 1}),
        ({"keep_days": 10}, {None: 0}),  # control: nothing is broken, so nothing is asked
    ],
)
def test_what_was_told_otherwise_is_asked_about(
    db: Session,
    clock: TestClock,
    event: Event,
    mayor: Particulars,
    ride: Question,
    change: dict[str, object],
    ways: dict[str | None, int | None],
) -> None:
    """None: not a way for this change."""
    tells(db, clock, mayor, **{ride.key: "Foot"})
    plan = replace(RIDE, **change)  # type: ignore[arg-type]
    for way, erased in ways.items():
        again = db.begin_nested()
        if way is not None:
            with pytest.raises(AnswersStand):
                change_question(db, event, ride.key, plan, now=clock.now)
        if erased is None:
            with pytest.raises(AnswersStand):
                change_question(db, event, ride.key, plan, answers="keep", now=clock.now)
        else:
            gone = change_question(db, event, ride.key, plan, answers=way, now=clock.now)  # type: ignore[arg-type]
            assert (gone, answers(db, mayor)) == (erased, [] if erased else ["Foot"])
            assert (ride.key in open_steps(db, mayor)) == bool(erased)
            assert plan_of(ride) == plan
        again.rollback()
        db.expire_all()


def test_the_kind_stays_once_somebody_has_answered(
    db: Session, clock: TestClock, event: Event, mayor: Particulars, ride: Question
) -> None:
    other = replace(RIDE, kind="choices")
    change_question(db, event, ride.key, other, now=clock.now)
    tells(db, clock, mayor, **{ride.key: ["Bus", "Foot"]})
    held = held_at(db, event)[ride.id]
    assert held == Held(1, 0, {"Bus": 1, "Foot": 1})
    assert lost_choices(replace(other, choices=("Bus", "Car")), held) == {"Foot": 1}
    with pytest.raises(Conflict):
        change_question(db, event, ride.key, RIDE, answers="erase", now=clock.now)


@pytest.mark.parametrize(("way", "left"), [("keep", ["Nobody"]), ("erase", [])])
def test_a_removed_question_comes_back_with_the_answers_that_were_kept(
    db: Session, clock: TestClock, event: Event, mayor: Particulars, way: str, left: list[object]
) -> None:
    tells(db, clock, mayor, travel="Nobody")
    gone = stop_asking(db, event, "travel", answers=way, now=clock.now)  # type: ignore[arg-type]
    assert (gone, answers(db, mayor), "travel" in keys(db, event)) == (1 - len(left), left, False)
    with pytest.raises(Conflict):
        save_answer(db, mayor, "travel", "By bus", saved_by="person", now=clock.now)
    put_back(db, event, "travel", now=clock.now)
    assert keys(db, event)[-1] == "travel"
    assert ("travel" in open_steps(db, mayor)) == (not left)


def test_once_it_is_over_answers_are_kept_shorter_or_erased_and_nothing_else(
    db: Session, clock: TestClock, event: Event, mayor: Particulars, ride: Question
) -> None:
    tells(db, clock, mayor, **{ride.key: "Bus"})
    change_question(db, event, ride.key, replace(RIDE, keep_days=29), now=clock.now)  # control
    over = clock.now + timedelta(days=365)
    with pytest.raises(NotAQuestion):
        change_question(db, event, ride.key, RIDE, answers="erase", now=over)
    change_question(db, event, ride.key, replace(RIDE, label="No", keep_days=3), now=over)
    assert plan_of(ride) == replace(RIDE, keep_days=3)
    for refused in (
        lambda: ask_also(db, event, RIDE, now=over),
        lambda: put_back(db, event, ride.key, now=over),
    ):
        with pytest.raises(Conflict):
            refused()
    assert stop_asking(db, event, ride.key, answers="erase", now=over) == 1
    assert (answers(db, mayor), ride.removed_at) == ([], None)


def test_the_next_edition_asks_the_same(
    db: Session, clock: TestClock, event: Event, mayor: Particulars, ride: Question
) -> None:
    tells(db, clock, mayor, **{ride.key: "Bus"})
    ask_also(db, event, RIDE, now=clock.now)
    for key in ("own-2", "travel"):
        stop_asking(db, event, key, answers="keep", now=clock.now)
    move_question(db, event, ride.key, -1)
    made = next_edition(db, event.series, now=clock.now)
    [copy] = made.events
    assert [(one.key, plan_of(one)) for one in questions_of(db, copy)] == [
        (one.key, plan_of(one)) for one in questions_of(db, event)
    ]
    put_back(db, copy, "travel", now=clock.now)
    assert "travel" in keys(db, copy)
    assert db.query(Question).filter_by(event_id=copy.id, key="own-2").count() == 0
    assert held_at(db, copy) == {}


def test_an_edition_without_questions_of_its_own_begins_with_the_defaults(
    db: Session, clock: TestClock, event: Event
) -> None:
    [copy] = next_edition(db, event.series, now=clock.now).events
    assert keys(db, copy) == keys(db, event)
    assert db.query(Question).count() == 0
