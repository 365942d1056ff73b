"""Confirming delegations of two, CSRF and all: on one event and spread over fifty."""

import re
import statistics
import time
from urllib.parse import urlencode

from benchmarks import data
from benchmarks.http_load import Connection, Result, get, run_in_process
from benchmarks.smtp_sink import Sink
from benchmarks.stand import Stand
from benchmarks.table import Row
from events_service.db import transaction
from events_service.model import CityInvitation
from events_service.tokens import token_for

CLIENTS, EACH, MAILS_EACH = 8, 75, 3


class Visitor:
    """A browser that has loaded a page: its cookie and its token go with every form."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        _status, head, body = Connection(port).ask(get(port, path))
        cookie = re.search(rb"(?i)set-cookie: (session=[^;]+)", head)
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', body)
        assert cookie and token
        self.cookie, self.token = cookie[1].decode(), token[1].decode()

    def post(self, path: str) -> bytes:
        body = urlencode({"csrf_token": self.token})
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def _path(stand: Stand, invitation: CityInvitation) -> str:
    return f"/r/{token_for(stand.settings.secret_key, 'city', invitation.id)}"


def load(stand: Stand, invitations: list[CityInvitation]) -> Result:
    port = stand.settings.port
    visitor = Visitor(port, _path(stand, invitations[0]) + "/review")
    posts = [visitor.post(_path(stand, one) + "/confirm") for one in invitations]
    result = run_in_process(port, [posts[n::CLIENTS] for n in range(CLIENTS)], 0)
    assert result.statuses == {303: len(posts)}, result.statuses
    return result


def prepared(spread: int, run: int) -> list[CityInvitation]:
    count = CLIENTS * EACH
    with transaction() as db:
        made = data.events(db, spread, capacity=20_000, prefix=f"confirm-{spread}-{run}")
        several = [data.drafts(db, one, count // spread, f"c{run}") for one in made]
    return [group[n] for n in range(count // spread) for group in several]


def measure(stand: Stand, runs: int) -> list[Row]:
    """With the worker stopped, so that every mail waits in the outbox."""
    rows = []
    with stand.web():
        load(stand, prepared(1, -1)[:80])
        for spread, name in ((1, "one event"), (50, "fifty events")):
            results = [load(stand, prepared(spread, run)) for run in range(runs)]
            rate = statistics.median(one.rate for one in results)
            p99 = statistics.median(one.p99 for one in results) * 1000
            rows.append(Row(f"confirm a delegation of two, {name}", rate, "/s", "≥ 200"))
            rows.append(Row("  … 99 of 100 answered within", p99, "ms", "≤ 250"))
    return rows


def measure_last_mail(stand: Stand, sink: Sink) -> Row:
    """From the first confirmation until the last of its mails is at the sink, workers running."""
    invitations = prepared(1, 99)
    before = sink.taken()[0]
    with stand.web(), stand.workers(sink.url):
        began = time.time()
        load(stand, invitations)
        last_at = sink.wait_for(before + MAILS_EACH * len(invitations))
    what = f"{len(invitations)} confirmations, until the last of {MAILS_EACH * len(invitations):,} mails is there"
    return Row(what, last_at - began, "s", "")
