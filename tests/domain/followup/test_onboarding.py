from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.followup import onboarding as domain
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Event, Onboarding
from events_service.model.followup import OnboardingState
from tests import cast
from tests.conftest import TestClock
from tests.follow_up import came, colleague

TITLES = [
    "Ask whether the city wants to join",
    "Receive the application with the mayor’s letter",
    "Decide on the application",
    "Have the city name its focal points",
    "Send the welcome kit and an invitation to the next workshop",
    "Record the city as a member",
]
STATES: list[OnboardingState] = [
    "interested",
    "applied",
    "decided",
    "focal_points",
    "welcomed",
    "active",
]


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db, starts_on=date(2026, 11, 16))


@pytest.fixture
def dijon(db: Session, clock: TestClock, event: Event) -> Onboarding:
    came(db, event, "Dijon")
    domain.introduce_attending_cities(db, event, now=clock.now)
    return db.scalars(select(Onboarding)).one()


def test_cities_that_came_and_are_no_members_are_introduced_once(
    db: Session, clock: TestClock, event: Event
) -> None:
    for name in ("Dijon", "Dijon", "Newark"):
        came(db, event, name)
    assert domain.introduce_attending_cities(db, event, now=clock.now) == 1
    assert domain.introduce_attending_cities(db, event, now=clock.now) == 0
    [dijon] = db.scalars(select(Onboarding)).all()
    assert (dijon.city.name, dijon.state, dijon.introduced_on, dijon.event, dijon.owner) == (
        "Dijon",
        "introduced",
        date(2026, 11, 18),
        event,
        None,
    )
    assert [(task.title, task.state) for task in dijon.tasks] == list(
        zip(TITLES, STATES, strict=True)
    )
    assert [task.due_on for task in dijon.tasks] == [
        date(2026, 12, 7),  # two weeks from Sunday 22 November, moved to Monday
        date(2027, 1, 4),
        date(2027, 2, 1),
        date(2027, 2, 15),
        date(2027, 3, 1),
        date(2027, 3, 8),
    ]


def test_a_second_event_leaves_the_first_introduction(
    db: Session, clock: TestClock, dijon: Onboarding, event: Event
) -> None:
    later = cast.event(db, host="Bratislava", starts_on=date(2027, 3, 1))
    came(db, later, "Dijon")
    assert domain.introduce_attending_cities(db, later, now=clock.now) == 0
    assert dijon.event == event


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ([], "introduced"),
        ([0], "interested"),
        ([0, 1], "applied"),
        ([1, 2], "introduced"),
        ([0, 2, 3], "interested"),
        ([0, 1, 2, 3], "focal_points"),
        ([0, 1, 2, 3, 4], "welcomed"),
        ([0, 1, 2, 3, 4, 5], "active"),
    ],
)
def test_the_state_is_that_of_the_last_task_before_a_gap(
    done: list[int], state: OnboardingState
) -> None:
    tasks = [(name, number in done) for number, name in enumerate(STATES)]
    assert domain.state_after(tasks) == state


def test_becoming_active_makes_a_member_and_undo_unmakes_it(
    db: Session, clock: TestClock, dijon: Onboarding
) -> None:
    for task in dijon.tasks[:-1]:
        domain.mark_done(db, task, now=clock.now)
    assert (dijon.state, dijon.city.joined_at) == ("welcomed", None)
    clock.advance(timedelta(days=1))
    domain.mark_done(db, dijon.tasks[-1], now=clock.now)
    assert (dijon.state, dijon.city.joined_at) == ("active", clock.now)
    domain.mark_open(db, dijon.tasks[-1], now=clock.now)
    assert (dijon.state, dijon.city.joined_at) == ("welcomed", None)


def test_a_second_press_of_done_changes_nothing(
    db: Session, clock: TestClock, dijon: Onboarding
) -> None:
    first = clock.now
    domain.mark_done(db, dijon.tasks[0], now=first)
    clock.advance(timedelta(days=1))
    domain.mark_done(db, dijon.tasks[0], now=clock.now)
    assert dijon.tasks[0].done_at == first


def test_a_city_that_does_not_join_keeps_its_list_for_another_time(
    db: Session, clock: TestClock, dijon: Onboarding
) -> None:
    domain.mark_done(db, dijon.tasks[0], now=clock.now)
    domain.end_onboarding(db, dijon)
    assert (dijon.state, domain.next_task(dijon)) == ("ended", None)
    with pytest.raises(Conflict, match="not being onboarded"):
        domain.mark_done(db, dijon.tasks[1], now=clock.now)
    db.refresh(dijon.tasks[1])
    domain.resume_onboarding(db, dijon, now=clock.now)
    assert (dijon.state, domain.next_task(dijon)) == ("interested", dijon.tasks[1])


def test_a_member_is_not_turned_away(db: Session, clock: TestClock, dijon: Onboarding) -> None:
    for task in dijon.tasks:
        domain.mark_done(db, task, now=clock.now)
    with pytest.raises(Conflict, match="is a member"):
        domain.end_onboarding(db, dijon)


def test_tasks_and_cities_are_given_to_people(db: Session, dijon: Onboarding) -> None:
    person = colleague(db)
    domain.look_after(db, dijon, person)
    domain.change_task(db, dijon.tasks[0], person, date(2027, 1, 8))
    assert (dijon.owner, dijon.tasks[0].owner, dijon.tasks[0].due_on) == (
        person,
        person,
        date(2027, 1, 8),
    )


def test_a_task_is_found_only_in_its_own_list(db: Session, dijon: Onboarding) -> None:
    for wrong in ((dijon.id + 1, dijon.tasks[0].id), (dijon.id, 0)):
        with pytest.raises(NotFound):
            domain.task_of(db, *wrong)
    with pytest.raises(NotFound):
        domain.onboarding_of(db, 0)
