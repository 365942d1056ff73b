from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events_service.itip.wall_time import Exists, Missing, Twice, resolve

BRATISLAVA = ZoneInfo("Europe/Bratislava")
NEW_YORK = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (SPRING, time(1, 59)),
        (SPRING, time(3)),
        (AUTUMN, time(1, 59)),
        (AUTUMN, time(3)),
        (date(2027, 6, 1), time(2, 30)),
    ],
)
def test_a_time_that_exists_once(day: date, clock: time) -> None:
    assert resolve(BRATISLAVA, day, clock) == Exists(fold=0)


@pytest.mark.parametrize("clock", [time(2), time(2, 30), time(2, 59)])
def test_a_time_that_does_not_exist_comes_with_two_that_do(clock: time) -> None:
    wall = datetime.combine(SPRING, clock)
    hour = timedelta(hours=1)
    assert resolve(BRATISLAVA, SPRING, clock) == Missing((wall - hour, wall + hour))


@pytest.mark.parametrize("clock", [time(2), time(2, 30), time(2, 59)])
def test_a_time_that_comes_twice_is_told_apart_by_its_offsets(clock: time) -> None:
    assert resolve(BRATISLAVA, AUTUMN, clock) == Twice(timedelta(hours=2), timedelta(hours=1))


def test_the_same_in_another_place() -> None:
    day = date(2027, 3, 14)
    assert resolve(NEW_YORK, day, time(2, 30)) == Missing(
        (datetime.combine(day, time(1, 30)), datetime.combine(day, time(3, 30)))
    )
    assert resolve(NEW_YORK, date(2027, 11, 7), time(1, 30)) == Twice(
        timedelta(hours=-4), timedelta(hours=-5)
    )
    johannesburg = ZoneInfo("Africa/Johannesburg")
    assert resolve(johannesburg, SPRING, time(2, 30)) == Exists(fold=0)


def test_a_whole_day_that_a_place_left_out() -> None:
    """Apia went from 29 to 31 December 2011."""
    missing = datetime.combine(date(2011, 12, 30), time(12))
    a_day = timedelta(days=1)
    found = resolve(ZoneInfo("Pacific/Apia"), missing.date(), missing.time())
    assert found == Missing((missing - a_day, missing + a_day))
