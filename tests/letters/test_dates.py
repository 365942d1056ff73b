from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events_service.letters import dates

N = "\u00a0"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), f"3{N}June 2024"),
        (date(2024, 6, 3), date(2024, 6, 5), f"3{N}–{N}5{N}June 2024"),
        (date(2024, 6, 30), date(2024, 7, 2), f"30{N}June{N}– 2{N}July 2024"),
        (date(2024, 12, 30), date(2025, 1, 2), f"30{N}December 2024{N}– 2{N}January 2025"),
    ],
)
def test_a_range_says_nothing_twice(start: date, end: date, written: str) -> None:
    assert dates.date_range(start, end) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), f"Monday 3{N}June 2024"),
        (date(2024, 6, 3), date(2024, 6, 5), f"Monday{N}3 to Wednesday 5{N}June 2024"),
        (date(2024, 6, 30), date(2024, 7, 2), f"Sunday 30{N}June to Tuesday 2{N}July 2024"),
        (
            date(2024, 12, 30),
            date(2025, 1, 2),
            f"Monday 30{N}December 2024 to Thursday 2{N}January 2025",
        ),
    ],
)
def test_a_range_with_weekdays(start: date, end: date, written: str) -> None:
    assert dates.weekday_range(start, end) == written


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ([], ""),
        ([date(2027, 6, 2), date(2027, 6, 1)], f"Tuesday{N}1 to Wednesday 2{N}June 2027"),
        ([date(2027, 6, 1), date(2027, 6, 3)], f"1 and 3{N}June 2027"),
        (
            [date(2027, 6, 1), date(2027, 6, 2), date(2027, 6, 4)],
            f"1{N}–{N}2 and 4{N}June 2027",
        ),
        ([date(2027, 6, 30), date(2027, 7, 2)], f"30{N}June and 2{N}July 2027"),
        (
            [date(2026, 12, 31), date(2027, 1, 2)],
            f"31{N}December 2026 and 2{N}January 2027",
        ),
    ],
)
def test_days_that_need_not_follow_each_other(days: list[date], written: str) -> None:
    assert dates.days_list(days) == written


def test_a_day_a_clock_and_a_range_of_clocks() -> None:
    assert dates.day(date(2024, 6, 3)) == f"Monday 3{N}June 2024"
    assert dates.day_month(date(2024, 6, 3)) == f"3{N}June"
    assert dates.clock(time(9)) == "09:00"
    assert dates.clock_range(time(9), time(17, 30)) == f"09:00{N}–{N}17:30"


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Europe/Bratislava", "UTC+2"),
        ("America/New_York", "UTC−4"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−2:30"),
        ("Africa/Abidjan", "UTC"),
    ],
)
def test_the_distance_from_utc_at_that_moment(zone: str, label: str) -> None:
    assert dates.zone_label(ZoneInfo(zone), datetime(2027, 6, 1, tzinfo=UTC)) == label


def test_an_instant_is_told_in_the_clocks_of_the_place() -> None:
    instant = datetime(2027, 1, 29, 23, 30, tzinfo=UTC)
    assert dates.moment(instant, ZoneInfo("Europe/Paris")) == f"Saturday 30{N}January 2027, 00:30"


def test_a_list_as_one_says_it() -> None:
    assert dates.and_list([]) == ""
    assert dates.and_list(["Paris"]) == "Paris"
    assert dates.and_list(["Paris", "Dijon", "Cernay"]) == "Paris, Dijon and Cernay"
