"""A draft is asked for, claimed under a lease, written, and tells why when it can't be."""

from datetime import timedelta

import pytest
from sqlalchemy import extract, func, select, update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.reporting import drafting
from events_service.domain.reporting.drafting import (
    CLAIMED,
    LEASE_SECONDS,
    MOST_ATTEMPTS,
    claim_draft,
    is_outdated,
    report_of,
    request_draft,
    write_draft,
)
from events_service.domain.reporting.editing import Words, edit_block
from events_service.model import Attendance, Event, NextStep, Report
from tests import reporting
from tests.reporting import JULY, editor


@pytest.fixture
def stockholm(db: Session, settings: Settings) -> Event:
    return reporting.stockholm(db, settings)


@pytest.fixture
def asked(db: Session, stockholm: Event) -> Report:
    return request_draft(db, stockholm, editor(db), now=JULY)


def state(report: Report) -> tuple[str, int, int]:
    return report.state, report.progress, report.attempts


def test_asking_twice_asks_once(db: Session, stockholm: Event, asked: Report) -> None:
    again = request_draft(db, stockholm, editor(db), now=JULY + timedelta(days=1))
    assert again is asked
    assert (asked.requested_at, state(asked)) == (JULY, ("requested", 0, 0))
    assert db.scalar(select(func.count()).select_from(Report)) == 1


def test_progress_can_be_seen_between_claim_and_draft(db: Session, asked: Report) -> None:
    claim = claim_draft(db)
    assert claim is not None
    assert state(asked) == ("drafting", CLAIMED, 1)
    assert write_draft(db, claim, now=JULY)
    db.refresh(asked)
    assert (state(asked), asked.lease_until) == (("draft", 100, 1), None)
    assert [block.part for block in asked.blocks][:3] == ["title", "content_type", "description"]
    assert claim_draft(db) is None


def test_a_claimed_report_is_left_to_its_worker_until_the_lease_ends(
    db: Session, asked: Report
) -> None:
    first = claim_draft(db)
    assert first is not None
    assert claim_draft(db) is None
    left = extract("epoch", Report.lease_until - func.clock_timestamp())
    seconds = db.scalar(select(left).where(Report.id == asked.id))
    assert 0 < LEASE_SECONDS - seconds < 30
    end_lease(db, asked)
    second = claim_draft(db)
    assert second is not None
    assert second.attempt == 2
    # The first worker comes back late: what it wrote is not taken.
    assert not write_draft(db, first, now=JULY)
    assert state(asked) == ("drafting", CLAIMED, 2)
    assert write_draft(db, second, now=JULY)


def end_lease(db: Session, report: Report) -> None:
    past = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 1)
    db.execute(update(Report).where(Report.id == report.id).values(lease_until=past))
    db.expire_all()


def test_a_draft_that_fails_five_times_says_why(
    db: Session, asked: Report, stockholm: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("attendance can’t be read")

    monkeypatch.setattr(drafting, "summary_facts", broken)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        claim = claim_draft(db)
        assert claim is not None
        assert write_draft(db, claim, now=JULY)
        assert claim_draft(db) is None  # not at once again
        end_lease(db, asked)
        last = attempt == MOST_ATTEMPTS
        assert state(asked)[0] == ("failed" if last else "requested")
        assert asked.problem == "ValueError: attendance can’t be read"
    assert claim_draft(db) is None
    monkeypatch.undo()
    # The control: asked for again, it is drafted.
    request_draft(db, stockholm, editor(db), now=JULY)
    claim = claim_draft(db)
    assert claim is not None
    assert write_draft(db, claim, now=JULY)
    assert (asked.state, asked.problem) == ("draft", None)


def test_a_report_whose_workers_all_died_is_given_up(db: Session, asked: Report) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert claim_draft(db) is not None
        end_lease(db, asked)
    assert claim_draft(db) is None
    assert (asked.state, asked.problem) == ("failed", drafting.WORKER_LOST)


def test_a_new_draft_takes_in_what_changed_and_keeps_what_staff_wrote(
    db: Session, stockholm: Event
) -> None:
    account = editor(db)
    report = reporting.drafted(db, stockholm)
    assert not is_outdated(db, stockholm, report)
    words = Words(paragraphs=["Cities met in Stockholm."], items=[])
    edit_block(db, reporting.part(report, "description"), words, account, now=JULY)
    db.add(NextStep(event_id=stockholm.id, text="Write to the cities", position=9))
    for row in db.scalars(select(Attendance).where(Attendance.event_id == stockholm.id)):
        if row.organisation_id:
            db.delete(row)
    db.flush()
    assert is_outdated(db, stockholm, report)
    report = reporting.drafted(db, stockholm)
    assert not is_outdated(db, stockholm, report)
    parts = [block.part for block in report.blocks]
    assert "city_associations" not in parts
    assert reporting.part(report, "next_steps").drafted["items"][-1] == "Write to the cities"
    description = reporting.part(report, "description")
    assert description.edited is not None
    assert description.edited["paragraphs"] == ["Cities met in Stockholm."]
    assert "guests" not in description.drafted["paragraphs"][0]


def test_an_edited_part_that_left_the_records_stays_until_it_is_reset(
    db: Session, stockholm: Event
) -> None:
    account = editor(db)
    report = reporting.drafted(db, stockholm)
    block = reporting.part(report, "city_associations")
    edit_block(db, block, Words(paragraphs=[], items=["Our words"]), account, now=JULY)
    for row in db.scalars(select(Attendance).where(Attendance.event_id == stockholm.id)):
        if row.organisation_id:
            db.delete(row)
    report = reporting.drafted(db, stockholm)
    kept = reporting.part(report, "city_associations")
    assert (kept.drafted["items"], kept.sources) == ([], [])
    assert kept.edited is not None
    assert kept.edited["items"] == ["Our words"]
    assert not is_outdated(db, stockholm, report)


def test_each_event_has_a_report_of_its_own(db: Session, asked: Report) -> None:
    assert asked.event.slug == "stockholm-2024"
    other = db.scalars(select(Event).where(Event.slug == "bratislava-2024")).one()
    assert report_of(db, other) is None
