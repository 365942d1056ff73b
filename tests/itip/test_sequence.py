"""Lines 11 and 12: when SEQUENCE goes up."""

from dataclasses import replace
from datetime import date, time

import pytest

from events_service.itip.days import Hours, Run
from events_service.itip.sequence import Shown, Standing, revised, sent_anew, weigh
from tests.itip.entries import DAYS, HOURS

SHOWN = Shown(Run(DAYS, HOURS), "Europe/Bratislava", "Palace", "Preventing hate")
STANDING = Standing(sequence=4, min_sequence=2, partstat="ACCEPTED")
NIGHT = date(2027, 10, 31)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("nothing", SHOWN),
        ("text", replace(SHOWN, text="Preventing hate, together")),
        ("place", replace(SHOWN, location="Market Hall", text="and another text")),
        ("time", replace(SHOWN, zone="Europe/Paris")),
        ("time", replace(SHOWN, run=Run(DAYS[:2], HOURS))),
        ("time", replace(SHOWN, run=Run(DAYS, Hours(time(9), time(18))))),
        ("time", replace(SHOWN, run=Run(DAYS, Hours(time(8), time(17, 30))))),
        ("time", replace(SHOWN, run=Run(DAYS, None), location="Market Hall")),
    ],
)
def test_the_weightiest_change_decides(change: str, after: Shown) -> None:
    assert weigh(SHOWN, after) == change


def test_the_second_of_two_equal_times_is_another_time() -> None:
    first, second = (
        replace(SHOWN, run=Run((NIGHT,), Hours(time(2, 30, fold=fold), time(5)))) for fold in (0, 1)
    )
    assert first == second  # Python takes the two for equal
    assert weigh(first, second) == "time"


def test_a_new_time_asks_again() -> None:
    assert revised(STANDING, "time") == Standing(5, 5, "NEEDS-ACTION")


def test_a_new_place_keeps_the_answer() -> None:
    assert revised(STANDING, "place") == Standing(5, 2, "ACCEPTED")


def test_a_text_edit_keeps_the_sequence() -> None:
    assert revised(STANDING, "text") == STANDING
    assert revised(STANDING, "nothing") == STANDING


def test_a_readmission_is_above_the_cancellation() -> None:
    cancelled = sent_anew(STANDING)
    assert cancelled == Standing(5, 5, "NEEDS-ACTION")
    assert sent_anew(cancelled) == Standing(6, 6, "NEEDS-ACTION")
