"""F2 and fencing: workers that are killed or stopped at the worst moments."""

import signal
import time
from collections import Counter

import pytest

from tests.workers.programs import wait_until

pytestmark = pytest.mark.faults

MAILS = 12


def copies(server, post) -> int:
    """Second copies that were sent; every one has the Message-ID of its first."""
    sent = Counter(server.message_ids)
    assert set(sent) == set(post.message_ids()), "lost"
    return sum(count - 1 for count in sent.values())


@pytest.mark.parametrize(
    ("place", "state", "most_copies"),
    [
        ("claimed", "claimed", 0),
        ("connected", "claimed", 0),
        ("data", "sending", 0),
        ("after_dot", "sending", 1),
        ("after_250", "sending", 1),
    ],
)
def test_a_killed_worker_loses_nothing(place, state, most_copies, post, programs, server, tick):
    post.write(MAILS)
    killed = programs("worker", "--concurrency", "1", FAILPOINT=place)
    tick("deliver")
    wait_until(lambda: "signal 9" in killed.log)
    killed.end()
    assert post.states()[state] == (1 if state == "sending" else MAILS)
    post.end_leases()
    programs("worker", "--concurrency", "1")
    post.until({"sent": MAILS}, each_second=lambda: tick("deliver"))
    assert copies(server, post) <= most_copies


@pytest.mark.parametrize("place", ["after_dot", "after_250"])
def test_what_may_have_arrived_and_must_not_double_waits_for_a_person(
    place, post, programs, server, tick
):
    post.write(MAILS, on_unknown="hold")
    killed = programs("worker", "--concurrency", "1", FAILPOINT=place)
    tick("deliver")
    wait_until(lambda: "signal 9" in killed.log)
    killed.end()
    post.end_leases()
    programs("worker", "--concurrency", "1")
    post.until({"sent": MAILS - 1, "unknown": 1}, each_second=lambda: tick("deliver"))
    assert copies(server, post) == 0


def test_without_a_failpoint_nobody_is_killed(post, programs, server, tick):
    post.write(MAILS)
    worker = programs("worker", "--concurrency", "1")
    tick("deliver")
    post.until({"sent": MAILS})
    assert "signal 9" not in worker.end()
    assert copies(server, post) == 0


def test_a_worker_that_slept_past_its_lease_does_not_send(post, programs, server, tick):
    post.write(40)
    server.pause = 0.1
    sleeper = programs("worker", "--concurrency", "1")
    tick("deliver")
    wait_until(lambda: len(server.taken) > 3)
    sleeper.signal(signal.SIGSTOP)
    server.pause = 0.0
    post.end_leases()
    quick = programs("worker", "--concurrency", "1")
    tick("deliver")
    post.until({"sent": 40})
    sleeper.signal(signal.SIGCONT)
    wait_until(lambda: "taken over by another worker" in sleeper.log)
    tick("deliver")
    time.sleep(1)
    quick.end()
    assert copies(server, post) <= 1, "the mail in flight when it fell asleep"
