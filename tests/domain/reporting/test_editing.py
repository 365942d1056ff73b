"""Words of staff survive a new draft; what the draft says differently is shown, not taken."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.domain.reporting import editing
from events_service.domain.reporting.editing import Words, changes
from events_service.model import Account, Event, Report
from tests import cast, reporting
from tests.reporting import JULY, editor, part

OURS = Words(paragraphs=["Our words."], items=[])


@pytest.fixture
def account(db: Session) -> Account:
    return editor(db)


@pytest.fixture
def stockholm(db: Session, settings: Settings) -> Event:
    return reporting.stockholm(db, settings)


@pytest.fixture
def report(db: Session, stockholm: Event) -> Report:
    return reporting.drafted(db, stockholm)


def test_an_edit_stands_in_the_drafts_place_and_can_be_taken_back(
    db: Session, report: Report, account: Account
) -> None:
    block = part(report, "where_and_when")
    drafted = editing.body_of(block)["paragraphs"]
    editing.edit_block(db, block, OURS, account, now=JULY)
    assert editing.body_of(block)["paragraphs"] == ["Our words."]
    assert (block.edited_at, block.edited_by_id) == (JULY, account.id)
    editing.reset_block(db, block)
    assert editing.body_of(block)["paragraphs"] == drafted
    assert (block.edited, block.edited_at, block.edited_by_id) == (None, None, None)


def test_saving_what_the_draft_says_is_no_edit(
    db: Session, report: Report, account: Account
) -> None:
    block = part(report, "partners")
    editing.edit_block(db, block, OURS, account, now=JULY)
    same = Words(paragraphs=[], items=list(block.drafted["items"]))
    editing.edit_block(db, block, same, account, now=JULY + timedelta(hours=1))
    assert block.edited is None


def test_a_report_keeps_a_title(db: Session, report: Report, account: Account) -> None:
    nothing = Words(paragraphs=[], items=[])
    with pytest.raises(Refusal, match="needs a title"):
        editing.edit_block(db, part(report, "title"), nothing, account, now=JULY)
    editing.edit_block(db, part(report, "donors"), nothing, account, now=JULY)
    assert editing.body_of(part(report, "donors"))["items"] == []


def test_a_changed_draft_shows_as_a_difference_to_take_or_to_leave(
    db: Session, stockholm: Event, report: Report, account: Account
) -> None:
    block = part(report, "title")
    editing.edit_block(db, block, OURS, account, now=JULY)
    assert editing.difference(block) is None
    stockholm.title = "City-Led Strategies for Trust"
    report = reporting.drafted(db, stockholm)
    block = part(report, "title")
    assert editing.body_of(block)["paragraphs"] == ["Our words."]
    found = editing.difference(block)
    assert found is not None
    assert [change for change in found.changes if change[0] != "same"] == [
        ("gone", "Strengthening Community Resilience to Extremist Violence and Hate"),
        ("new", "Trust"),
    ]
    editing.keep_edit(db, block)
    assert editing.difference(block) is None
    assert editing.body_of(block)["paragraphs"] == ["Our words."]
    editing.reset_block(db, block)
    assert editing.body_of(block)["paragraphs"] == ["City-Led Strategies for Trust"]
    with pytest.raises(Conflict):
        editing.keep_edit(db, block)


def test_differences_word_by_word() -> None:
    assert changes("ten cities met", "nine cities met again") == [
        ("gone", "ten"),
        ("new", "nine"),
        ("same", " cities met"),
        ("new", " again"),
    ]
    assert changes("same", "same") == [("same", "same")]


def test_parts_are_found_only_in_their_own_event(db: Session, report: Report) -> None:
    other = cast.event(db)
    with pytest.raises(NotFound):
        editing.block_of(db, other, report.blocks[0].id)
    with pytest.raises(NotFound):
        editing.drafted_report(db, other)
    assert editing.block_of(db, report.event, report.blocks[0].id) is report.blocks[0]
