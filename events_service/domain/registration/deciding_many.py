"""One decision about several delegations at once: about all that were chosen, or about none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Refusal
from events_service.domain.registration.deciding import (
    NothingToDecide,
    approve_delegation,
    turn_down_delegation,
    waitlist_delegation,
)
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.saving import standing
from events_service.domain.registration.waiting import promote_waiting
from events_service.model import Account, Delegation, Event
from events_service.translation import gettext as _

Decision = Literal["approve", "turn_down", "waitlist"]


class _Decide(Protocol):
    def __call__(
        self,
        session: Session,
        settings: Settings,
        delegation: Delegation,
        account: Account,
        *,
        now: datetime,
        because: str = "",
    ) -> None: ...


DECIDE: dict[Decision, _Decide] = {
    "approve": approve_delegation,
    "turn_down": turn_down_delegation,
    "waitlist": waitlist_delegation,
}


def decide(
    session: Session,
    settings: Settings,
    event: Event,
    read: Mapping[int, str],
    decision: Decision,
    account: Account,
    *,
    now: datetime,
    because: str = "",
) -> list[Delegation]:
    """Decide about these delegations, those that have waited longest first.

    `read`: by number, what stood there when it was read (`saving.standing`). Refusal, and nothing
    must be kept of what was done, when one has changed since, or does not fit.
    """
    chosen = session.scalars(
        select(Delegation)
        .where(Delegation.event_id == event.id, Delegation.id.in_(read))
        .order_by(Delegation.id)
    ).all()
    if not chosen:
        raise Refusal(_("Choose at least one delegation"))
    # All of them before the event's seats: a city that confirms holds its own, then the event.
    held = [locked_delegation(session, one.city_invitation_id) for one in chosen]
    for one in chosen:
        if standing(one) != read[one.id]:
            raise NothingToDecide(
                _(
                    "%(city)s has changed its list since you opened the page. Read it again.",
                    city=one.city.name,
                )
            )
    delegations = [one for one in held if one is not None]
    frees_seats = decision == "turn_down" and any(one.offered_seats for one in delegations)
    for one in sorted(delegations, key=_turn):
        DECIDE[decision](session, settings, one, account, now=now, because=because)
    if frees_seats:  # for none of these
        promote_waiting(session, settings, event.id, now=now, for_approval=True)
    return delegations


def _turn(delegation: Delegation) -> tuple[datetime, int]:
    since = delegation.waitlisted_at or delegation.submitted_at or delegation.started_at
    return since, delegation.id
