"""Drafted letters of one kind that wait at their event for an organiser."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from events_service.letters import LetterName
from events_service.model import OutboxMail
from events_service.queries.counting import counted

NUDGE: LetterName = "member_nudge"
REMINDER: LetterName = "city_reminder"
AT_THEIR_EVENT = (NUDGE, REMINDER)


@dataclass(frozen=True)
class Draft:
    """A letter that waits. `digest`: SHA-256 of its bytes; empty while it is being written."""

    mail: OutboxMail  # without its bytes
    digest: str


def drafts_to_read(session: Session, event_id: int, letter: LetterName) -> list[Draft]:
    """Letters that nobody has released yet, in the order in which they were drafted."""
    digest = func.coalesce(func.encode(func.sha256(OutboxMail.rendered), "hex"), "")
    found = session.execute(
        select(OutboxMail, digest)
        .where(
            OutboxMail.event_id == event_id,
            OutboxMail.letter == letter,
            OutboxMail.state == "drafted",
        )
        .options(defer(OutboxMail.rendered))
        .order_by(OutboxMail.id)
    )
    return [Draft(mail, digest) for mail, digest in found]


def drafts_waiting(
    session: Session, event_ids: Collection[int], letter: LetterName
) -> dict[int, int]:
    """How many wait at each of these events; events without any are left out."""
    return counted(
        session,
        select(OutboxMail.event_id, func.count())
        .where(
            OutboxMail.event_id.in_(event_ids),
            OutboxMail.letter == letter,
            OutboxMail.state == "drafted",
        )
        .group_by(OutboxMail.event_id),
    )
