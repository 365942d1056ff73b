"""The table of what becomes of a reply."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from events_service.itip.answers import (
    ANSWERED_SINCE,
    CANCELLED,
    KNOWN,
    MOVED_SINCE,
    NOBODY_NAMED,
    SAID,
    SAME_MOMENT,
    SAYS_NOTHING,
    UNNUMBERED,
    CalendarAnswer,
    Moment,
    Ruling,
    Said,
    Standing,
    rule_on,
)

NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
START = datetime(2027, 6, 1, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
YES_AND_NO: tuple[Said, ...] = ("ACCEPTED", "TENTATIVE", "DECLINED", "NEEDS-ACTION")

# The invitation has been sent with SEQUENCE 4, its time was changed last with SEQUENCE 2, and an
# answer to SEQUENCE 3, of 11:00, stands.
STANDING = Standing(
    sequence=4,
    min_sequence=2,
    starts=START,
    partstat="TENTATIVE",
    cancelled=False,
    reply_sequence=3,
    reply_dtstamp=NOW - 60 * MINUTE,
)
UNANSWERED = replace(STANDING, partstat="NEEDS-ACTION", reply_sequence=None, reply_dtstamp=None)
ANSWER = CalendarAnswer(
    method="REPLY",
    uid="one@events.example.org",
    attendee="deputy.mayor@newark.example.org",
    said="ACCEPTED",
    sequence=4,
    dtstamp=NOW - 30 * MINUTE,
    starts=START,
)


def ruled(standing: Standing = STANDING, **answer: object) -> Ruling:
    return rule_on(replace(ANSWER, **answer), standing, received_at=NOW)  # type: ignore[arg-type]


def applied(said: Said, sequence: int, dtstamp: datetime) -> Ruling:
    return Ruling("applied", SAID[said], sequence, dtstamp)


BEFORE, THE_SAME, AFTER, FUTURE, ABSENT = (
    NOW - 90 * MINUTE,
    NOW - 60 * MINUTE,
    NOW - 30 * MINUTE,
    NOW + 600 * MINUTE,
    None,
)
STALE, KEPT, NEWER = "stale", "unchanged", "applied"
# SEQUENCE of the reply: what it comes to when its DTSTAMP is before, equal to or after that of the
# answer that stands, in the future, or absent.
TABLE: dict[int, tuple[str, str, str, str, str]] = {
    0: (STALE,) * 5,
    1: (STALE,) * 5,
    2: (STALE,) * 5,  # to the current time, but older than the answer that stands
    3: (STALE, KEPT, NEWER, NEWER, NEWER),
    4: (NEWER,) * 5,
    5: (NEWER,) * 5,
    99: (NEWER,) * 5,
}
STAMPS = (BEFORE, THE_SAME, AFTER, FUTURE, ABSENT)


@pytest.mark.parametrize("said", YES_AND_NO)
@pytest.mark.parametrize(
    ("sequence", "stamp", "outcome"),
    [(s, stamp, out) for s, row in TABLE.items() for stamp, out in zip(STAMPS, row, strict=True)],
)
def test_against_an_answer_that_stands(
    said: Said, sequence: int, stamp: datetime | None, outcome: str
) -> None:
    ruling = ruled(said=said, sequence=sequence, dtstamp=stamp)
    kept_stamp = min(stamp or NOW, NOW)
    reasons = {
        STALE: MOVED_SINCE if sequence < 2 else ANSWERED_SINCE,
        KEPT: KNOWN if said == "TENTATIVE" else SAME_MOMENT,
    }
    if outcome == NEWER:
        assert ruling == applied(said, min(sequence, 4), kept_stamp)
    else:
        assert ruling == Ruling(outcome, reasons[outcome])  # type: ignore[arg-type]


@pytest.mark.parametrize("said", YES_AND_NO)
@pytest.mark.parametrize("stamp", STAMPS)
@pytest.mark.parametrize("sequence", [2, 3, 4, 5])
def test_the_first_answer_is_applied(said: Said, stamp: datetime | None, sequence: int) -> None:
    ruling = ruled(UNANSWERED, said=said, sequence=sequence, dtstamp=stamp)
    assert ruling == applied(said, min(sequence, 4), min(stamp or NOW, NOW))


@pytest.mark.parametrize("sequence", [0, 1])
def test_an_answer_to_an_earlier_time_is_stale_even_if_it_is_the_first(sequence: int) -> None:
    assert ruled(UNANSWERED, sequence=sequence) == Ruling("stale", MOVED_SINCE)


@pytest.mark.parametrize(("before", "after"), list(product(YES_AND_NO, YES_AND_NO)))
def test_answers_change_freely_into_each_other(before: Said, after: Said) -> None:
    standing = replace(STANDING, partstat=before)  # type: ignore[arg-type]
    assert ruled(standing, said=after) == applied(after, 4, AFTER)


@pytest.mark.parametrize("said", [*YES_AND_NO, "DELEGATED", None])
@pytest.mark.parametrize("sequence", [0, 4, 9, None])
def test_a_cancelled_invitation_takes_no_answer(said: Said | None, sequence: int | None) -> None:
    standing = replace(STANDING, cancelled=True)
    assert ruled(standing, said=said, sequence=sequence) == Ruling("stale", CANCELLED)


@pytest.mark.parametrize(
    ("sequence", "stamp", "outcome"),
    [(4, BEFORE, "stale"), (3, AFTER, "stale"), (4, THE_SAME, "applied"), (4, AFTER, "applied")],
)
def test_an_answer_to_one_day_yields_to_a_newer_one_to_all(
    sequence: int, stamp: datetime, outcome: str
) -> None:
    """The same moment is that of one mail: a series with its exception."""
    standing = replace(UNANSWERED, all_days=(4, NOW - 60 * MINUTE))
    assert ruled(standing, sequence=sequence, dtstamp=stamp).outcome == outcome


# SEQUENCE absent

IN_BRATISLAVA = START.astimezone(ZoneInfo("Europe/Bratislava"))


@pytest.mark.parametrize("starts", [START, IN_BRATISLAVA])
@pytest.mark.parametrize("standing", [UNANSWERED, replace(UNANSWERED, sequence=0, min_sequence=0)])
def test_without_a_sequence_the_current_start_tells_what_is_answered(
    starts: datetime, standing: Standing
) -> None:
    ruling = ruled(standing, sequence=None, starts=starts)
    assert ruling == applied("ACCEPTED", standing.min_sequence, AFTER)


def test_without_a_sequence_an_answer_that_stands_is_newer() -> None:
    assert ruled(sequence=None) == Ruling("stale", ANSWERED_SINCE)


@pytest.mark.parametrize(
    "starts", [None, START + MINUTE, START - timedelta(days=7), START.date(), date(2027, 6, 2)]
)
def test_without_a_sequence_another_start_is_for_a_person(starts: Moment | None) -> None:
    assert ruled(sequence=None, starts=starts) == Ruling("quarantined", UNNUMBERED)


@pytest.mark.parametrize(
    ("starts", "outcome"),
    [(START.date(), "applied"), (START, "quarantined"), (date(2027, 6, 2), "quarantined")],
)
def test_whole_days_start_on_a_date(starts: Moment, outcome: str) -> None:
    standing = replace(UNANSWERED, starts=START.date())
    assert ruled(standing, sequence=None, starts=starts).outcome == outcome


def test_an_hour_that_comes_twice_is_compared_as_an_instant() -> None:
    second = datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Bratislava"))
    standing = replace(UNANSWERED, starts=second)
    same = second.astimezone(UTC)
    assert ruled(standing, sequence=None, starts=same).outcome == "applied"
    first = same - timedelta(hours=1)
    assert ruled(standing, sequence=None, starts=first).outcome == "quarantined"


# DELEGATED, and nothing at all


def test_a_delegate_is_for_the_organiser_to_decide() -> None:
    ruling = ruled(said="DELEGATED", delegated_to="adviser@newark.example.org")
    assert ruling == Ruling(
        "review",
        "Wants adviser@newark.example.org to come instead. Nobody is added until you decide.",
        4,
        AFTER,
    )


def test_a_delegation_to_nobody_is_for_a_person() -> None:
    assert ruled(said="DELEGATED") == Ruling("quarantined", NOBODY_NAMED)


def test_a_delegation_that_was_overtaken_is_stale() -> None:
    to = "adviser@newark.example.org"
    old = ruled(said="DELEGATED", delegated_to=to, sequence=3, dtstamp=BEFORE)
    assert old == Ruling("stale", ANSWERED_SINCE)


def test_an_answer_that_says_nothing_is_for_a_person() -> None:
    assert ruled(said=None) == Ruling("quarantined", SAYS_NOTHING)


def test_reasons_are_sentences() -> None:
    for reason in (
        *SAID.values(),
        *(ANSWERED_SINCE, CANCELLED, KNOWN, MOVED_SINCE, NOBODY_NAMED),
        *(SAME_MOMENT, SAYS_NOTHING, UNNUMBERED),
    ):
        assert reason[0].isupper()
        assert reason.endswith(".")
