from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from events_service.domain.followup import spotlights as domain
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Spotlight
from tests.conftest import TestClock
from tests.follow_up import colleague, practice

SUNDAY = date(2026, 11, 22)
WEDNESDAY = date(2026, 11, 25)
DONE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def started(db: Session, clock: TestClock) -> Spotlight:
    return domain.start_partnership(db, practice(db).id, colleague(db), WEDNESDAY, now=clock.now)


def dues(spotlight: Spotlight) -> list[tuple[str, date]]:
    return [(step.key, step.due_on) for step in spotlight.steps]


def test_the_plan_has_five_steps_on_working_days() -> None:
    assert domain.plan(WEDNESDAY) == [
        ("invite", date(2026, 11, 25)),
        ("draft", date(2026, 12, 16)),
        ("sign_off", date(2027, 1, 13)),
        ("publish", date(2027, 1, 27)),
        ("check_in", date(2027, 5, 26)),
    ]
    assert [day.weekday() for _key, day in domain.plan(SUNDAY)] == [0, 0, 0, 0, 0]


def test_a_partnership_starts_with_its_city_and_all_steps_with_the_owner(
    db: Session, clock: TestClock
) -> None:
    spotlight = started(db, clock)
    assert (spotlight.state, spotlight.city.name, spotlight.started_at) == (
        "open",
        "Newark",
        clock.now,
    )
    assert dues(spotlight) == domain.plan(WEDNESDAY)
    assert {step.owner_id for step in spotlight.steps} == {spotlight.owner_id}


def test_a_practice_has_one_partnership(db: Session, clock: TestClock) -> None:
    spotlight = started(db, clock)
    with pytest.raises(Conflict, match="already a partnership"):
        domain.start_partnership(
            db, spotlight.practice_id, spotlight.owner, WEDNESDAY, now=clock.now
        )


def test_no_partnership_about_nothing(db: Session, clock: TestClock) -> None:
    with pytest.raises(NotFound):
        domain.start_partnership(db, 0, colleague(db), WEDNESDAY, now=clock.now)


@pytest.mark.parametrize(
    ("done", "state", "next_key"),
    [
        ((), "open", "invite"),
        (("invite",), "open", "draft"),
        (("invite", "draft", "sign_off"), "open", "publish"),
        (("draft",), "open", "invite"),
        (("invite", "draft", "sign_off", "publish"), "published", "check_in"),
        (("invite", "draft", "sign_off", "publish", "check_in"), "ended", None),
    ],
)
def test_the_state_follows_the_steps_and_back(
    db: Session, clock: TestClock, done: tuple[str, ...], state: str, next_key: str | None
) -> None:
    spotlight = started(db, clock)
    for step in spotlight.steps:
        if step.key in done:
            domain.mark_done(db, step, now=clock.now)
    following = domain.next_step(spotlight)
    assert (spotlight.state, following and following.key) == (state, next_key)
    for step in spotlight.steps:
        domain.mark_open(db, step)
    assert spotlight.state == "open"


def test_a_city_that_declines_has_nothing_due_until_that_is_taken_back(
    db: Session, clock: TestClock
) -> None:
    spotlight = started(db, clock)
    domain.mark_done(db, spotlight.steps[0], now=clock.now)
    domain.decline(db, spotlight)
    assert (spotlight.state, domain.next_step(spotlight)) == ("declined", None)
    domain.reopen(db, spotlight)
    assert (spotlight.state, domain.next_step(spotlight)) == ("open", spotlight.steps[1])


def test_a_step_gets_another_owner_and_day(db: Session, clock: TestClock) -> None:
    spotlight = started(db, clock)
    other = colleague(db, "Policy officer")
    domain.change_step(db, spotlight.steps[1], other, date(2027, 2, 1))
    assert (spotlight.steps[1].owner, spotlight.steps[1].due_on) == (other, date(2027, 2, 1))


def test_a_step_is_found_only_in_its_own_partnership(db: Session, clock: TestClock) -> None:
    spotlight = started(db, clock)
    step = spotlight.steps[0]
    assert domain.step_of(db, spotlight.id, step.id) == step
    for wrong in ((spotlight.id + 1, step.id), (spotlight.id, 0)):
        with pytest.raises(NotFound):
            domain.step_of(db, *wrong)
