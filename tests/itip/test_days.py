from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.days import Hours, Run, Style, covered, hours_of_day, run_held, runs

FIRST = date(2027, 6, 1)
FULL = Hours(time(9), time(17, 30))
MORNING = Hours(time(9), time(12, 30))
STYLES: tuple[Style, ...] = ("daily", "each_day", "each_session", "all_day")


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


@dataclass(frozen=True)
class Session:
    held_on: date
    starts: time
    ends: time
    fold: int = 0
    id: int = 1
    title: str = "Working day"


def held(hours: dict[int, Hours]) -> list[Session]:
    """A session on each of these days."""
    return [Session(day(n), *each, id=n) for n, each in hours.items()]


def daily(hours: dict[int, Hours], *days: int) -> list[Run]:
    return runs("daily", [day(n) for n in days or hours], None, held(hours))


# Three days: two sessions, then a full one, then a morning.
OPENING = Session(day(1), time(9), time(10, 30), id=11, title="Opening: Who is missing?")
VISITS = Session(day(1), time(11), time(17, 30), id=12, title="Site visits")
WORK = Session(day(2), time(9), time(17, 30), id=21, title="Working together")
END = Session(day(3), time(9), time(12, 30), id=31, title="Commitments")
AGENDA = [OPENING, VISITS, WORK, END]
DAYS = [day(1), day(2), day(3)]


def about(session: Session) -> Run:
    return Run((session.held_on,), Hours(session.starts, session.ends), session.id, session.title)


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


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("daily", [Run((day(1), day(2)), FULL), Run((day(3),), MORNING)]),
        ("each_day", [Run((day(1),), FULL), Run((day(2),), FULL), Run((day(3),), MORNING)]),
        ("each_session", [about(OPENING), about(VISITS), about(WORK), about(END)]),
        ("all_day", [Run((day(1), day(2), day(3)), None)]),
    ],
)
def test_one_agenda_in_each_style(style: Style, expected: list[Run]) -> None:
    assert runs(style, DAYS, None, AGENDA) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("daily", [Run((day(1),), Hours(time(9), time(10, 30))), Run((day(3),), MORNING)]),
        ("each_day", [Run((day(1),), Hours(time(9), time(10, 30))), Run((day(3),), MORNING)]),
        ("each_session", [about(OPENING), about(END)]),
        ("all_day", [Run((day(1),), None), Run((day(3),), None)]),
    ],
)
def test_who_chose_sessions_gets_only_those(style: Style, expected: list[Run]) -> None:
    assert runs(style, DAYS, [11, 31], AGENDA) == expected


@pytest.mark.parametrize("style", STYLES)
def test_chosen_sessions_that_are_gone_leave_nothing(style: Style) -> None:
    assert runs(style, DAYS, [99], AGENDA) == []


def test_a_day_without_session_has_an_entry_also_beside_entries_of_sessions() -> None:
    assert runs("each_session", DAYS, None, [OPENING, END]) == [
        about(OPENING),
        Run((day(2),), None),
        about(END),
    ]


def test_like_consecutive_days_are_one_run() -> None:
    hours = {1: Hours(time(9, 30), time(17)), 2: FULL, 3: FULL}
    assert daily(hours, 3, 1, 2, 2) == [Run((day(1), day(2), day(3)), FULL)]


@pytest.mark.parametrize(("minutes", "together"), [(60, True), (61, False)])
@pytest.mark.parametrize("end", ["starts", "ends"])
def test_an_hour_at_either_end_is_still_like(end: str, minutes: int, together: bool) -> None:
    later = (12 * 60 + minutes) // 60, minutes % 60
    base = Hours(time(12), time(18)) if end == "starts" else Hours(time(8), time(12))
    other = base._replace(**{end: time(*later)})
    assert len(daily({1: base, 2: other})) == (1 if together else 2)


def test_likeness_is_to_every_day_of_the_run_and_does_not_drift() -> None:
    hours = {
        1: Hours(time(9), time(17)),
        2: Hours(time(9, 45), time(17)),
        3: Hours(time(10, 30), time(17)),
    }
    assert daily(hours) == [
        Run((day(1), day(2)), Hours(time(9), time(17))),
        Run((day(3),), Hours(time(10, 30), time(17))),
    ]


def test_days_apart_are_runs_apart() -> None:
    hours = {1: FULL, 2: FULL, 3: FULL}
    assert daily(hours, 1, 3) == [Run((day(1),), FULL), Run((day(3),), FULL)]


def test_days_without_sessions_are_all_day() -> None:
    assert daily({1: FULL}, 1, 2, 3) == [Run((day(1),), FULL), Run((day(2), day(3)), None)]


def test_an_hour_that_comes_twice_is_repeated_on_no_other_day() -> None:
    night = Session(day(2), time(9), time(17, 30), fold=1)
    found = runs("daily", DAYS[:2], None, [Session(day(1), *FULL), night])
    assert [run.days for run in found] == [(day(1),), (day(2),)]


@pytest.mark.parametrize("style", STYLES)
def test_nobody_attends_no_day(style: Style) -> None:
    assert runs(style, [], None, AGENDA) == []


@pytest.mark.parametrize("style", STYLES)
def test_what_was_made_is_what_is_held(style: Style) -> None:
    """What a run was made of gives the run again, from the days and session it is kept by."""
    for chosen in (None, [11, 21]):
        for run in runs(style, DAYS, chosen, AGENDA):
            assert run_held(style, run.days, run.session, chosen, AGENDA) == run


def test_a_run_holds_whatever_the_agenda_says_since() -> None:
    assert run_held("daily", [day(2), day(1)], None, None, [WORK]) == Run((day(1), day(2)), FULL)
    assert run_held("daily", DAYS, None, None, []) == Run(tuple(DAYS), None)
    assert run_held("each_session", [day(1)], 99, None, AGENDA) == Run((day(1),), None, 99)


def test_what_an_entry_stands_for() -> None:
    assert covered([day(1)], None, None, AGENDA) == [OPENING, VISITS]
    assert covered([day(1)], None, [12, 21], AGENDA) == [VISITS]
    assert covered([day(1)], 12, None, AGENDA) == [VISITS]


@st.composite
def agendas(draw: st.DrawFn) -> list[Session]:
    """Sessions of up to nine days that follow each other within a day."""
    found: list[Session] = []
    for number in sorted(draw(st.sets(st.integers(1, 9)))):
        clocks = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=8)))
        for starts, ends in zip(clocks[::2], clocks[1::2], strict=False):
            found.append(
                Session(day(number), _clock(starts), _clock(ends), id=100 * number + starts)
            )
    return found


def _clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


@given(st.data(), agendas(), st.sets(st.integers(1, 9)), st.sampled_from(STYLES))
def test_every_attended_hour_is_covered_exactly_once_and_no_night(
    data: st.DataObject, agenda: list[Session], numbers: set[int], style: Style
) -> None:
    days = [day(number) for number in numbers]
    numbered = [one.id for one in agenda]
    chosen = data.draw(st.none() | st.sets(st.sampled_from(numbered)) if numbered else st.none())
    theirs = [one for one in agenda if one.held_on in days and (chosen is None or one.id in chosen)]
    found = runs(style, days, chosen, agenda)

    attended = {one.held_on for one in theirs} if chosen is not None else set(days)
    assert {one for run in found for one in run.days} == attended
    times_covered = Counter(
        one.id
        for one in theirs
        for run in found
        if one.held_on in run.days
        and (run.hours is None or run.hours.starts <= one.starts <= one.ends <= run.hours.ends)
        and run.session in (None, one.id)
    )
    assert times_covered == Counter({one.id: 1 for one in theirs})
    for run in found:
        assert run.hours is None or run.hours.starts < run.hours.ends  # within one day
        assert list(run.days) == [run.days[0] + timedelta(days=n) for n in range(len(run.days))]
        if run.hours is not None:
            first = min(one.starts for one in theirs if one.held_on in run.days)
            last = max(one.ends for one in theirs if one.held_on in run.days)
            assert first <= run.hours.starts and run.hours.ends <= last
