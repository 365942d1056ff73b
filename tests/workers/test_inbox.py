"""Mail that came in, read by real workers."""

import time

import pytest

from events_service.db import transaction
from events_service.model import Invitation
from tests.workers.answering import deliver, outcomes, people_invited, tries
from tests.workers.programs import wait_until


def test_an_answer_is_seen_within_seconds(programs, own_database):
    """From the door to what the organiser's board shows."""
    del own_database
    (mayor,) = people_invited(1)
    programs("worker", "--concurrency", "2")
    programs("beat")
    time.sleep(3)  # worker and beat are up
    began = time.monotonic()
    deliver([mayor])
    wait_until(lambda: outcomes() == {"applied": 1}, seconds=10)
    took = time.monotonic() - began
    with transaction() as session:
        assert session.get_one(Invitation, mayor.invitation_id).partstat == "ACCEPTED"
    assert took < 5


def test_two_workers_read_each_mail_once(programs, tick, own_database):
    del own_database
    people = people_invited(40)
    deliver(people)
    for _ in range(2):
        programs("worker", "--concurrency", "2")
    tick("inbox", times=8)
    wait_until(lambda: outcomes() == {"applied": 40})
    assert tries() == [1] * 40


@pytest.mark.usefixtures("own_database")
def test_a_worker_says_in_its_log_that_it_read_and_nothing_of_what(programs, tick):
    (mayor,) = people_invited(1)
    deliver([mayor])
    worker = programs("worker", "--concurrency", "1")
    tick("inbox")
    wait_until(lambda: "mail read" in worker.log)
    assert "@newark.example.org" not in worker.end()
