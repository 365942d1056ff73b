"""F6 and F7: the broker forgets everything, ends, or freezes."""

import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from events_service import create_app
from events_service.config import Settings
from events_service.db import transaction
from events_service.running.broker import BrokerServer
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser, TestClock
from tests.web.officials.test_registration import LIAISON, MAYOR, form
from tests.workers.fixtures import Start
from tests.workers.outbox import Post
from tests.workers.programs import wait_until

pytestmark = pytest.mark.faults

MAILS = 2000
CITIES = ["Newark", "Boise", "Bratislava", "Cape Town", "Dijon"]
WORKSHOPS = 8
LETTERS_EACH = 3  # to each of the two members, and to whoever registered

Trouble = Callable[[BrokerServer], AbstractContextManager[None]]


def test_a_broker_that_forgets_everything_loses_no_mail(post, programs, server, broker):
    programs("worker", "--concurrency", "2")
    programs("beat")
    post.write(MAILS)
    flushed = 0
    while (sent := len(server.taken)) < MAILS:
        if sent >= (flushed + 1) * MAILS / 5:
            broker.flushall()
            flushed += 1
        time.sleep(0.02)
        assert post.states().get("dead", 0) == 0
    post.until({"sent": MAILS})
    assert flushed >= 4
    assert Counter(server.message_ids) == Counter(post.message_ids())


class Office:
    """City offices that register over the web, each by its link."""

    def __init__(self, app: Flask, links: list[str]) -> None:
        self.links = links
        self.app = app

    def register(self, links: Sequence[str]) -> float:
        """Each city names two people; 19 of 20 are confirmed within the seconds given back."""
        seconds = []
        for link in links:
            browser = Browser(self.app.test_client())
            browser.post(f"{link}/people", form(MAYOR, LIAISON))
            started = time.monotonic()
            answer = browser.post(f"{link}/confirm", at=f"{link}/review")
            seconds.append(time.monotonic() - started)
            assert (answer.status, answer.location) == (303, f"{link}?done=confirmed")
        return statistics.quantiles(seconds, n=20)[-1]


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[BrokerServer]:
    with BrokerServer(tmp_path / "own") as running:
        yield running


@pytest.fixture
def office(own_database: Engine, own_broker: BrokerServer) -> Office:
    settings = Settings(
        database_url=own_database.url.set(drivername="postgresql").render_as_string(False),
        redis_url=own_broker.url,
        secret_key=SECRET,
        public_url="http://localhost",
    )
    with transaction() as session:
        numbers = [
            cast.invited(session, workshop, name).id
            for workshop in [
                cast.event(session, capacity=500, slug=f"workshop-{n}") for n in range(WORKSHOPS)
            ]
            for name in CITIES
        ]
    links = [f"/r/{token_for(SECRET, 'city', number)}" for number in numbers]
    return Office(create_app(settings, TestClock()), links)


@contextmanager
def ended(server: BrokerServer) -> Iterator[None]:
    server.stop()
    yield
    server.start()


@contextmanager
def frozen(server: BrokerServer) -> Iterator[None]:
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    yield
    server.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("trouble", [ended, frozen])
def test_cities_register_as_ever_and_their_mail_leaves_when_the_broker_is_back(
    trouble: Trouble, office: Office, own_broker: BrokerServer, programs: Start, post: Post
) -> None:
    surroundings = {
        "REDIS_URL": own_broker.url,
        "CLOCK_STARTS_AT": TestClock().now.isoformat(),
    }
    worker = programs("worker", "--concurrency", "2", **surroundings)
    programs("beat", **surroundings)
    wait_until(lambda: "ready" in worker.log)
    half = len(office.links) // 2
    as_ever = office.register(office.links[:half])
    post.until({"sent": half * LETTERS_EACH})
    with trouble(own_broker):
        time.sleep(3)  # until what was on its way has been done
        without_broker = office.register(office.links[half:])
        assert post.states() == {
            "sent": half * LETTERS_EACH,
            "queued": (len(office.links) - half) * LETTERS_EACH,
        }
    post.until({"sent": len(office.links) * LETTERS_EACH})
    # Half a second, or what the machine takes for it anyway when it has other work.
    assert without_broker < max(0.5, 3 * as_ever)
