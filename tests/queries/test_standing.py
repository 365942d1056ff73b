"""Where an event stands, from its dates and seats alone."""

from datetime import UTC, date, datetime, time

import pytest

from events_service.model import AgendaSession, Event
from events_service.queries.standing import ends_at, next_change, standing, starts_at

CLOSES = datetime(2027, 5, 1, 22, tzinfo=UTC)
FIRST_MIDNIGHT = datetime(2027, 5, 30, 22, tzinfo=UTC)  # 31 May in Stockholm
LAST_MIDNIGHT = datetime(2027, 6, 2, 22, tzinfo=UTC)  # 3 June in Stockholm


def event(**changes: object) -> Event:
    return Event(
        **{
            "starts_on": date(2027, 5, 31),
            "ends_on": date(2027, 6, 2),
            "timezone": "Europe/Stockholm",
            "capacity": 60,
            "seats_taken": 0,
            "registration_closes_at": CLOSES,
            "cancelled_at": None,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("changes", "now", "expected"),
    [
        ({}, datetime(2027, 1, 1, tzinfo=UTC), "open"),
        ({}, datetime(2027, 5, 1, 21, 59, 59, tzinfo=UTC), "open"),
        ({"seats_taken": 59}, datetime(2027, 1, 1, tzinfo=UTC), "open"),
        ({"seats_taken": 60}, datetime(2027, 1, 1, tzinfo=UTC), "full"),
        ({}, CLOSES, "closed"),
        ({"seats_taken": 60}, CLOSES, "closed"),
        ({}, FIRST_MIDNIGHT, "running"),
        ({}, datetime(2027, 6, 2, 21, 59, 59, tzinfo=UTC), "running"),
        ({}, LAST_MIDNIGHT, "past"),
        ({"registration_closes_at": LAST_MIDNIGHT}, FIRST_MIDNIGHT, "open"),
        ({"cancelled_at": CLOSES}, datetime(2027, 1, 1, tzinfo=UTC), "cancelled"),
        ({"cancelled_at": CLOSES}, LAST_MIDNIGHT, "cancelled"),
    ],
)
def test_standing(changes: dict[str, object], now: datetime, expected: str) -> None:
    assert standing(event(**changes), now) == expected


def test_time_changes_it_at_three_instants_and_then_never() -> None:
    turns = []
    now: datetime | None = datetime(2027, 1, 1, tzinfo=UTC)
    while now is not None:
        now = next_change(event(), now)
        turns.append(now)
    assert turns == [CLOSES, FIRST_MIDNIGHT, LAST_MIDNIGHT, None]


def test_start_is_that_of_the_first_session_by_the_local_clock() -> None:
    session = AgendaSession(held_on=date(2027, 5, 31), starts=time(9), ends=time(17), fold=0)
    assert starts_at(event(sessions=[session])) == datetime(2027, 5, 31, 7, tzinfo=UTC)
    assert starts_at(event()) is None


def test_the_second_of_two_equal_hours_is_an_hour_later() -> None:
    def starts(fold: int) -> datetime | None:
        held_on = date(2027, 10, 31)
        session = AgendaSession(held_on=held_on, starts=time(2, 30), ends=time(4), fold=fold)
        return starts_at(event(starts_on=held_on, ends_on=held_on, sessions=[session]))

    assert starts(0) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert starts(1) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_the_last_day_ends_at_the_local_midnight() -> None:
    in_columbus = event(timezone="America/New_York")
    assert ends_at(in_columbus) == datetime(2027, 6, 3, 4, tzinfo=UTC)
