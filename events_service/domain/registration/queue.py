"""Delegations that an organiser decides about, or has decided about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.domain.registration.asking_more import asks_for_more
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import members_of
from events_service.domain.registration.offering import places_to_offer
from events_service.domain.registration.quotas import Used
from events_service.domain.registration.seating import (
    free_by_quota,
    most_seats_for,
    practitioners_among,
    seats_free,
    used_of,
)
from events_service.domain.registration.untold import untold_among
from events_service.model import Account, CityInvitation, Delegation, Event
from events_service.model.registration import QuotaKind


@dataclass(frozen=True)
class Candidate:
    """One person of a delegation. `is_elected` None: not said; `new`: named since it was
    approved."""

    name: str
    role: str
    is_elected: bool | None
    new: bool = False


@dataclass(frozen=True)
class Undecided:
    """A delegation that waits. `more`: people beyond those who have places, of one that asks for
    them; `room`: how many of them there are seats for; `offer`: places that can be offered to part
    of it."""

    delegation: Delegation
    people: tuple[Candidate, ...]
    since: datetime | None
    more: int
    room: int
    offer: int

    @property
    def city(self) -> str:
        return self.delegation.city.name

    @property
    def fits(self) -> bool:
        return self.room == len(self.people)


@dataclass(frozen=True)
class Decided:
    """`untold`: its letters wait, and it can be undone."""

    delegation: Delegation
    by: str  # name of the organiser; empty: the waiting list did it
    people: int
    untold: bool


@dataclass(frozen=True)
class Decisions:
    """`free`: seats that nobody has or was offered; `open_seats`: those kept for nobody; `kept`:
    those kept, by kind."""

    submitted: tuple[Undecided, ...]
    waiting: tuple[Undecided, ...]
    decided: tuple[Decided, ...]
    free: int
    open_seats: int
    kept: Mapping[QuotaKind, int]

    @property
    def untold(self) -> int:
        return sum(one.untold for one in self.decided)

    @property
    def next_whole(self) -> Undecided | None:
        """The first in turn on the waiting list for whom there is room for all."""
        waits = (one for one in self.waiting if not one.delegation.offered_seats)
        return next((one for one in waits if one.fits), None)

    @property
    def in_part(self) -> bool:
        """Whether some of the free seats can be offered to part of a delegation that waits."""
        return any(one.offer for one in self.waiting)


def decisions_of(session: Session, event: Event) -> Decisions:
    delegations = session.scalars(
        select(Delegation)
        .where(Delegation.event_id == event.id)
        .options(
            joinedload(Delegation.event),
            joinedload(Delegation.city_invitation).joinedload(CityInvitation.city),
            selectinload(Delegation.members),
        )
        .order_by(Delegation.id)
    ).all()
    untold = untold_among(session, event.id)
    names = _names(session, {one.decided_by_id for one in delegations if one.decided_by_id})
    used = used_of(session, event.id)
    open_seats, kept = free_by_quota(event, used)
    submitted = [one for one in delegations if one.state == "submitted" or asks_for_more(one)]
    waiting = [one for one in delegations if one.state == "waitlisted" and one.id not in untold]
    return Decisions(
        submitted=tuple(_undecided(one, used) for one in _in_turn(submitted, "submitted_at")),
        waiting=tuple(_undecided(one, used) for one in _in_turn(waiting, "waitlisted_at")),
        decided=tuple(
            Decided(
                one,
                names.get(one.decided_by_id or 0, ""),
                len(members_of(one)),
                one.id in untold,
            )
            for one in sorted(delegations, key=_decided_at, reverse=True)
            if one.decided_at is not None and one.state != "withdrawn"
        ),
        free=seats_free(event, used),
        open_seats=open_seats,
        kept=kept,
    )


def _undecided(delegation: Delegation, used: Used) -> Undecided:
    people = _candidates(delegation)
    practitioners = practitioners_among(one.is_elected for one in people)
    room = most_seats_for(delegation, practitioners, used)
    asks = delegation.state == "confirmed"
    waits = delegation.state == "waitlisted"
    return Undecided(
        delegation,
        people,
        since=delegation.waitlisted_at if waits else delegation.submitted_at,
        more=len(people) - delegation.seats if asks else 0,
        room=room,
        offer=places_to_offer(delegation, used) if waits else 0,
    )


def _candidates(delegation: Delegation) -> tuple[Candidate, ...]:
    if asks_for_more(delegation):
        draft = DelegationDraft.from_json(delegation.draft or {})
        return tuple(
            Candidate(one.name, one.role, one.is_elected, one.member_id is None)
            for one in draft.people
        )
    return tuple(Candidate(one.name, one.role, one.is_elected) for one in members_of(delegation))


def _in_turn(delegations: list[Delegation], name: str) -> list[Delegation]:
    return sorted(delegations, key=lambda one: (getattr(one, name) or one.started_at, one.id))


def _decided_at(delegation: Delegation) -> datetime:
    return delegation.decided_at or delegation.started_at


def _names(session: Session, numbers: set[int]) -> dict[int, str]:
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(numbers)))
    return {row.id: row.name for row in rows}
