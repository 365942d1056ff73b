"""Cities on their way into the network: a task list each, from introduction to membership."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.domain.followup.due import today, working_day
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, Attendance, City, Event, Onboarding, OnboardingTask
from events_service.model.followup import OnboardingState
from events_service.translation import SOURCE, lazy_gettext, speaking
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Task:
    state: OnboardingState  # reached when the task is done
    title: str
    after: timedelta  # from the day the list is made


TASKS = (
    Task("interested", lazy_gettext("Ask whether the city wants to join"), timedelta(weeks=2)),
    Task(
        "applied",
        lazy_gettext("Receive the application with the mayor’s letter"),
        timedelta(weeks=6),
    ),
    Task("decided", lazy_gettext("Decide on the application"), timedelta(weeks=10)),
    Task("focal_points", lazy_gettext("Have the city name its focal points"), timedelta(weeks=12)),
    Task(
        "welcomed",
        lazy_gettext("Send the welcome kit and an invitation to the next workshop"),
        timedelta(weeks=14),
    ),
    Task("active", lazy_gettext("Record the city as a member"), timedelta(weeks=15)),
)


def plan(made_on: date) -> list[tuple[Task, date]]:
    """Each task with the day it is due by default, never on a week-end."""
    return [(task, working_day(made_on + task.after)) for task in TASKS]


def introduce_attending_cities(session: Session, event: Event, *, now: datetime) -> int:
    """Put every city that was at the event and is no member on the list; how many are new there.

    Safe to repeat: a city is introduced once, at the first event it came to.
    """
    newcomers = session.scalars(
        select(City.id)
        .where(
            City.joined_at.is_(None),
            City.id.in_(select(Attendance.city_id).where(Attendance.event_id == event.id)),
        )
        .order_by(City.id)
    ).all()
    return sum(_introduce(session, city_id, event, now) for city_id in newcomers)


def _introduce(session: Session, city_id: int, event: Event, now: datetime) -> bool:
    made = session.scalar(
        insert(Onboarding)
        .values(
            city_id=city_id,
            state="introduced",
            introduced_at_event_id=event.id,
            introduced_on=event.ends_on,
        )
        .on_conflict_do_nothing(index_elements=[Onboarding.city_id])
        .returning(Onboarding.id)
    )
    if made is None:
        return False
    with speaking(SOURCE):  # titles are kept in English, whoever reads them
        session.add_all(
            OnboardingTask(
                onboarding_id=made,
                position=number,
                state=task.state,
                title=str(task.title),
                due_on=due_on,
            )
            for number, (task, due_on) in enumerate(plan(today(now)))
        )
    session.flush()
    return True


def onboarding_of(session: Session, onboarding_id: int) -> Onboarding:
    found = session.get(Onboarding, onboarding_id)
    if found is None:
        raise NotFound
    return found


def task_of(session: Session, onboarding_id: int, task_id: int) -> OnboardingTask:
    """A task of this city's list, else NotFound."""
    found = session.get(OnboardingTask, task_id)
    if found is None or found.onboarding_id != onboarding_id:
        raise NotFound
    return found


def state_after(tasks: Sequence[tuple[OnboardingState, bool]]) -> OnboardingState:
    """The state that tasks in their order have brought a city to: the last before a gap.

    >>> state_after([("interested", True), ("applied", False), ("decided", True)])
    'interested'
    """
    reached: OnboardingState = "introduced"
    for state, done in tasks:
        if not done:
            break
        reached = state
    return reached


def next_task(onboarding: Onboarding) -> OnboardingTask | None:
    """The first task that is not done, while the city is on its way."""
    if onboarding.state == "ended":
        return None
    return next((task for task in onboarding.tasks if task.done_at is None), None)


def look_after(session: Session, onboarding: Onboarding, owner: Account | None) -> None:
    """Give the city to somebody of the network team, or to nobody yet."""
    onboarding.owner = owner
    session.flush()


def change_task(
    session: Session, task: OnboardingTask, owner: Account | None, due_on: date
) -> None:
    task.owner = owner
    task.due_on = due_on
    session.flush()


def mark_done(session: Session, task: OnboardingTask, *, now: datetime) -> None:
    if task.done_at is None:
        task.done_at = now
        _follow(session, task, now)


def mark_open(session: Session, task: OnboardingTask, *, now: datetime) -> None:
    """Undo `mark_done`; a membership that rested on the task is undone with it."""
    task.done_at = None
    _follow(session, task, now)


def end_onboarding(session: Session, onboarding: Onboarding) -> None:
    """The city doesn't join. Conflict when it has."""
    if onboarding.state == "active":
        raise Conflict(
            _(
                "%(city)s is a member. Mark its last task as not done first.",
                city=onboarding.city.name,
            )
        )
    onboarding.state = "ended"
    session.flush()


def resume_onboarding(session: Session, onboarding: Onboarding, *, now: datetime) -> None:
    """Undo `end_onboarding`."""
    onboarding.state = "introduced"
    _settle(onboarding, now)
    session.flush()


def _follow(session: Session, task: OnboardingTask, now: datetime) -> None:
    onboarding = onboarding_of(session, task.onboarding_id)
    if onboarding.state == "ended":
        raise Conflict(
            _("%(city)s is not being onboarded. Take it up again first.", city=onboarding.city.name)
        )
    _settle(onboarding, now)
    session.flush()


def _settle(onboarding: Onboarding, now: datetime) -> None:
    onboarding.state = state_after(
        [(task.state, task.done_at is not None) for task in onboarding.tasks]
    )
    # The list is only for cities that were no members, so joining and leaving are ours to write.
    if onboarding.state != "active":
        onboarding.city.joined_at = None
    elif onboarding.city.joined_at is None:
        onboarding.city.joined_at = now
