"""Sending people their calendar entries again because an organiser chose them in the list. The
letters wait a minute, in which they can be held back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.outbox import write_down
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.nudging import check_may_nudge
from events_service.domain.registration.runs import standing
from events_service.domain.registration.sending_again import AGAIN, CALENDAR_LETTERS, once_more
from events_service.domain.scheduling.pending import UNDO, refuse_while_pending
from events_service.domain.snapshot import event_facts
from events_service.model import (
    Delegation,
    Event,
    Invitation,
    Member,
    OutboxMail,
    SuppressedAddress,
)

LeftOut = Literal["removed", "withdrawn", "waiting", "refused", "never_sent"]
GONE = "These letters have left, or were held back already."


@dataclass(frozen=True)
class Chosen:
    """Who gets which letters once more, and who none and why. `letters`: entry and last letter."""

    people: tuple[Member, ...]
    letters: tuple[tuple[Invitation, Any], ...]
    left_out: tuple[tuple[Member, LeftOut], ...]


def choose(session: Session, event: Event, numbers: Collection[int]) -> Chosen:
    """What sending would do for these people; those of other events are passed over."""
    members = _members(session, event, numbers)
    last = _last_letters(session, [one.id for member in members for one in standing(member)])
    refused = _refused(session, members)
    letters: dict[int, list[tuple[Invitation, Any]]] = defaultdict(list)
    left_out: list[tuple[Member, LeftOut]] = []
    for member in members:
        why = _why_not(member, refused)
        entries = [(one, last[one.id]) for one in standing(member) if one.id in last]
        if why or not entries:
            left_out.append((member, why or "never_sent"))
        else:
            letters[member.id] = entries
    return Chosen(
        tuple(member for member in members if member.id in letters),
        tuple(entry for entries in letters.values() for entry in entries),
        tuple(left_out),
    )


def send_to_many(
    session: Session,
    settings: Settings,
    event: Event,
    numbers: Collection[int],
    *,
    batch: str,
    now: datetime,
) -> Chosen:
    """Promise the letters, due in a minute; who has left meanwhile gets none. `batch`: a word of
    letters and figures that no other sending has. Conflict when it was used."""
    refuse_sending(session, event, now)
    if session.scalar(select(OutboxMail.id).where(_of(event, batch)).limit(1)) is not None:
        raise Conflict("These letters were promised already. Choose people again to write anew.")
    chosen = choose(session, event, numbers)
    if not chosen.letters:
        raise Refusal("None of these people has an invitation that can be sent again.")
    facts = event_facts(event)
    write_down(
        session,
        [
            {
                **once_more(
                    settings, last.letter, last.facts, facts, entry, cause=_cause(batch), now=now
                ),
                "due_at": now + UNDO,
            }
            for entry, last in chosen.letters
        ],
    )
    return chosen


def refuse_sending(session: Session, event: Event, now: datetime) -> None:
    check_may_nudge(event, "", now)
    refuse_while_pending(session, event.id)


def hold_back(session: Session, event: Event, batch: str) -> tuple[int, int]:
    """Discard the letters that no worker has taken yet: how many, and how many are gone. Conflict
    when none is left to hold back."""
    held = session.execute(
        update(OutboxMail)
        .where(_of(event, batch), OutboxMail.state == "queued", OutboxMail.attempts == 0)
        .values(state="discarded", last_answer="Held back by an organiser")
        .returning(OutboxMail.id)
    ).all()
    if not held:
        raise Conflict(GONE)
    count = session.scalar(select(func.count()).select_from(OutboxMail).where(_of(event, batch)))
    return len(held), (count or 0) - len(held)


def _cause(batch: str) -> str:
    return f"organiser-{batch}"


def _of(event: Event, batch: str) -> ColumnElement[bool]:
    """The letters of one sending."""
    mine = OutboxMail.dedupe_key.startswith(AGAIN, autoescape=True)
    its = OutboxMail.dedupe_key.endswith(f":{_cause(batch)}", autoescape=True)
    return (OutboxMail.event_id == event.id) & mine & its


def _why_not(member: Member, refused: Collection[str]) -> LeftOut | None:
    state = member.delegation.state
    if state == "withdrawn":
        return "withdrawn"
    if member.removed_at is not None:
        return "removed"
    if state != "confirmed":
        return "waiting"
    return "refused" if member.address.lower() in refused else None


def _members(session: Session, event: Event, numbers: Collection[int]) -> Sequence[Member]:
    return session.scalars(
        select(Member)
        .join(Delegation)
        .where(Delegation.event_id == event.id, Member.id.in_(numbers))
        .options(
            joinedload(Member.delegation, innerjoin=True),
            selectinload(Member.invitations),
        )
        .order_by(Member.id)
    ).all()


def _last_letters(session: Session, entries: Collection[int]) -> dict[int, Any]:
    """By entry: name and facts of the last letter that carried it."""
    found = session.execute(
        select(OutboxMail.invitation_id, OutboxMail.letter, OutboxMail.facts)
        .ext(distinct_on(OutboxMail.invitation_id))
        .where(OutboxMail.invitation_id.in_(entries), OutboxMail.letter.in_(CALENDAR_LETTERS))
        .order_by(OutboxMail.invitation_id, OutboxMail.id.desc())
    )
    return {row.invitation_id: row for row in found}


def _refused(session: Session, members: Collection[Member]) -> set[str]:
    """Addresses, in lower case, that a mail server takes nothing for."""
    addresses = [member.address.lower() for member in members]
    asked = select(SuppressedAddress.address).where(SuppressedAddress.address.in_(addresses))
    return set(session.scalars(asked))
