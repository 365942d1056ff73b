from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.agenda import (
    AgendaProblem,
    AgendaRefused,
    SessionPlan,
    check_agenda,
    plans_of,
    set_agenda,
)
from tests import cast

AUTUMN = date(2027, 10, 31)
PLAN = SessionPlan(AUTUMN, time(9), time(12), "Welcome")
CHOICES = ("The first, UTC+2", "The second, UTC+1")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (PLAN, []),
        (
            replace(PLAN, ends=time(9)),
            [AgendaProblem(0, "ends", "Choose an end that is after the start, on one day")],
        ),
        (replace(PLAN, title=" "), [AgendaProblem(0, "title", "Enter what the session is called")]),
        (
            replace(PLAN, note="x" * 201),
            [AgendaProblem(0, "note", "Shorten the note to 200 characters")],
        ),
        (
            replace(PLAN, held_on=date(2027, 11, 2)),
            [
                AgendaProblem(
                    0,
                    "held_on",
                    "2\u00a0November 2027 is no day of the workshop: choose one of its days",
                )
            ],
        ),
        (
            replace(PLAN, starts=time(2, 30)),
            [
                AgendaProblem(
                    0,
                    "starts",
                    "02:30 on 31\u00a0October 2027 comes twice in Europe/Stockholm, because clocks "
                    "go back. Choose which one",
                    CHOICES,
                )
            ],
        ),
        (replace(PLAN, starts=time(2, 30), fold=1), []),
    ],
)
def test_what_speaks_against_a_session(plan: SessionPlan, expected: list[AgendaProblem]) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    assert check_agenda([plan], zone, AUTUMN, date(2027, 11, 1)) == expected


def test_sessions_that_stand_are_changed_in_place(db: Session) -> None:
    event = cast.event(db, published=False)
    first, second, _third = plans_of(event)
    numbers = [one.id for one in event.sessions]
    set_agenda(db, event, [replace(second, title="Site visits"), first], now=cast.LONG_AGO)
    assert [(one.id, one.title) for one in event.sessions] == [
        (numbers[0], "Working day 1"),
        (numbers[1], "Site visits"),
    ]


def test_a_published_event_keeps_its_hours_here(db: Session) -> None:
    event = cast.event(db)
    first, *others = plans_of(event)
    set_agenda(db, event, [replace(first, title="Opening"), *others], now=cast.LONG_AGO)
    assert event.sessions[0].title == "Opening"
    with pytest.raises(Conflict, match="hours change by moving it"):
        set_agenda(db, event, [replace(first, starts=time(10)), *others], now=cast.LONG_AGO)


def test_the_two_of_an_autumn_night_are_kept_apart(db: Session) -> None:
    event = cast.event(db, starts_on=AUTUMN, days=1, published=False)
    night = SessionPlan(AUTUMN, time(2, 30), time(4), "Night walk", fold=1)
    set_agenda(db, event, [night], now=cast.LONG_AGO)
    assert [(one.starts, one.fold) for one in event.sessions] == [(time(2, 30), 1)]
    with pytest.raises(AgendaRefused, match="comes twice"):
        set_agenda(db, event, [replace(night, fold=None)], now=cast.LONG_AGO)
