"""Sending people their calendar entries again because an organiser chose them in the list. The
letters wait in the outbox."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.outbox import write_down
from events_service.domain.recipients import recipient_of
from events_service.domain.refusals import Refusal
from events_service.domain.registration.nudging import check_may_nudge
from events_service.domain.registration.runs import standing
from events_service.domain.registration.sending_again import AGAIN, last_letters, once_more
from events_service.domain.scheduling.pending import refuse_while_leaving
from events_service.domain.snapshot import event_facts
from events_service.model import (
    Delegation,
    Event,
    Invitation,
    Member,
    OutboxMail,
    SuppressedAddress,
)
from events_service.translation import gettext as _

LeftOut = Literal["removed", "withdrawn", "waiting", "refused", "never_sent"]


@dataclass(frozen=True)
class Chosen:
    """Who gets which letters once more, and who none and why. `letters`: entry and last letter."""

    people: tuple[Member, ...]
    letters: tuple[tuple[Invitation, Any], ...]
    left_out: tuple[tuple[Member, LeftOut], ...]


def choose(session: Session, event: Event, numbers: Collection[int]) -> Chosen:
    """What sending would do for these people; those of other events are passed over."""
    members = _members(session, event, numbers)
    last = last_letters(session, [one.id for member in members for one in standing(member)])
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
    now: datetime,
) -> Chosen:
    """Draft the letters; who has left meanwhile gets none. A letter about the same entry that
    waits already tells how it stands now, so that nobody gets two."""
    refuse_sending(session, event, now)
    chosen = choose(session, event, numbers)
    if not chosen.letters:
        raise Refusal(_("None of these people has an invitation that can be sent again."))
    facts = event_facts(event)
    waiting = _waiting(session, [entry.id for entry, _last in chosen.letters])
    rows = [
        once_more(
            settings,
            last.letter,
            last.facts,
            facts,
            entry,
            cause=f"organiser-{now.timestamp():.6f}",
            now=now,
            for_approval=True,
        )
        for entry, last in chosen.letters
    ]
    write_down(session, [row for row in rows if row["invitation_id"] not in waiting])
    for (entry, _last), row in zip(chosen.letters, rows, strict=True):
        if mail := waiting.get(entry.id):
            approval.tell_anew(mail, recipient_of(entry.member), row["facts"], now=now)
    session.flush()
    return chosen


def _waiting(session: Session, entries: Collection[int]) -> dict[int | None, OutboxMail]:
    """Letters that send these entries once more and that nobody has released, by entry."""
    found = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.invitation_id.in_(entries),
            OutboxMail.state == "drafted",
            OutboxMail.dedupe_key.startswith(AGAIN, autoescape=True),
        )
        .with_for_update()
    )
    return {mail.invitation_id: mail for mail in found}


def refuse_sending(session: Session, event: Event, now: datetime) -> None:
    check_may_nudge(event, "", now)
    refuse_while_leaving(session, event.id)


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


def _refused(session: Session, members: Collection[Member]) -> set[str]:
    """Addresses, in lower case, that a mail server takes nothing for."""
    addresses = [member.address.lower() for member in members]
    asked = select(SuppressedAddress.address).where(SuppressedAddress.address.in_(addresses))
    return set(session.scalars(asked))
