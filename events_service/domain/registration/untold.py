"""Decisions that nobody has been told of: their letters wait to be read and sent.

Until they leave, a decision can be taken back as if it had never been made.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from events_service.domain.registration.seating import release_seats
from events_service.letters import LetterName
from events_service.model import Delegation, Invitation, OutboxMail
from events_service.model.registration import DelegationState

DECISION_LETTERS: tuple[LetterName, ...] = (
    "delegation_approved",
    "delegation_turned_down",
    "delegation_offered",
    "delegation_waitlisted",
    "delegation_promoted",
    "delegation_confirmed",
    "waiting_ended",
    "member_invited",
    "member_updated",
    "member_cancelled",
)


def letters_wait(session: Session, delegation: Delegation) -> bool:
    """Whether a decision stands that its city has not been told of: some letter of it waits, and
    none has left."""
    if delegation.decided_at is None:
        return False
    waiting, left = _counts(session, delegation)
    return waiting > 0 and left == 0


def is_told(delegation: Delegation) -> bool:
    """Whether the city knows how things stand with its delegation."""
    session = Session.object_session(delegation)
    return session is None or not letters_wait(session, delegation)


def known_state(delegation: Delegation) -> DelegationState:
    """How things stand as far as the city knows."""
    return delegation.state if is_told(delegation) else _state_before(delegation)


def known_states(
    session: Session, event_id: int, delegations: Iterable[Delegation]
) -> dict[int, DelegationState]:
    """As known_state, by number, of many delegations to one event in one query."""
    untold = untold_among(session, event_id)
    return {one.id: _state_before(one) if one.id in untold else one.state for one in delegations}


def unheard_people(session: Session, event_id: int) -> Collection[int]:
    """Numbers of the people who do not know yet that they have a place: the letter that says so
    waits to be read and sent."""
    rows = select(OutboxMail.member_id).where(
        OutboxMail.event_id == event_id,
        OutboxMail.letter == "member_invited",
        OutboxMail.state == "drafted",
        OutboxMail.dedupe_key.startswith("member_invited:"),  # not one that is sent again
    )
    return {number for number in session.scalars(rows) if number is not None}


def may_be_taken_back(session: Session, delegation: Delegation) -> bool:
    """Whether nobody has been told of the decision. One about a delegation that was confirmed
    before it can't be taken back: the people of then are known to nobody any more."""
    if delegation.decided_at is None or delegation.state in ("draft", "submitted", "withdrawn"):
        return False
    if _was_about_more(delegation):
        return False
    return _counts(session, delegation)[1] == 0


def take_back(session: Session, delegation: Delegation, *, now: datetime) -> None:
    """Undo a decision that may be taken back, of a delegation that is held: its letters are put
    aside, its seats given back, and the delegation waits where it waited before."""
    put_letters_aside(session, delegation, now=now)
    waited = _waited_before(delegation)
    release_seats(session, delegation)
    delegation.state = "waitlisted" if waited else "submitted"
    if not waited:
        delegation.waitlisted_at = None
    delegation.confirmed_at = None
    delegation.decided_at = delegation.decided_by_id = None
    delegation.decided_because = ""
    delegation.version += 1
    session.flush()


def put_letters_aside(session: Session, delegation: Delegation, *, now: datetime) -> None:
    """Nobody gets a letter of the last decision, and no calendar entry stands that it made."""
    session.execute(
        update(OutboxMail)
        .where(_of(delegation), OutboxMail.state.in_(("drafted", "discarded")))
        .values(state="discarded", invitation_id=None)
    )
    for member in delegation.members:
        for invitation in member.invitations:
            _take_out(session, invitation, delegation, now)
    session.flush()
    for member in delegation.members:
        session.expire(member, ["invitations"])


def _take_out(
    session: Session, invitation: Invitation, delegation: Delegation, now: datetime
) -> None:
    """An entry that no calendar has. One that its person had before the decision ends again, as
    they were told then."""
    if invitation.cancelled_at is not None or invitation.changed_at != delegation.decided_at:
        return
    if invitation.sequence == 0:
        session.delete(invitation)
    else:
        invitation.cancelled_at = now


def _state_before(delegation: Delegation) -> DelegationState:
    """How things stood before the last decision."""
    if _was_about_more(delegation):
        return "confirmed"
    return "waitlisted" if _waited_before(delegation) else "submitted"


def _waited_before(delegation: Delegation) -> bool:
    """Before the last decision it was on the waiting list already."""
    by_that = delegation.state == "waitlisted" and not delegation.offered_seats
    return delegation.waitlisted_at is not None and not by_that


def _was_about_more(delegation: Delegation) -> bool:
    """The city had its places, and had asked for more."""
    confirmed, decided = delegation.confirmed_at, delegation.decided_at
    return delegation.state == "confirmed" and (
        confirmed is not None and decided is not None and confirmed < decided
    )


def _counts(session: Session, delegation: Delegation) -> tuple[int, int]:
    """Letters of the last decision that wait, and those that have left or are leaving."""
    waiting, left = session.execute(_counted(_of(delegation))).one()
    return waiting, left


def _counted(condition: ColumnElement[bool]) -> Select[int, int]:
    return select(
        func.count().filter(OutboxMail.state == "drafted"),
        func.count().filter(OutboxMail.state.not_in(("drafted", "discarded"))),
    ).where(condition)


def _of(delegation: Delegation) -> ColumnElement[bool]:
    return (
        (OutboxMail.event_id == delegation.event_id)
        & (OutboxMail.city_id == delegation.city_id)
        & (OutboxMail.created_at >= delegation.decided_at)
        & OutboxMail.letter.in_(DECISION_LETTERS)
    )


def untold_among(session: Session, event_id: int) -> Collection[int]:
    """Numbers of the delegations to an event of whose decision nobody has been told."""
    rows = (
        select(Delegation.id)
        .join(
            OutboxMail,
            (OutboxMail.event_id == Delegation.event_id)
            & (OutboxMail.city_id == Delegation.city_id)
            & (OutboxMail.created_at >= Delegation.decided_at)
            & OutboxMail.letter.in_(DECISION_LETTERS),
        )
        .where(Delegation.event_id == event_id)
        .group_by(Delegation.id)
        .having(func.bool_and(OutboxMail.state.in_(("drafted", "discarded"))))
        .having(func.bool_or(OutboxMail.state == "drafted"))
    )
    return set(session.scalars(rows))
