"""The feed of a series through the real web process: first, again, unchanged, and its memory."""

import statistics
import time

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from benchmarks import data
from benchmarks.http_load import Connection, get
from benchmarks.stand import Stand, pss_of
from benchmarks.table import Row
from events_service.db import transaction
from events_service.model import Event

TIMES = 50
FEW, MANY = 500, 5_000
CHANGES = 15
_ONE_OF_MANY = Event.slug == f"feed-{MANY}-0"

# Copies of one event, spread over a thousand days: rows one by one would take a minute.
_COPY_EVENTS = """
insert into event ({columns}, slug, title, starts_on, ends_on)
select {columns}, slug || '-' || n, title || ' ' || n, starts_on - n % 1000, ends_on - n % 1000
from event, generate_series(1, :count - 1) as n where id = :first
"""
_COPY_SESSIONS = """
insert into agenda_session (event_id, held_on, starts, ends, fold, title, note, sample)
select copy.id, held_on + (copy.starts_on - first.starts_on), starts, ends, fold, one.title, note,
       one.sample
from event as copy, event as first join agenda_session as one on one.event_id = first.id
where first.id = :first and copy.series_id = first.series_id and copy.id <> first.id
"""


def _filled(db: Session, slug: str, count: int) -> str:
    """The path of a series of so many events of three days with twelve sessions."""
    [first] = data.events(db, 1, capacity=100, prefix=slug)
    written = {"id", "slug", "title", "starts_on", "ends_on"}
    columns = ", ".join(one.name for one in Event.__table__.c if one.name not in written)
    numbers = {"first": first.id, "count": count}
    db.execute(text(_COPY_EVENTS.format(columns=columns)), numbers)
    db.execute(text(_COPY_SESSIONS), numbers)
    db.execute(text("analyze event, agenda_session"))
    return f"/series/{slug}/calendar.ics"


class Program:
    """A calendar program on one connection, so that it speaks with one process."""

    def __init__(self, port: int, path: str) -> None:
        self.connection, self.request = Connection(port), get(port, path)

    def fetch(self, count: int, tag: bytes = b"") -> float:
        """Milliseconds that an answer of so many events takes; with `tag`, of one that says 304."""
        known = b"If-None-Match: " + tag + b"\r\n\r\n" if tag else b"\r\n"
        began = time.perf_counter()
        status, _, body = self.connection.ask(self.request[:-2] + known)
        took = (time.perf_counter() - began) * 1000
        assert (status, body.count(b"BEGIN:VEVENT")) == ((304, 0) if tag else (200, count))
        return took

    def tag(self) -> bytes:
        head = self.connection.ask(self.request)[1]
        return head.partition(b"ETag: ")[2].partition(b"\r\n")[0]


def _after_changes(program: Program, times: int) -> None:
    """As when a seat is taken, after which the feed is made anew."""
    for _ in range(times):
        with transaction() as db:
            db.execute(update(Event).values(revision=Event.revision + 1).where(_ONE_OF_MANY))
        program.fetch(MANY)


def measure(stand: Stand, runs: int) -> list[Row]:
    with transaction() as db:
        few, many = _filled(db, f"feed-{FEW}", FEW), _filled(db, f"feed-{MANY}", MANY)
        data.events(db, 1, capacity=100, prefix="newest")  # the start page shows this series
    port, cold = stand.settings.port, []
    for _ in range(runs):
        with stand.web():
            cold.append(Program(port, many).fetch(MANY))
    with stand.web() as web:
        warm = {path: Program(port, path) for path in (few, many)}
        for path, count in ((few, FEW), (many, MANY)):
            warm[path].fetch(count)
        tag = warm[many].tag()
        times = {
            "few": [warm[few].fetch(FEW) for _ in range(TIMES)],
            "many": [warm[many].fetch(MANY) for _ in range(TIMES)],
            "304": [warm[many].fetch(0, tag) for _ in range(TIMES)],
        }
        _after_changes(warm[many], 3)
        before = pss_of(web)
        _after_changes(warm[many], CHANGES)
        grown = pss_of(web) - before
    middle = statistics.median
    return [
        Row(f"feed of {FEW} events, warm", middle(times["few"]), "ms", "≤ 10"),
        Row(f"feed of {MANY:,} events, warm", middle(times["many"]), "ms", "≤ 30"),
        Row("  … the first from a new process", middle(cold), "ms", "≤ 400"),
        Row("  … unchanged (304)", middle(times["304"]), "ms", "≤ 3"),
        Row(f"  … memory after {CHANGES} changes more", grown, "MB", "flat"),
    ]
