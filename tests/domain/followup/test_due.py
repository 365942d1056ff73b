from datetime import date

import pytest

from events_service.domain.followup.due import due_words, working_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 11, 22), "due today"),
        (date(2026, 11, 23), "due tomorrow"),
        (date(2026, 11, 25), "due in 3 days"),
        (date(2026, 12, 12), "due in 20 days"),
        (date(2026, 12, 13), "due in 3 weeks"),
        (date(2027, 1, 30), "due in 10 weeks"),
        (date(2027, 1, 31), "due in 2 months"),
        (date(2027, 5, 24), "due in 6 months"),
        (date(2026, 11, 21), "1 day late"),
        (date(2026, 11, 20), "2 days late"),
        (date(2026, 10, 23), "4 weeks late"),
        (date(2025, 11, 22), "12 months late"),
    ],
)
def test_due_dates_are_said_as_people_say_them(due_on: date, words: str) -> None:
    assert due_words(due_on, TODAY) == words


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),  # Friday
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_nothing_is_due_on_a_week_end(day: date, moved: date) -> None:
    assert working_day(day) == moved
