"""What a mail server's answer makes of a mail, and how long it then waits."""

from datetime import timedelta

import pytest

from events_service.domain.delivery.backoff import LONGEST, SHORTEST, server_pause, wait_after
from events_service.domain.delivery.verdict import Answer, Verdict, judge, of_recipients

OK = Answer(250, "ok", handed_over=True)
NOT_NOW = Answer(450, "greylisted")
NEVER = Answer(550, "no such mailbox")
BROKEN_OFF = Answer(None, "No answer: timed out")
NOBODY_KNOWS = Answer(None, "No answer: timed out", handed_over=True)


def decide(answer: Answer, *, tries: int = 1, on_unknown: str = "resend") -> Verdict:
    return judge(answer, tries=tries, on_unknown=on_unknown, chance=0.0)


RETRY = Verdict("retry", SHORTEST)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (OK, Verdict("sent")),
        (Answer(251, "will forward", handed_over=True), Verdict("sent")),
        *[(Answer(code, "later"), RETRY) for code in (421, 450, 451, 452)],
        *[(Answer(code, "later", handed_over=True), RETRY) for code in (421, 450, 451, 452)],
        *[(Answer(code, "never"), Verdict("dead")) for code in (550, 552, 554)],
        *[(Answer(code, "never", handed_over=True), Verdict("dead")) for code in (550, 552, 554)],
        (Answer(354, "go on"), RETRY),
        (BROKEN_OFF, RETRY),
        (NOBODY_KNOWS, RETRY),
    ],
)
def test_the_first_try(answer, verdict):
    assert decide(answer) == verdict


def test_nobody_knows_and_a_second_copy_would_be_worse_than_none():
    assert decide(NOBODY_KNOWS, on_unknown="hold") == Verdict("unknown")
    assert decide(NOBODY_KNOWS, on_unknown="hold", tries=8) == Verdict("unknown")
    assert decide(BROKEN_OFF, on_unknown="hold") == RETRY, "the text had not gone out"


@pytest.mark.parametrize("answer", [NOT_NOW, BROKEN_OFF, NOBODY_KNOWS])
def test_the_eighth_try_is_the_last(answer):
    assert decide(answer, tries=7).state == "retry"
    assert decide(answer, tries=8) == Verdict("dead")


def test_waits_lie_between_half_a_minute_and_four_hours():
    assert [wait_after(tries, 0.0) for tries in range(1, 9)] == [SHORTEST] * 8
    minutes = [wait_after(tries, 1.0) / timedelta(minutes=1) for tries in range(1, 9)]
    assert minutes == [2, 8, 32, 128, 240, 240, 240, 240]
    assert wait_after(1, 0.5) == timedelta(seconds=75)
    assert max(wait_after(tries, 1.0) for tries in range(1, 100)) == LONGEST


def test_a_server_that_cannot_be_reached_is_asked_again_within_a_minute():
    assert [server_pause(chance).total_seconds() for chance in (0.0, 0.5, 1.0)] == [15, 30, 45]


ACCEPTED = Answer(250, "ok")


@pytest.mark.parametrize(
    ("person", "copy", "tries", "stopped_by"),
    [
        (ACCEPTED, None, 1, None),
        (ACCEPTED, ACCEPTED, 1, None),
        (NEVER, None, 1, NEVER),
        (NEVER, ACCEPTED, 1, NEVER),
        (NOT_NOW, ACCEPTED, 1, NOT_NOW),
        (ACCEPTED, NEVER, 1, None),
        (ACCEPTED, NOT_NOW, 1, NOT_NOW),
        (ACCEPTED, NOT_NOW, 2, NOT_NOW),
        (ACCEPTED, NOT_NOW, 3, None),
    ],
)
def test_the_person_decides_and_a_copy_holds_up_only_for_a_while(person, copy, tries, stopped_by):
    assert of_recipients(person, copy, tries=tries) == stopped_by


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (Answer(550, "no such mailbox"), True),
        (Answer(550, "5.1.1 no such mailbox"), True),
        (Answer(550, "5.1.1 no such mailbox", handed_over=True), True),
        (Answer(553, "bad mailbox"), True),
        (Answer(550, "5.7.1 you are on a list"), False),  # about us, not about the address
        (Answer(552, "5.2.2 mailbox full"), False),
        (Answer(554, "no thanks", handed_over=True), False),  # about the text
        (Answer(550, "looks like spam", handed_over=True), False),
        (Answer(450, "5.1.1 odd"), False),
        (OK, False),
    ],
)
def test_only_what_is_wrong_with_the_address_counts_against_it(answer, refused):
    assert answer.refuses_the_address is refused
