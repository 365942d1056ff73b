"""A worker that is killed amid mail that came in: everything is read, and once."""

import pytest

from events_service.db import transaction
from tests.workers.answering import deliver, held_row, outcomes, people_invited, tries
from tests.workers.programs import wait_until

pytestmark = pytest.mark.faults

MAILS = 50


@pytest.mark.usefixtures("own_database")
def test_a_killed_worker_leaves_no_mail_unread_and_none_read_twice(programs, tick):
    people = people_invited(MAILS)
    deliver(people)
    with transaction() as session:
        held_row(session, people[MAILS // 2])  # so that the worker is amid this one
        killed = programs("worker", "--concurrency", "1")
        tick("inbox")
        wait_until(lambda: outcomes().get("applied") == MAILS // 2)
        killed.end()
    assert outcomes() == {"applied": MAILS // 2, None: MAILS - MAILS // 2}
    programs("worker", "--concurrency", "1")
    tick("inbox")
    wait_until(lambda: _ticked(tick) and outcomes() == {"applied": MAILS})
    assert sorted(tries()) == [1] * (MAILS - 1) + [2]


def _ticked(tick) -> bool:
    tick("inbox")
    return True
