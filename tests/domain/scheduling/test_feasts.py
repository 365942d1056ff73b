from datetime import date

import pytest

from events_service.domain.scheduling.feasts import Feast, feasts_on
from events_service.domain.scheduling.local_time import days_between


@pytest.mark.parametrize(
    ("country", "days", "expected"),
    [
        (
            "SE",
            [date(2027, 6, 5), date(2027, 6, 6)],
            [Feast(date(2027, 6, 6), "National Day", "public_holiday", "Sweden")],
        ),
        (
            "ZA",
            days_between(date(2027, 9, 22), date(2027, 9, 24)),
            [Feast(date(2027, 9, 24), "Heritage Day", "public_holiday", "South Africa")],
        ),
        ("SK", [date(2027, 6, 2)], []),
        (
            "US",
            days_between(date(2027, 10, 1), date(2027, 10, 3)),
            [
                Feast(date(2027, 10, 2), "Rosh Hashanah", "great_feast"),
                Feast(date(2027, 10, 3), "Rosh Hashanah", "great_feast"),
            ],
        ),
        (
            "FR",
            [date(2027, 5, 2)],
            [Feast(date(2027, 5, 2), "Orthodox Easter Sunday", "great_feast")],
        ),
        ("FR", [date(2027, 3, 9)], [Feast(date(2027, 3, 9), "Eid al-Fitr", "great_feast")]),
        (
            "FR",
            [date(2027, 5, 17)],
            [
                Feast(date(2027, 5, 17), "Pentecost Monday", "public_holiday", "France"),
                Feast(date(2027, 5, 17), "Eid al-Adha, second day", "great_feast"),
            ],
        ),
        ("SE", [date(2027, 10, 29)], [Feast(date(2027, 10, 29), "Diwali", "great_feast")]),
        ("SE", [date(2027, 10, 11)], [Feast(date(2027, 10, 11), "Yom Kippur", "great_feast")]),
        ("SE", [date(2027, 4, 22)], [Feast(date(2027, 4, 22), "Passover", "great_feast")]),
    ],
)
def test_holidays_of_the_host_and_great_feasts_are_named(
    country: str, days: list[date], expected: list[Feast]
) -> None:
    assert feasts_on(country, days) == expected


def test_a_feast_that_is_a_public_holiday_is_named_once() -> None:
    day = date(2027, 12, 25)
    assert feasts_on("SE", [day]) == [Feast(day, "Christmas Day", "public_holiday", "Sweden")]


def test_a_country_without_a_calendar_still_has_the_great_feasts() -> None:
    day = date(2027, 12, 25)
    assert feasts_on("QQ", [day, day]) == [Feast(day, "Christmas Day", "great_feast")]
