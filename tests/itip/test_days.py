from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.days import Hours, Match, Run, hours_of_day, match_runs, runs

FIRST = date(2027, 6, 1)
FULL = Hours(time(9), time(17, 30))
MORNING = Hours(time(9), time(12, 30))


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


@dataclass(frozen=True)
class Session:
    held_on: date
    starts: time
    ends: time
    fold: int = 0


def test_a_day_reaches_from_its_first_start_to_its_last_end() -> None:
    sessions = [
        Session(day(1), time(14), time(17, 30)),
        Session(day(1), time(9), time(12)),
        Session(day(2), time(9, 30), time(13)),
    ]
    assert hours_of_day(sessions) == {day(1): FULL, day(2): Hours(time(9, 30), time(13))}


def test_the_second_of_two_equal_times_is_remembered() -> None:
    night = Session(date(2027, 10, 31), time(2, 30), time(5), fold=1)
    assert hours_of_day([night])[date(2027, 10, 31)].starts.fold == 1


def test_like_consecutive_days_are_one_run() -> None:
    hours = {day(1): Hours(time(9, 30), time(17)), day(2): FULL, day(3): FULL}
    assert runs([day(3), day(1), day(2), day(2)], hours) == [Run((day(1), day(2), day(3)), FULL)]


@pytest.mark.parametrize(("minutes", "together"), [(60, True), (61, False)])
@pytest.mark.parametrize("end", ["starts", "ends"])
def test_an_hour_at_either_end_is_still_like(end: str, minutes: int, together: bool) -> None:
    later = (12 * 60 + minutes) // 60, minutes % 60
    base = Hours(time(12), time(18)) if end == "starts" else Hours(time(8), time(12))
    other = base._replace(**{end: time(*later)})
    assert len(runs([day(1), day(2)], {day(1): base, day(2): other})) == (1 if together else 2)


def test_likeness_is_to_every_day_of_the_run_and_does_not_drift() -> None:
    hours = {
        day(1): Hours(time(9), time(17)),
        day(2): Hours(time(9, 45), time(17)),
        day(3): Hours(time(10, 30), time(17)),
    }
    assert runs(hours, hours) == [
        Run((day(1), day(2)), Hours(time(9), time(17))),
        Run((day(3),), Hours(time(10, 30), time(17))),
    ]


def test_a_clearly_shorter_day_is_a_run_of_its_own() -> None:
    hours = {day(1): FULL, day(2): FULL, day(3): MORNING}
    assert runs(hours, hours) == [Run((day(1), day(2)), FULL), Run((day(3),), MORNING)]


def test_days_apart_are_runs_apart() -> None:
    hours = {day(1): FULL, day(2): FULL, day(3): FULL}
    assert runs([day(1), day(3)], hours) == [Run((day(1),), FULL), Run((day(3),), FULL)]


def test_days_without_sessions_are_all_day() -> None:
    assert runs([day(1), day(2), day(3)], {day(1): FULL}) == [
        Run((day(1),), FULL),
        Run((day(2), day(3)), None),
    ]


def test_nobody_attends_no_day() -> None:
    assert runs([], {day(1): FULL}) == []


@given(st.sets(st.integers(1, 14)), st.dictionaries(st.integers(1, 14), st.integers(6, 12)))
def test_every_attended_day_is_in_exactly_one_run(days: set[int], starts: dict[int, int]) -> None:
    hours = {day(number): Hours(time(hour), time(18)) for number, hour in starts.items()}
    found = runs([day(number) for number in days], hours)
    assert [each for run in found for each in run.days] == [day(number) for number in sorted(days)]


def run(*numbers: int, hours: Hours = FULL) -> Run:
    return Run(tuple(day(number) for number in numbers), hours)


def test_the_same_days_keep_their_invitation() -> None:
    assert match_runs({"a": [day(1), day(2)]}, [run(1, 2, hours=MORNING)]) == Match(
        kept=[("a", run(1, 2, hours=MORNING))], added=[], dropped=[]
    )


def test_a_day_more_keeps_the_invitation_and_a_day_apart_adds_one() -> None:
    assert match_runs({"a": [day(1)]}, [run(1, 2), run(4)]) == Match(
        kept=[("a", run(1, 2))], added=[run(4)], dropped=[]
    )


def test_an_invitation_without_days_is_dropped() -> None:
    assert match_runs({"a": [day(1)], "b": [day(3)]}, [run(3)]) == Match(
        kept=[("b", run(3))], added=[], dropped=["a"]
    )


def test_the_largest_overlap_decides() -> None:
    existing = {"short": [day(1)], "long": [day(2), day(3), day(4)]}
    assert match_runs(existing, [run(1, 2, 3, 4)]) == Match(
        kept=[("long", run(1, 2, 3, 4))], added=[], dropped=["short"]
    )


def test_an_event_moved_by_a_week_keeps_its_invitations_in_order() -> None:
    existing = {"second": [day(4)], "first": [day(1), day(2)]}
    assert match_runs(existing, [run(8, 9), run(11)]) == Match(
        kept=[("first", run(8, 9)), ("second", run(11))], added=[], dropped=[]
    )


@given(
    st.dictionaries(st.integers(), st.lists(st.integers(1, 9), min_size=1), max_size=4),
    st.sets(st.integers(1, 9)),
)
def test_nothing_is_lost_between_old_and_new(
    existing: dict[int, list[int]], days: set[int]
) -> None:
    wanted = runs([day(number) for number in days], {})
    matched = match_runs({k: [day(n) for n in v] for k, v in existing.items()}, wanted)
    assert sorted([key for key, _ in matched.kept] + matched.dropped) == sorted(existing)
    assert [r for r in wanted if r in matched.added or r in [x for _, x in matched.kept]] == wanted
    assert len(matched.kept) == min(len(existing), len(wanted))
