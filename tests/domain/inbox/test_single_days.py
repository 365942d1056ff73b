"""Answers to one day of several, beside an answer to all of them."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from events_service.model import DayAnswer
from tests.domain.inbox.conftest import Inbox


def test_an_answer_to_one_day_is_that_days(inbox: Inbox) -> None:
    second = ";TZID=Europe/Stockholm:20270601T090000"
    mail = inbox.answers("DECLINED", RECURRENCE_ID=second)
    assert (mail.outcome, mail.reason, mail.partstat) == ("applied", "Will not come.", "DECLINED")
    assert mail.claims is not None
    assert mail.claims["day"] == "2027-06-01"
    rows = inbox.db.query(DayAnswer).all()
    assert [(one.invitation_id, one.day, one.partstat, one.answered_by) for one in rows] == [
        (inbox.invitation.id, date(2027, 6, 1), "DECLINED", "mail")
    ]
    assert inbox.stands() == ("NEEDS-ACTION", None, None)
    inbox.later()
    assert inbox.answers("TENTATIVE", RECURRENCE_ID=":20270601T070000Z").outcome == "applied"
    assert [one.partstat for one in inbox.db.query(DayAnswer)] == ["TENTATIVE"]


FIRST, LAST = ":20270531T070000Z", ":20270602T070000Z"


@pytest.mark.parametrize("arrival", list(permutations(range(3))))
def test_an_answer_to_all_days_stands_between_older_and_newer_ones_to_one(
    inbox: Inbox, arrival: tuple[int, ...]
) -> None:
    """In whatever order they arrive."""
    given = [
        ("TENTATIVE", {"RECURRENCE_ID": FIRST}),
        ("ACCEPTED", {}),
        ("DECLINED", {"RECURRENCE_ID": LAST}),
    ]
    stamps = [inbox.now - timedelta(minutes=30 - 10 * n) for n in range(3)]
    for n in arrival:
        said, day = given[n]
        inbox.answers(said, at=stamps[n], **day)
    assert inbox.stands() == ("ACCEPTED", "mail", 0)
    inbox.db.expire_all()
    assert [(one.day, one.partstat) for one in inbox.invitation.day_answers] == [
        (date(2027, 6, 2), "DECLINED")
    ]


def test_an_answer_to_a_day_that_is_none_is_held(inbox: Inbox) -> None:
    for moment in (":20270601T080000Z", ":20270604T070000Z", ";VALUE=DATE:20270601"):
        mail = inbox.answers("DECLINED", RECURRENCE_ID=moment)
        assert (mail.outcome, mail.reason) == (
            "review",
            "It answers a single day, but none that this invitation has now.",
        )
    assert inbox.db.query(DayAnswer).count() == 0
