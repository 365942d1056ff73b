"""The event page: kept and made anew, with few and many people registered, and how fresh it is."""

import random
import re
import statistics
import threading
import time

from benchmarks import data
from benchmarks.http_load import Connection, Result, get, run_in_process
from benchmarks.stand import Stand
from benchmarks.table import Row
from events_service.db import transaction
from events_service.domain.registration.seats import take_seats
from events_service.model import Event

EVENTS, CONNECTIONS = 200, 16


class Sales:
    """Takes a seat of some event every second, until stopped."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers, self.over = numbers, threading.Event()
        self.thread = threading.Thread(target=self._sell)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _sell(self) -> None:
        while not self.over.wait(1):
            with transaction() as db:
                take_seats(db, random.choice(self.numbers), 1)


def paths() -> list[str]:
    """The pages of all events, which are made when there are none yet."""
    with transaction() as db:
        if not db.query(Event).filter_by(slug="page-0").all():
            data.events(db, EVENTS, capacity=20_000, prefix="page")
    return [f"/events/page-{n}" for n in range(EVENTS)]


def load(port: int, paths: list[str], seconds: float) -> Result:
    mixed = random.Random(7)
    requests = [
        [get(port, path) for path in mixed.sample(paths, len(paths))] for _ in range(CONNECTIONS)
    ]
    return run_in_process(port, requests, seconds)


def _freshness(port: int, event: Event) -> float:
    """Seconds from the commit of a taken seat until the page says so."""
    connection, page = Connection(port), get(port, f"/events/{event.slug}")
    left = re.compile(rb"[^<>]* of [^<>]* places are free[^<>]*")
    delays = []
    assert left.search(connection.ask(page)[2]), "the page says nowhere how many places are free"
    for _ in range(9):
        before = left.search(connection.ask(page)[2])
        with transaction() as db:
            take_seats(db, event.id, 1)
        began = time.perf_counter()
        while (shown := left.search(connection.ask(page)[2])) and before:
            if shown[0] != before[0]:
                break
            time.sleep(0.005)
        delays.append(time.perf_counter() - began)
        time.sleep(0.1)
    return max(delays)


def measure(stand: Stand, runs: int, seconds: float) -> list[Row]:
    with transaction() as db:
        made = data.events(db, EVENTS, capacity=20_000, prefix="page")
        numbers, slugs = [one.id for one in made], [one.slug for one in made]
        light, heavy = made[0], made[1]
        data.registered(db, light, 10)
        data.registered(db, heavy, 10_000)
        someone = light.city.slug
    kept, fresh = [f"/events/{slug}" for slug in slugs], f"?clock={someone}"
    port = stand.settings.port
    with stand.web():
        load(port, kept, 2)
        with Sales(numbers):
            cached = [load(port, kept, seconds) for _ in range(runs)]
        slow = [load(port, [path + fresh for path in kept], seconds / 2) for _ in range(runs)]
        few, many = [], []
        for _ in range(runs):  # by turns, so that a busy moment of the machine meets both
            few.append(load(port, [kept[0] + fresh], seconds / 2))
            many.append(load(port, [kept[1] + fresh], seconds / 2))
        late = _freshness(port, light)
    assert all(set(one.statuses) == {200} for one in cached + slow + few + many)
    rate = statistics.median
    return [
        Row(
            "event page, 200 events, a seat sold each second",
            rate(r.rate for r in cached),
            "/s",
            "≥ 800",
        ),
        Row("  … made anew at each request", rate(r.rate for r in slow), "/s", ""),
        Row("  … made anew, 10 people registered", rate(r.rate for r in few), "/s", ""),
        Row("  … made anew, 10,000 people registered", rate(r.rate for r in many), "/s", ""),
        Row(
            "  … slower with 10,000 than with 10",
            rate(r.rate for r in few) / rate(r.rate for r in many),
            "×",
            "≤ 1.2",
        ),
        Row("  … a sold seat shows after, at the latest", late * 1000, "ms", "≤ 1,000"),
    ]
