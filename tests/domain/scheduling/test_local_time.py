from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events_service.domain.scheduling.local_time import (
    TimeProblem,
    fold_choices,
    instant_of,
    time_problem,
)

BRATISLAVA = ZoneInfo("Europe/Bratislava")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock", "fold", "expected"),
    [
        (date(2027, 6, 1), time(9), None, None),
        (
            SPRING,
            time(2, 30),
            None,
            TimeProblem(
                "02:30 on 28\u00a0March 2027 does not exist in Europe/Bratislava: clocks go "
                "forward over it. Choose 01:30 or 03:30"
            ),
        ),
        (SPRING, time(2, 30), 0, "does not exist"),
        (
            AUTUMN,
            time(2, 30),
            None,
            TimeProblem(
                "02:30 on 31\u00a0October 2027 comes twice in Europe/Bratislava, because clocks go "
                "back. Choose which one",
                ("The first, UTC+2", "The second, UTC+1"),
            ),
        ),
        (AUTUMN, time(2, 30), 0, None),
        (AUTUMN, time(2, 30), 1, None),
        (AUTUMN, time(3), None, None),
    ],
)
def test_no_time_is_guessed(
    day: date, clock: time, fold: int | None, expected: TimeProblem | str | None
) -> None:
    found = time_problem(BRATISLAVA, day, clock, fold)
    if isinstance(expected, str):
        assert found is not None
        assert expected in found.message
    else:
        assert found == expected


def test_the_two_of_an_autumn_night_are_an_hour_apart() -> None:
    assert [instant_of(BRATISLAVA, AUTUMN, time(2, 30), fold) for fold in (0, 1)] == [
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ]
    assert fold_choices(BRATISLAVA, AUTUMN, time(4)) is None
