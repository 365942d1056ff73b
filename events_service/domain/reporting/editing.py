"""What staff change in a drafted report. An edit remembers the draft it was made from, so that a
later draft that says something else shows as a difference and overwrites nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal, TypedDict, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.domain.reporting.drafting import report_of
from events_service.domain.reporting.facts import Body
from events_service.model import Account, Event, Report, ReportBlock
from events_service.translation import gettext as _

Change = tuple[Literal["same", "gone", "new"], str]


class Words(TypedDict):
    paragraphs: list[str]
    items: list[str]


class Edit(Words):
    """What staff wrote instead, and what the draft said then."""

    instead_of: Words


@dataclass(frozen=True)
class Difference:
    """The draft has changed since a block was edited."""

    changes: list[Change]


def drafted_report(session: Session, event: Event) -> Report:
    report = report_of(session, event)
    if report is None or not report.blocks:
        raise NotFound(_("There is no draft of this report yet. Ask for one first."))
    return report


def block_of(session: Session, event: Event, block_id: int) -> ReportBlock:
    block = session.scalar(
        select(ReportBlock)
        .join(Report, Report.id == ReportBlock.report_id)
        .where(Report.event_id == event.id, ReportBlock.id == block_id)
        .with_for_update(of=ReportBlock)
    )
    if block is None:
        raise NotFound(_("This part is no longer in the report. Go back to the report."))
    return block


def body_of(block: ReportBlock) -> Body:
    """The block as it will be printed: with the words of staff where they wrote some."""
    body = cast(Body, dict(block.drafted))
    if block.edited is None:
        return body
    edit = cast(Edit, block.edited)
    return Body({**body, "paragraphs": edit["paragraphs"], "items": edit["items"]})


def edit_block(
    session: Session, block: ReportBlock, words: Words, account: Account, *, now: datetime
) -> None:
    """Put the words of staff in the draft's place. Words that say what the draft says are no edit;
    no words at all leave the part out."""
    if block.part == "title" and not any(words["paragraphs"]):
        raise Refusal(_("The report needs a title."))
    if words == _words(block):
        reset_block(session, block)
        return
    block.edited = dict(Edit(**words, instead_of=_words(block)))
    block.edited_at, block.edited_by_id = now, account.id
    session.flush()


def reset_block(session: Session, block: ReportBlock) -> None:
    """Back to what the records say."""
    block.edited, block.edited_at, block.edited_by_id = None, None, None
    session.flush()


def keep_edit(session: Session, block: ReportBlock) -> None:
    """The edit stands although the draft has changed."""
    if block.edited is None:
        raise Conflict(_("This part is no longer edited. Load the page again."))
    block.edited = {**block.edited, "instead_of": dict(_words(block))}
    session.flush()


def difference(block: ReportBlock) -> Difference | None:
    """What changed in the draft since the block was edited."""
    if block.edited is None:
        return None
    before, after = cast(Edit, block.edited)["instead_of"], _words(block)
    return None if before == after else Difference(changes(_text(before), _text(after)))


def changes(before: str, after: str) -> list[Change]:
    """Word by word what is the same, gone and new."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(("gone", "".join(old[a:b])))
        if d > c:
            found.append(("new", "".join(new[c:d])))
    return found


def _words(block: ReportBlock) -> Words:
    return Words(paragraphs=block.drafted["paragraphs"], items=block.drafted["items"])


def _text(words: Words) -> str:
    return "\n".join([*words["paragraphs"], *words["items"]])
