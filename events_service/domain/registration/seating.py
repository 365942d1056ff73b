"""Seats for a whole delegation while the event's row is held: by quota where there are some, of
those that were offered to it, for those who come in place of those who had them.

Where nothing is kept for anybody, confirming takes seats by one conditional UPDATE instead (see
events_service.domain.registration.seats).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.registration.quotas import (
    Allotment,
    Used,
    allot,
    most_that_fit,
    open_seats,
    unused_seats,
)
from events_service.domain.registration.seats import (
    give_back_seats,
    hold_seats_still,
    seats_of,
    take_seats,
)
from events_service.model import Delegation, Event
from events_service.model.registration import QuotaKind


def practitioners_among(people: Iterable[bool | None]) -> list[bool]:
    """For each person, by whether they were elected: whether they count as a practitioner. Who
    has not said so does not."""
    return [is_elected is False for is_elected in people]


def seat_whole(session: Session, delegation: Delegation, people: Sequence[bool]) -> bool:
    """Give the delegation exactly as many seats as there are people (for each: whether they are a
    practitioner), in place of those that it holds or was offered. False: they do not all fit, and
    nothing has changed. The event's seats stand still from here on."""
    hold_seats_still(session, delegation.event_id)
    allotment = _allotted(session, delegation, people)
    if allotment is None:
        return False
    _settle(session, delegation, allotment)
    delegation.seats = allotment.seats
    delegation.offered_seats, delegation.offer_ends_at = 0, None
    return True


def offer_seats(session: Session, delegation: Delegation, people: Sequence[bool]) -> bool:
    """As seat_whole, but the seats are only held for it."""
    if not seat_whole(session, delegation, people):
        return False
    delegation.seats, delegation.offered_seats = 0, delegation.seats
    return True


def release_seats(session: Session, delegation: Delegation) -> int:
    """Give back all seats that the delegation holds or was offered; how many that were."""
    held = seats_held(delegation)
    if held:
        give_back_seats(session, delegation.event_id, held)
    delegation.seats = delegation.offered_seats = 0
    delegation.offer_ends_at, delegation.kept_seats = None, {}
    session.flush()
    return held


def seats_held(delegation: Delegation) -> int:
    return delegation.seats + delegation.offered_seats


def most_seats_for(delegation: Delegation, people: Sequence[bool], used: Used) -> int:
    """How many of these people there are seats for, whoever of them comes. `used`: of the event,
    with those of this delegation."""
    event, kind = delegation.event, delegation.city_invitation.counts_as
    others = _but(used, delegation)
    return most_that_fit(people, kind, quotas_of(event), others, event.capacity)


def quotas_of(event: Event) -> dict[QuotaKind, int]:
    return {one.kind: one.seats for one in event.quotas}


def used_of(session: Session, event_id: int) -> Used:
    """Seats that are held or offered now."""
    return Used(seats_of(session, event_id)[1], _kept(session, event_id))


def seats_free(event: Event, used: Used) -> int:
    return max(event.capacity - used.taken, 0)


def free_by_quota(event: Event, used: Used) -> tuple[int, dict[QuotaKind, int]]:
    """Open seats that are free, and by kind how many that are kept there are for who comes first:
    more may be kept than are free."""
    quotas, free = quotas_of(event), seats_free(event, used)
    kept = {kind: min(seats, free) for kind, seats in unused_seats(quotas, used).items()}
    return open_seats(quotas, used, event.capacity), kept


def more_kept_than_free(event: Event, used: Used) -> bool:
    return sum(unused_seats(quotas_of(event), used).values()) > seats_free(event, used)


def _allotted(session: Session, delegation: Delegation, people: Sequence[bool]) -> Allotment | None:
    """Seats once had are the delegation's, whoever comes: so another person may take the seat of
    one of its own, though it was kept for others than them."""
    found = allot(
        people,
        delegation.city_invitation.counts_as,
        quotas_of(delegation.event),
        _but(used_of(session, delegation.event_id), delegation),
        seats_of(session, delegation.event_id)[0],
    )
    if found is None and len(people) <= seats_held(delegation):
        return _of_its_own(delegation, len(people))
    return found


def _of_its_own(delegation: Delegation, wanted: int) -> Allotment:
    """Open seats are given back last: they are of use to everybody."""
    kept = {cast(QuotaKind, kind): number for kind, number in delegation.kept_seats.items()}
    own_open = seats_held(delegation) - sum(kept.values())
    left, stays = wanted, {}
    for kind, number in kept.items():
        stays[kind] = min(number, left)
        left -= stays[kind]
    return Allotment(
        {kind: number for kind, number in stays.items() if number}, min(left, own_open)
    )


def _settle(session: Session, delegation: Delegation, allotment: Allotment) -> None:
    more = allotment.seats - seats_held(delegation)
    if more < 0:
        give_back_seats(session, delegation.event_id, -more)
    elif more > 0:
        taken = take_seats(session, delegation.event_id, more)
        assert taken, "the event's row is held, and the seats were counted after that"
    delegation.kept_seats = {str(kind): number for kind, number in allotment.kept.items()}


def _but(used: Used, delegation: Delegation) -> Used:
    """What others use."""
    own = cast(dict[QuotaKind, int], delegation.kept_seats)
    kept = {kind: number - own.get(kind, 0) for kind, number in used.kept.items()}
    return Used(used.taken - seats_held(delegation), kept)


def _kept(session: Session, event_id: int) -> dict[QuotaKind, int]:
    rows = select(Delegation.kept_seats).where(
        Delegation.event_id == event_id, Delegation.kept_seats != {}
    )
    found: Counter[QuotaKind] = Counter()
    for kept in session.scalars(rows):
        found.update(cast(dict[QuotaKind, int], kept))
    return dict(found)
