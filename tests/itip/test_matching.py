from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.days import Hours, Run, runs
from events_service.itip.matching import Match, match_runs

FULL = Hours(time(9), time(17, 30))
MORNING = Hours(time(9), time(12, 30))


def day(number: int) -> date:
    return date(2027, 6, 1) + timedelta(days=number - 1)


def run(*numbers: int, hours: Hours | None = FULL, session: int | None = None) -> Run:
    return Run(tuple(day(number) for number in numbers), hours, session)


def test_the_same_days_keep_their_invitation() -> None:
    assert match_runs({"a": run(1, 2)}, [run(1, 2, hours=MORNING)]) == Match(
        kept=[("a", run(1, 2, hours=MORNING))], added=[], dropped=[]
    )


def test_a_day_more_keeps_the_invitation_and_a_day_apart_adds_one() -> None:
    assert match_runs({"a": run(1)}, [run(1, 2), run(4)]) == Match(
        kept=[("a", run(1, 2))], added=[run(4)], dropped=[]
    )


def test_an_invitation_without_days_is_dropped() -> None:
    assert match_runs({"a": run(1), "b": run(3)}, [run(3)]) == Match(
        kept=[("b", run(3))], added=[], dropped=["a"]
    )


def test_the_largest_overlap_decides() -> None:
    assert match_runs({"short": run(1), "long": run(2, 3, 4)}, [run(1, 2, 3, 4)]) == Match(
        kept=[("long", run(1, 2, 3, 4))], added=[], dropped=["short"]
    )


def test_an_event_moved_by_a_week_keeps_its_invitations_in_order() -> None:
    assert match_runs({"second": run(4), "first": run(1, 2)}, [run(8, 9), run(11)]) == Match(
        kept=[("first", run(8, 9)), ("second", run(11))], added=[], dropped=[]
    )


def test_an_invitation_about_a_session_stays_with_that_session() -> None:
    existing = {"opening": run(1, session=11), "end": run(3, session=31)}
    wanted = [run(1, session=31), run(3, hours=MORNING, session=11)]
    assert match_runs(existing, wanted) == Match(
        kept=[("end", wanted[0]), ("opening", wanted[1])], added=[], dropped=[]
    )


def test_a_session_is_never_taken_for_another_one_or_for_a_day() -> None:
    assert match_runs({"opening": run(1, session=11)}, [run(1, session=12)]) == Match(
        kept=[], added=[run(1, session=12)], dropped=["opening"]
    )
    assert match_runs({"opening": run(1, session=11)}, [run(1)]) == Match(
        kept=[], added=[run(1)], dropped=["opening"]
    )
    assert match_runs({"days": run(1, 2)}, [run(1, session=11)]) == Match(
        kept=[], added=[run(1, session=11)], dropped=["days"]
    )


def test_a_day_and_a_session_of_it_stay_apart() -> None:
    existing = {"day": run(1), "session": run(1, session=11)}
    assert match_runs(existing, [run(1), run(1, session=11)]).kept == [
        ("day", run(1)),
        ("session", run(1, session=11)),
    ]


@given(
    st.dictionaries(st.integers(), st.sets(st.integers(1, 9), min_size=1), max_size=4),
    st.sets(st.integers(1, 9)),
)
def test_nothing_is_lost_between_old_and_new(existing: dict[int, set[int]], days: set[int]) -> None:
    wanted = runs("daily", [day(number) for number in days], None, [])
    matched = match_runs({k: run(*sorted(v)) for k, v in existing.items()}, wanted)
    assert sorted([key for key, _ in matched.kept] + matched.dropped) == sorted(existing)
    assert [r for r in wanted if r in matched.added or r in [x for _, x in matched.kept]] == wanted
    assert len(matched.kept) == min(len(existing), len(wanted))
