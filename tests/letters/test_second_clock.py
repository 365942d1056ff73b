"""Times on the clocks of the host and, where these show something else, of the reader's city."""

from typing import Any

import pytest

from tests.letters.cast import CASES, DAYS, INVITATION, WHOLE_DAYS, about, run
from tests.letters.sending import letter_of

FIRST_SESSION = [
    "Tuesday 1 to Thursday 3 June 2027",
    "First session at 09:00, Bratislava time (UTC+2)",
    "That is 03:00 in Newark (UTC−4)",
]
TWO_DAYS = [
    "Tuesday 1 to Wednesday 2 June 2027",
    "09:00 – 17:30 each day, Bratislava time (UTC+2)",
    "That is 03:00 – 11:30 in Newark (UTC−4)",
]
WHOLE = [
    case
    for case in CASES
    if case.partition("_")[0] in ("delegation", "waiting") and case != "delegation_withdrawn"
]
SENTENCES = {
    "delegation_confirmed": "You can change the names or withdraw until %s, at once and without",
    "delegation_approved": "You can exchange people or withdraw until %s, at once and without",
    "delegation_submitted": "You can change the list or withdraw until %s.",
    "delegation_turned_down": "You can change the list and hand it in again until %s.",
    "delegation_waitlisted": "You can change the names or withdraw until %s.",
    "delegation_promoted": "You can change the names or withdraw until %s.",
    "delegation_moved": "you can change the names or withdraw until %s.",
    "delegation_withdrawn": "takes a new delegation until %s, as long as",
}


def when(case: str, label: str = "When:", **changes: Any) -> list[str]:
    """The lines of a letter beside "When"."""
    lines = letter_of(case, **changes).text.replace("\u00a0", " ").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(label))
    found = [lines[start].removeprefix(label)]
    for line in lines[start + 1 :]:
        if not line.startswith("   "):
            break
        found.append(line)
    return [line.strip() for line in found]


def sentence_of(case: str, **changes: Any) -> str:
    return " ".join(letter_of(case, **changes).text.split())


@pytest.mark.parametrize("case", ["city_invited", "city_reminder", "member_details", *WHOLE])
def test_the_first_session_is_said_on_both_clocks(case: str) -> None:
    assert when(case) == FIRST_SESSION


@pytest.mark.parametrize(
    "case", ["member_invited", "member_nudge", "member_cancelled", "proposal_declined"]
)
def test_the_hours_of_an_entry_are_said_on_both_clocks(case: str) -> None:
    assert when(case) == TWO_DAYS


def test_a_changed_entry_says_both_clocks_before_and_now() -> None:
    days = DAYS[:2]
    assert when("member_updated", "Before:", days_before=days) == TWO_DAYS
    assert when("member_updated") == [
        "Tuesday 8 to Wednesday 9 June 2027",
        *TWO_DAYS[1:],
    ]


@pytest.mark.parametrize(("case", "sentence"), SENTENCES.items())
def test_a_deadline_in_a_sentence_is_said_on_both_clocks(case: str, sentence: str) -> None:
    both = "Friday 14 May 2027, 18:00 in Bratislava (12:00 in Newark)"
    assert sentence % both in sentence_of(case)
    at_host = "Friday 14 May 2027, 18:00 in Bratislava"
    assert sentence % at_host in sentence_of(case, city_timezone="Europe/Prague")


def test_a_deadline_on_another_day_there_names_that_day() -> None:
    assert (
        "until Friday 14 May 2027, 18:00 in Bratislava (Saturday 15 May 2027, 02:00 in Newark),"
        in sentence_of("delegation_confirmed", city_timezone="Pacific/Guam")
    )


@pytest.mark.parametrize("zone", ["Europe/Prague", None])
def test_one_clock_is_enough_where_both_show_the_same_or_the_other_is_unknown(
    zone: str | None,
) -> None:
    changes = {"city_timezone": zone} if zone else {}
    case = "member_invited" if zone else "registration_unknown"
    expected = TWO_DAYS[:2] if zone else FIRST_SESSION[:2]
    assert when(case, **changes) == expected


def test_a_whole_day_has_no_clock() -> None:
    assert when("member_invited", invitation=about(WHOLE_DAYS)) == [
        "Tuesday 1 to Thursday 3 June 2027"
    ]


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        (
            "Pacific/Honolulu",
            "That is 21:00 – 05:30 the day before in Newark (UTC−10)",
        ),
        (
            "Pacific/Kiritimati",
            "That is 21:00 – 05:30 in Newark (UTC+14)",
        ),
    ],
)
def test_hours_that_fall_on_another_day_say_so(zone: str, line: str) -> None:
    assert " ".join(when("member_invited", city_timezone=zone)[2:]) == line


def test_hours_late_in_the_day_begin_a_day_later_far_in_the_east() -> None:
    evening = run(DAYS[0], hours=("18:00", "20:00"))
    found = when("member_invited", invitation=about(evening), city_timezone="Pacific/Guam")
    assert " ".join(found[2:]) == ("That is 02:00 – 04:00 the next day in Newark (UTC+10)")


def test_days_between_which_one_of_the_clocks_changes_are_told_apart() -> None:
    """Bratislava puts its clocks forward on 28 March 2027, New York two weeks before."""
    days = ["2027-03-13", "2027-03-14"]
    entry = about(run(*days, hours=("09:00", "17:30")))
    assert " ".join(when("member_invited", days=days, invitation=entry)) == (
        "Saturday 13 to Sunday 14 March 2027 09:00 – 17:30 each day, Bratislava time (UTC+1) "
        "Saturday 13 March 2027: That is 03:00 – 11:30 in Newark (UTC−5) "
        "Sunday 14 March 2027: That is 04:00 – 12:30 in Newark (UTC−4)"
    )


def test_the_calendar_keeps_to_the_clocks_of_the_event() -> None:
    calendars = [
        letter_of("member_invited", invitation=INVITATION, city_timezone=zone).calendar
        for zone in ("America/New_York", "Europe/Prague")
    ]
    assert calendars[0] == calendars[1]
