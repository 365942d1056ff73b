"""Places and deadlines as a city reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from events_service.letters.allotment import allotment, allotment_of_city
from events_service.letters.deadline import Place, deadline

BRATISLAVA = Place("Bratislava", ZoneInfo("Europe/Bratislava"))


@pytest.mark.parametrize(
    ("seats", "elected", "words"),
    [
        (1, 0, "one place"),
        (3, 0, "three places"),
        (1, 1, "one place, for an elected official"),
        (2, 2, "two places, all for elected officials"),
        (2, 1, "two places: one for an elected official, one for a practitioner"),
        (3, 1, "three places: one for an elected official, two for practitioners"),
        (12, 2, "12 places: two for elected officials, ten for practitioners"),
    ],
)
def test_places_and_whom_they_are_meant_for(seats: int, elected: int, words: str) -> None:
    assert allotment(seats, elected) == words


def test_whose_they_are_follows_the_number() -> None:
    assert allotment_of_city(3, 1) == (
        "three places for your city: one for an elected official, two for practitioners"
    )


@pytest.mark.parametrize(
    ("home", "lines"),
    [
        (None, []),
        (Place("Stockholm", ZoneInfo("Europe/Stockholm")), []),  # other name, same time
        (Place("Newark", ZoneInfo("America/New_York")), ["That is 12:00 in Newark (UTC−4)"]),
        (
            Place("Melbourne", ZoneInfo("Australia/Melbourne")),
            ["That is Saturday 15 May 2027, 02:00 in Melbourne (UTC+10)"],
        ),
    ],
)
def test_a_deadline_names_both_places(home: Place | None, lines: list[str]) -> None:
    found = deadline(datetime(2027, 5, 14, 16, tzinfo=UTC), BRATISLAVA, home)
    assert [line.replace("\u00a0", " ") for line in found] == [
        "Friday 14 May 2027, 18:00 in Bratislava (UTC+2)",
        *lines,
    ]


def test_places_whose_clocks_agree_only_now_and_then() -> None:
    host = Place("London", ZoneInfo("Europe/London"))
    home = Place("Abidjan", ZoneInfo("Africa/Abidjan"))
    winter, summer = (datetime(2027, month, 1, 12, tzinfo=UTC) for month in (1, 7))
    assert len(deadline(winter, host, home)) == 1
    assert len(deadline(summer, host, home)) == 2
