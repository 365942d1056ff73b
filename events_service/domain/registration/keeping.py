"""An organiser keeps seats of an event for some cities and people, and opens them again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Refusal
from events_service.domain.registration.quotas import KINDS
from events_service.domain.registration.waiting import promote_waiting
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.model import City, CityInvitation, Delegation, Event, Quota
from events_service.model.registration import QuotaKind
from events_service.translation import gettext as _


def keep_seats(
    session: Session,
    settings: Settings,
    event: Event,
    seats: Mapping[QuotaKind, int],
    kinds: Mapping[CityInvitation, QuotaKind | None],
    *,
    now: datetime,
) -> list[Delegation]:
    """Keep so many seats of each kind, 0 of those that are not named, and count these cities as
    that. Whoever holds a seat keeps it; whoever waits and fits now has places, and their
    letters wait to be read. Refusal when they are more than the event has."""
    hold_event_alone(session, event.id)  # a registration under way counts by what it has read
    session.refresh(event, ["capacity", "quotas"])
    if sum(seats.values()) > event.capacity:
        raise Refusal(
            _(
                "Keep fewer places: the workshop has %(capacity)s in all.",
                capacity=event.capacity,
            )
        )
    for invitation, kind in kinds.items():
        invitation.counts_as = kind
    standing = {one.kind: one for one in event.quotas}
    kept = []
    for kind in KINDS:
        if wanted := seats.get(kind, 0):
            quota = standing.get(kind) or Quota(event_id=event.id, kind=kind)
            quota.seats = wanted
            kept.append(quota)
    event.quotas = kept
    session.flush()
    return promote_waiting(session, settings, event.id, now=now, for_approval=True)


def usual_kind(event: Event, city: City) -> QuotaKind | None:
    """Whose kept seats a city has, unless an organiser says otherwise."""
    host = event.city
    here = (host.country, host.subdivision)
    if host.subdivision is not None and here == (city.country, city.subdivision):
        return "host_region"
    return None if city.joined_at is not None else "new_cities"
