"""Drafting a report by a worker: asked for by a person, claimed under a lease, written, kept.

Claiming and writing are two transactions, so that a page can show that the draft is being made,
and so that an attempt counts even if its worker dies. Leases run by the database's clock.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from events_service.domain.reporting.facts import Block, Body
from events_service.domain.reporting.gathering import summary_facts
from events_service.domain.reporting.summary import draft_summary
from events_service.model import Account, Event, Report, ReportBlock
from events_service.trace import trace_id

LEASE_SECONDS = 60
WAIT_SECONDS = 5  # before the next try
MOST_ATTEMPTS = 5
CLAIMED, WRITTEN = 10, 100  # per cent
WORKER_LOST = "The worker stopped each time it drafted this report."
log = structlog.get_logger("reports")


@dataclass(frozen=True)
class Claim:
    report_id: int
    attempt: int


def report_of(session: Session, event: Event) -> Report | None:
    return session.scalar(select(Report).where(Report.event_id == event.id))


def request_draft(session: Session, event: Event, account: Account, *, now: datetime) -> Report:
    """Ask for a draft, or for a new one beside what staff have edited. Asking twice asks once."""
    report = report_of(session, event)
    if report is None:
        report = Report(event_id=event.id, blocks=[], versions=[])
        session.add(report)
    elif report.state in ("requested", "drafting"):
        return report
    report.state, report.requested_at, report.requested_by_id = "requested", now, account.id
    report.progress, report.problem, report.attempts = 0, None, 0
    report.lease_until, report.trace_id = None, trace_id.get()
    session.flush()
    return report


def is_outdated(session: Session, event: Event, report: Report) -> bool:
    """Whether the records say something else now than when the report was drafted."""
    now_drafted = {block.part: block.body for block in draft_summary(summary_facts(session, event))}
    then = {block.part: block.drafted for block in report.blocks if block.sources}
    return now_drafted != then


def claim_draft(session: Session) -> Claim | None:
    """Take the oldest report that waits, or whose worker went away, for LEASE_SECONDS."""
    report = session.scalar(
        select(Report)
        .where(
            Report.state.in_(("requested", "drafting")),
            Report.lease_until.is_(None) | (Report.lease_until < func.clock_timestamp()),
        )
        .order_by(Report.requested_at, Report.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if report is None:
        return None
    if report.attempts >= MOST_ATTEMPTS:  # every one of them ended without a word
        _give_up(report, WORKER_LOST)
        return None
    report.state, report.attempts = "drafting", report.attempts + 1
    report.progress, report.lease_until = CLAIMED, _from_now(LEASE_SECONDS)
    session.flush()
    return Claim(report.id, report.attempts)


def write_draft(session: Session, claim: Claim, *, now: datetime) -> bool:
    """Write what was claimed. False: the lease ended and somebody else took the report.

    A failure is noted and tried again; after MOST_ATTEMPTS the report's page says why.
    """
    report = session.get(Report, claim.report_id, with_for_update=True, populate_existing=True)
    if report is None or (report.state, report.attempts) != ("drafting", claim.attempt):
        return False
    try:
        with session.begin_nested():
            _write(session, report)
    except Exception as problem:  # whatever it is, the page has to say so
        _failed(report, problem)
    else:
        log.info("report drafted", of_event=report.event_id, seconds=_waited(report, now))
    session.flush()
    return True


def _write(session: Session, report: Report) -> None:
    event = session.get_one(Event, report.event_id)
    _keep(report, draft_summary(summary_facts(session, event)))
    report.state, report.progress, report.problem, report.lease_until = "draft", WRITTEN, None, None


def _keep(report: Report, blocks: list[Block]) -> None:
    """Renew what the records say. What staff edited stays; a part that the records no longer
    hold stays only where it was edited."""
    known = {block.part: block for block in report.blocks}
    drafted = {block.part: block for block in blocks}
    for position, (part, block) in enumerate(drafted.items()):
        kept = known.get(part) or ReportBlock(part=part)
        kept.position, kept.drafted = position, dict(block.body)
        kept.sources = list(block.sources)
        if part not in known:
            report.blocks.append(kept)
    for part, old in known.items():
        if part in drafted:
            continue
        if old.edited is None:
            report.blocks.remove(old)
        else:
            heading = str(old.drafted["heading"])
            old.drafted = dict(
                Body(heading=heading, paragraphs=[], items=[], quotes=[], practices=[])
            )
            old.sources = []


def _failed(report: Report, problem: Exception) -> None:
    log.error("drafting failed", report=report.id, attempt=report.attempts, exc_info=problem)
    reason = f"{type(problem).__name__}: {problem}"
    if report.attempts >= MOST_ATTEMPTS:
        _give_up(report, reason)
        return
    report.state, report.progress, report.problem = "requested", 0, reason
    report.lease_until = _from_now(WAIT_SECONDS)


def _give_up(report: Report, reason: str) -> None:
    report.state, report.problem, report.lease_until = "failed", reason, None


def _from_now(seconds: int) -> ColumnElement[datetime]:
    return func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)


def _waited(report: Report, now: datetime) -> float:
    return (now - report.requested_at).total_seconds()
