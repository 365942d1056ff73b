"""Rendering and sending invitations, and a bare smtplib loop with the same bytes beside it."""

import smtplib
import threading
import time
from collections.abc import Sequence
from statistics import median

from sqlalchemy import func, select, update

from benchmarks import data
from benchmarks.smtp_sink import Sink
from benchmarks.stand import Stand
from benchmarks.table import Row
from events_service.db import transaction
from events_service.domain.registration.confirming import confirm_delegation
from events_service.letters.message import seal
from events_service.model import OutboxMail

MAILS = 2000


def _promised(stand: Stand, run: int) -> None:
    """Exactly MAILS invitations in the outbox, not rendered."""
    with transaction() as db:
        (event,) = data.events(db, 1, capacity=20_000, prefix=f"mail-{run}")
        invitations = data.drafts(db, event, MAILS // 2, f"m{run}")
    for start in range(0, len(invitations), 100):
        with transaction() as db:
            for one in invitations[start : start + 100]:
                confirm_delegation(db, stand.settings, one.id, now=data.NOW)
    _set_aside("delegation_confirmed")


def _set_aside(letter: str) -> None:
    """Receipts are not what is measured."""
    with transaction() as db:
        db.execute(update(OutboxMail).where(OutboxMail.letter == letter).values(state="discarded"))


def _drained(stand: Stand, sink: Sink) -> float:
    """Seconds from the first claim to the last mail's arrival, with two worker processes."""
    before = sink.taken()[0]
    with stand.workers(sink.url):
        while sink.taken()[0] == before and not _started():
            time.sleep(0.02)
        began = time.time()
        return sink.wait_for(before + MAILS) - began


def _started() -> bool:
    with transaction() as db:
        rendered = select(func.count()).where(
            OutboxMail.state == "queued", OutboxMail.rendered.is_not(None)
        )
        return bool(db.scalar(rendered))


def _queue_again() -> None:
    """What was sent is queued again as it was rendered: the same bytes."""
    with transaction() as db:
        db.execute(
            update(OutboxMail)
            .where(OutboxMail.state == "sent")
            .values(state="queued", attempts=0, sent_at=None, sent_via=None, lease_until=None)
        )


def _wire_bytes(stand: Stand) -> list[tuple[str, bytes]]:
    with transaction() as db:
        rendered = OutboxMail.rendered.is_not(None)
        chosen = select(OutboxMail.to_address, OutboxMail.rendered).where(rendered)
        rows = db.execute(chosen.limit(MAILS)).all()
    return [(to, seal(stand.settings.secret_key, raw)) for to, raw in rows if raw is not None]


def _bare_loop(sink: Sink, mails: Sequence[tuple[str, bytes]], connections: int) -> float:
    """Mails a second of smtplib alone on that many connections."""

    def send(part: Sequence[tuple[str, bytes]]) -> None:
        with smtplib.SMTP("127.0.0.1", sink.port) as server:
            for to, wire in part:
                server.sendmail("bounces@events.example.org", [to], wire)

    threads = [
        threading.Thread(target=send, args=(mails[n::connections],)) for n in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(mails) / (time.perf_counter() - began)


def measure(stand: Stand, sink: Sink, runs: int) -> list[Row]:
    both, alone = [], []
    bare: dict[int, list[float]] = {1: [], 2: [], 4: []}
    for run in range(runs):
        with transaction() as db:
            db.execute(update(OutboxMail).values(state="discarded"))
        _promised(stand, run)
        both.append(MAILS / _drained(stand, sink))
        _queue_again()
        alone.append(MAILS / _drained_rendered(stand, sink))
        wire = _wire_bytes(stand)
        for connections, rates in bare.items():
            rates.append(_bare_loop(sink, wire, connections))
    ratio = median(one / other for one, other in zip(alone, bare[2], strict=True))
    return [
        Row(
            "render and send 2,000 invitations, two processes",
            median(both),
            "/s",
            "≥ 250",
        ),
        Row("send what is rendered, two processes", median(alone), "/s", ""),
        Row("  … of the bare loop on two connections", ratio * 100, "%", "≥ 60"),
        *(
            Row(f"  bare smtplib, same bytes and sink, connections: {n}", median(rates), "/s", "")
            for n, rates in bare.items()
        ),
    ]


def _drained_rendered(stand: Stand, sink: Sink) -> float:
    """Seconds between the first and the last arrival."""
    before = sink.taken()[0]
    with stand.workers(sink.url):
        while sink.taken()[0] == before:
            time.sleep(0.005)
        first, began = sink.taken()[0] - before, time.time()
        seconds = sink.wait_for(before + MAILS) - began
    return seconds * MAILS / (MAILS - first)
