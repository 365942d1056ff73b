"""Drafted letters of an event, released at once by whoever has read them, and taken back within
the minute before they leave."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from events_service.domain.delivery import approval
from events_service.domain.delivery.conditions import outdated_of
from events_service.domain.delivery.outbox_groups import (
    Waiting,
    hash_of,
    is_twin,
    waiting_letters,
)
from events_service.domain.outbox import Recipient
from events_service.domain.refusals import Conflict
from events_service.model import Account, CityInvitation, Delegation, Event, OutboxMail
from events_service.model.outbox_groups import NUDGE, at_their_event, sends_again
from events_service.translation import gettext as _

UNDO = timedelta(seconds=60)
_UNTAKEN = and_(OutboxMail.state == "queued", OutboxMail.attempts == 0)


@dataclass(frozen=True)
class Released:
    """How many leave in a minute; and of how many what they ask has been answered, or has
    changed, so that they are put aside."""

    sent: int
    outdated: int


@dataclass(frozen=True)
class TakenBack:
    held: int
    gone: int  # a worker had taken them, or something newer counts on them


def release_letters(
    session: Session,
    event: Event,
    approver: Account,
    *,
    read: str,
    group: str | None = None,
    now: datetime,
) -> Released:
    """Let the letters of one group, or of all, leave in a minute. `read`: the `hash_of` those that
    the person has read.

    Conflict, and nothing leaves, when they are other ones now, to other people or in other words;
    when one of them is not written yet; or when none waits.
    """
    letters = waiting_letters(session, event.id, group, hold=True)
    _refuse_unread(letters, read)
    _refuse_when_over(event, now)
    outdated = outdated_of(session, [one.id for one in letters], now=now)
    leaving = [one for one in letters if one.id not in outdated]
    if not all(one.digest for one in leaving):
        raise Conflict(_("Some letters are not written yet. Load the page again in a moment."))
    _set(session, OutboxMail.id.in_(outdated), state="discarded")
    _set(
        session,
        OutboxMail.id.in_([one.id for one in leaving]),
        state="queued",
        approved_by_id=approver.id,
        approved_at=now,
        approved_hash=func.encode(func.sha256(OutboxMail.rendered), "hex"),
        due_at=now + UNDO,
    )
    _note_asked(session, [one.id for one in leaving], now)
    return Released(len(leaving), len(outdated))


def release_event(session: Session, event: Event, account: Account, *, now: datetime) -> Released:
    """Release every letter of the event as it stands, for whoever has just read them all."""
    read = hash_of(waiting_letters(session, event.id))
    return release_letters(session, event, account, read=read, now=now)


def take_back(session: Session, event_id: int, released_at: datetime) -> TakenBack:
    """Have what was released at that moment wait again. Conflict when all of it has left, or must
    leave."""
    release = OutboxMail.event_id == event_id, OutboxMail.approved_at == released_at
    held = hold_again(session, *release)
    if not held:
        raise Conflict(
            _(
                "This can’t be undone: the letters have left, wait in the outbox already, or "
                "something newer was decided about the same delegation."
            )
        )
    gone = session.scalar(select(func.count()).select_from(OutboxMail).where(*release)) or 0
    return TakenBack(len(held), gone)


def hold_again(session: Session, *which: ColumnElement[bool]) -> Sequence[int]:
    """Have letters that were released wait again, as far as no worker has taken them and nothing
    newer counts on them, and in place of a second letter that was drafted meanwhile; their
    numbers."""
    _hold_delegations(session, *which)
    held = session.scalars(
        update(OutboxMail)
        .where(*which, at_their_event(), OutboxMail.approved_at.is_not(None))
        .where(_UNTAKEN, ~exists().where(_their_delegation(), _counts_on_them()))
        .values(state="drafted", approved_by_id=None, approved_at=None, approved_hash=None)
        .returning(OutboxMail.id)
    ).all()
    _drop_reminders(session, held)
    _tell_once(session, held)
    return held


def _hold_delegations(session: Session, *which: ColumnElement[bool]) -> None:
    """So that nothing is decided meanwhile by whoever counts on these letters of a decision."""
    theirs = exists().where(*which, OutboxMail.decided_at.is_not(None), _their_delegation())
    session.execute(
        select(Delegation.id).where(theirs).order_by(Delegation.id).with_for_update(read=True)
    )


def _their_delegation() -> ColumnElement[bool]:
    return and_(
        Delegation.event_id == OutboxMail.event_id, Delegation.city_id == OutboxMail.city_id
    )


def _counts_on_them() -> ColumnElement[bool]:
    """What was decided about the delegation, or handed in, since the letters were written."""
    last = func.greatest(Delegation.decided_at, Delegation.submitted_at)  # passes over null
    return last > OutboxMail.decided_at


def _drop_reminders(session: Session, held: Collection[int]) -> None:
    """Nobody is reminded of an invitation that waits again, nor is it sent to them once more."""
    first = aliased(OutboxMail)
    _set(
        session,
        and_(
            or_(OutboxMail.state == "drafted", _UNTAKEN),
            or_(OutboxMail.letter == NUDGE, sends_again(OutboxMail)),
            OutboxMail.invitation_id.in_(
                select(first.invitation_id).where(
                    first.id.in_(held), first.letter == "member_invited", ~sends_again(first)
                )
            ),
        ),
        state="discarded",
    )


def _tell_once(session: Session, held: Collection[int]) -> None:
    """A letter that waits again tells what a newer one to the same recipient tells, which is put
    aside. If it was the first that they get, it still is."""
    newer = aliased(OutboxMail)
    pairs = session.execute(
        select(OutboxMail, newer)
        .join(newer, and_(is_twin(newer, OutboxMail), newer.id > OutboxMail.id))
        .where(OutboxMail.id.in_(held), newer.state == "drafted", newer.id.not_in(held))
        .order_by(newer.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for mail, second in pairs.all():
        to = Recipient(second.to_address, second.to_name, second.cc_address, second.language)
        facts = {**second.facts}
        if "again" in facts:
            facts["again"] = mail.facts["again"]
        approval.tell_anew(mail, to, facts, now=second.created_at)
        second.state = "discarded"
    session.flush()


def _refuse_unread(letters: Collection[Waiting], read: str) -> None:
    if not letters:
        raise Conflict(_("No letter waits any more: they were released or put aside meanwhile."))
    if hash_of(letters) != read:
        raise Conflict(
            _(
                "Something in these letters has changed since you read it. Nothing has left. Read "
                "them again, then release them."
            )
        )


def _refuse_when_over(event: Event, now: datetime) -> None:
    if event.ends_on < now.astimezone(event.zone).date():
        raise Conflict(_("This workshop is over, so these letters are late. Put them aside."))


def _note_asked(session: Session, mail_ids: Collection[int], now: datetime) -> None:
    """A city counts as asked from when its letter is let go, not from when it was drafted."""
    rows = session.execute(
        select(CityInvitation, OutboxMail.facts["again"].as_boolean())
        .join(
            OutboxMail,
            and_(
                OutboxMail.event_id == CityInvitation.event_id,
                OutboxMail.city_id == CityInvitation.city_id,
            ),
        )
        .where(OutboxMail.id.in_(mail_ids), OutboxMail.letter == "city_invited")
    )
    for invitation, again in rows:
        if again:
            invitation.sent_again_at = now
        else:
            invitation.invited_at = now
    session.flush()


def _set(session: Session, which: ColumnElement[bool], **values: object) -> None:
    session.execute(
        update(OutboxMail)
        .where(which)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )
