"""Decisions that nobody has been told of: their letters wait to be read and sent.

Until they leave, a decision can be taken back as if it had never been made.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.calendars import Post, cancel
from events_service.domain.registration.known_entries import as_people_know
from events_service.domain.registration.seating import release_seats
from events_service.domain.registration.turned_down import TurnedDown, turned_down_before
from events_service.model import Delegation, OutboxMail
from events_service.model.registration import DelegationState
from events_service.model.unheard import UNTOLD, unheard_entries

HANDED_IN = ("submitted", "confirmed", "waitlisted")
_TO_ITS_CITY = (OutboxMail.event_id == Delegation.event_id) & (
    OutboxMail.city_id == Delegation.city_id
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
    session = Session.object_session(delegation)
    if session is None or not letters_wait(session, delegation):
        return delegation.state
    return _state_before(delegation, turned_down_before(session, [delegation]).get(delegation.id))


def known_refusal(delegation: Delegation) -> TurnedDown | None:
    """When and why it was turned down, as far as the city knows. None: it was not."""
    session = Session.object_session(delegation)
    if session is not None and letters_wait(session, delegation):
        return turned_down_before(session, [delegation]).get(delegation.id)
    if delegation.state != "turned_down" or delegation.decided_at is None:
        return None
    by = delegation.decided_by_id
    return TurnedDown(delegation.decided_at, delegation.decided_because, by)


def is_handed_in(delegation: Delegation) -> bool:
    """Whether its people come or wait, as far as the city knows."""
    return known_state(delegation) in HANDED_IN


def known_states(
    session: Session, event_id: int, delegations: Iterable[Delegation]
) -> dict[int, DelegationState]:
    """As known_state, by number, of many delegations to one event in two queries."""
    every, untold = list(delegations), untold_among(session, event_id)
    refused = turned_down_before(session, [one for one in every if one.id in untold])
    return {
        one.id: _state_before(one, refused.get(one.id)) if one.id in untold else one.state
        for one in every
    }


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


def take_back(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    *,
    now: datetime,
    for_approval: bool = True,
) -> None:
    """Undo a decision that may be taken back, of a delegation that is held: its letters are put
    aside, its seats given back, and it stands as it stood before: turned down, with the reason
    that its city has read, or waiting where it waited. Whoever has an entry in their calendar all
    the same is told that it ended; `for_approval`: that letter waits to be read."""
    refused = turned_down_before(session, [delegation]).get(delegation.id)
    before = _state_before(delegation, refused)
    put_letters_aside(session, delegation, now=now)
    release_seats(session, delegation)
    delegation.state = before
    if before != "waitlisted":
        delegation.waitlisted_at = None
    delegation.confirmed_at = None
    delegation.decided_at = refused.at if refused else None
    delegation.decided_by_id = refused.by_id if refused else None
    delegation.decided_because = refused.because if refused else ""
    delegation.version += 1
    session.flush()
    with Post(session, settings, delegation, now=now, for_approval=for_approval) as post:
        for member in delegation.members:
            cancel(post, member, "too_early")


def put_letters_aside(session: Session, delegation: Delegation, *, now: datetime) -> None:
    """Nobody gets a letter of the last decision that has not left, and what these tell of is as
    their people know it."""
    if delegation.decided_at is None:
        return
    unsent = _of(delegation) & OutboxMail.state.in_(UNTOLD)
    about = {*session.scalars(select(OutboxMail.invitation_id).where(unsent))}
    unheard = {*session.scalars(unheard_entries(_to(delegation)))}
    entries = {one for one in about | unheard if one is not None}
    session.execute(
        update(OutboxMail)
        .where(unsent)
        .values(state="discarded", invitation_id=None, decided_at=None)
    )
    as_people_know(session, delegation, entries, now=now)


def _state_before(delegation: Delegation, refused: TurnedDown | None) -> DelegationState:
    """How things stood before the last decision."""
    if _was_about_more(delegation):
        return "confirmed"
    if refused is not None:
        return "turned_down"
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
        func.count().filter(OutboxMail.state.not_in(UNTOLD)),
    ).where(condition)


def _of(delegation: Delegation) -> ColumnElement[bool]:
    return _to(delegation) & (OutboxMail.decided_at == delegation.decided_at)


def _to(delegation: Delegation) -> ColumnElement[bool]:
    return (OutboxMail.event_id == delegation.event_id) & (OutboxMail.city_id == delegation.city_id)


def untold_among(session: Session, event_id: int) -> Collection[int]:
    """Numbers of the delegations to an event of whose decision nobody has been told."""
    rows = (
        select(Delegation.id)
        .join(OutboxMail, _TO_ITS_CITY & (OutboxMail.decided_at == Delegation.decided_at))
        .where(Delegation.event_id == event_id)
        .group_by(Delegation.id)
        .having(func.bool_and(OutboxMail.state.in_(UNTOLD)))
        .having(func.bool_or(OutboxMail.state == "drafted"))
    )
    return set(session.scalars(rows))
