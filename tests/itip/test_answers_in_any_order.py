"""What must hold of replies, whichever come and in whatever order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from events_service.itip.answers import CalendarAnswer, Standing, rule_on
from tests.itip.test_answers import MINUTE, NOW, START, YES_AND_NO

answers = st.builds(
    CalendarAnswer,
    method=st.just("REPLY"),
    uid=st.just("one@events.example.org"),
    attendee=st.just("deputy.mayor@newark.example.org"),
    said=st.sampled_from([*YES_AND_NO, "DELEGATED"]),
    sequence=st.none() | st.integers(0, 6),
    dtstamp=st.none() | st.integers(-200, 200).map(lambda minutes: NOW + minutes * MINUTE),
    starts=st.sampled_from([None, START, START + MINUTE, START.date()]),
    delegated_to=st.sampled_from([None, "adviser@newark.example.org"]),
)
standings = st.builds(
    lambda least, more, known, stamp, said, cancelled: Standing(
        sequence=least + more,
        min_sequence=least,
        starts=START,
        partstat=said if known is not None else "NEEDS-ACTION",
        cancelled=cancelled,
        reply_sequence=None if known is None else min(known, least + more),
        reply_dtstamp=None if known is None else NOW - stamp * MINUTE,
    ),
    st.integers(0, 3),
    st.integers(0, 3),
    st.none() | st.integers(0, 6),
    st.integers(0, 200),
    st.sampled_from(YES_AND_NO),
    st.booleans(),
)


def after(standing: Standing, replies: Sequence[CalendarAnswer]) -> Standing:
    """The invitation once these have come, in this order."""
    for reply in replies:
        ruling = rule_on(reply, standing, received_at=NOW)
        if ruling.outcome == "applied":
            standing = replace(
                standing,
                partstat=reply.said,  # type: ignore[arg-type]
                reply_sequence=ruling.sequence,
                reply_dtstamp=ruling.dtstamp,
            )
    return standing


def stamp(standing: Standing, reply: CalendarAnswer) -> tuple[int, datetime] | None:
    """What the reply would be kept with, whatever else stands."""
    unanswered = replace(standing, reply_sequence=None, reply_dtstamp=None)
    ruling = rule_on(reply, unanswered, received_at=NOW)
    return (ruling.sequence, ruling.dtstamp) if ruling.dtstamp else None


@given(standings, answers)
def test_a_reply_that_comes_again_changes_nothing(
    standing: Standing, reply: CalendarAnswer
) -> None:
    once = after(standing, [reply])
    assert after(once, [reply, reply]) == once
    assert rule_on(reply, once, received_at=NOW).outcome != "applied"


@given(standings, st.lists(answers, min_size=2, max_size=4), st.randoms())
def test_the_order_in_which_replies_come_does_not_matter(
    standing: Standing, replies: list[CalendarAnswer], random: Random
) -> None:
    """Unless two bear the same stamp: then nothing tells which was given later."""
    stamps = [each for each in (stamp(standing, reply) for reply in replies) if each]
    assume(len(set(stamps)) == len(stamps))
    mixed = list(replies)
    random.shuffle(mixed)
    assert after(standing, mixed) == after(standing, replies)


@given(standings, answers)
def test_what_is_kept_lies_within_what_was_sent_and_not_in_the_future(
    standing: Standing, reply: CalendarAnswer
) -> None:
    ruling = rule_on(reply, standing, received_at=NOW)
    if ruling.outcome in ("applied", "review"):
        assert standing.min_sequence <= ruling.sequence <= standing.sequence
        assert ruling.dtstamp is not None
        assert ruling.dtstamp <= NOW
    else:
        assert (ruling.sequence, ruling.dtstamp) == (0, None)


@given(standings, answers)
def test_nothing_that_is_not_newer_is_applied(standing: Standing, reply: CalendarAnswer) -> None:
    ruling = rule_on(reply, standing, received_at=NOW)
    if ruling.outcome == "applied" and standing.reply_sequence is not None:
        assert (ruling.sequence, ruling.dtstamp) > (
            standing.reply_sequence,
            standing.reply_dtstamp,
        )
