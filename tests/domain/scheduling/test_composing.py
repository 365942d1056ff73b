"""A move laid over another one that waits."""

from dataclasses import replace
from datetime import date, time, timedelta

from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.composing import laid_over
from events_service.domain.scheduling.event_change import Move

FIRST, SECOND = date(2027, 5, 31), date(2027, 6, 1)
WEEK = timedelta(days=7)
OPENING = SessionPlan(FIRST, time(9), time(12), "Opening", session_id=1)
WALK = SessionPlan(SECOND, time(14), time(16), "Walk", session_id=2)
DINNER = SessionPlan(SECOND, time(19), time(21), "Dinner")  # new in what waits
STANDS = Move(FIRST, "City Hall", "Main Square 1", (OPENING, WALK))
LATER_WALK = replace(STANDS, sessions=(OPENING, replace(WALK, starts=time(15), ends=time(17))))


def test_what_waits_stays_where_the_other_changes_nothing() -> None:
    waits = replace(STANDS, venue="Opera House", style="each_day", texts=True)
    assert laid_over(STANDS, waits, STANDS) == waits
    assert laid_over(STANDS, STANDS, LATER_WALK) == LATER_WALK


def test_hours_move_on_the_days_that_wait() -> None:
    """New sessions and new titles of what waits stay."""
    renamed = replace(WALK, title="Walk to the harbour")
    sessions = tuple(one.moved(WEEK) for one in (OPENING, renamed, DINNER))
    waits = replace(STANDS, starts_on=FIRST + WEEK, sessions=sessions)
    assert laid_over(STANDS, waits, LATER_WALK) == replace(
        waits,
        sessions=(
            sessions[0],
            replace(sessions[1], starts=time(15), ends=time(17)),
            sessions[2],
        ),
    )


def test_other_days_take_the_sessions_that_wait_along() -> None:
    waits = replace(STANDS, sessions=(replace(OPENING, starts=time(10)), WALK, DINNER))
    by = timedelta(days=2)
    wanted = replace(STANDS, starts_on=FIRST + by, sessions=(OPENING.moved(by), WALK.moved(by)))
    assert laid_over(STANDS, waits, wanted) == replace(
        waits, starts_on=FIRST + by, sessions=tuple(one.moved(by) for one in waits.sessions)
    )


def test_a_session_that_goes_to_another_day_goes_alone() -> None:
    wanted = replace(STANDS, sessions=(replace(OPENING, held_on=SECOND, starts=time(8)), WALK))
    assert laid_over(STANDS, STANDS, wanted) == wanted
