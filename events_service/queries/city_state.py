"""Where a city stands with an event: one word for it, and since when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from events_service.model import CityInvitation

CityState = Literal[
    "not_invited",
    "invited",
    "opened",  # a person pressed something on the city's page
    "started",  # names are typed, nothing is confirmed
    "registered",
    "waitlisted",
    "declined",
    "withdrawn",
    "link_ended",
]


@dataclass(frozen=True)
class CityStanding:
    state: CityState
    since: datetime | None  # None only where nobody was asked


def city_standing(invitation: CityInvitation | None) -> CityStanding:
    """People who hold places, or wait for them, count before anything else: they do so even when
    the city's link was ended. What a city said last counts before what was done to its link."""
    if invitation is None:
        return CityStanding("not_invited", None)
    delegation = invitation.delegation
    if delegation is not None and delegation.state == "confirmed":
        return CityStanding("registered", delegation.confirmed_at)
    if delegation is not None and delegation.state == "waitlisted":
        return CityStanding("waitlisted", delegation.waitlisted_at)
    if invitation.declined_at is not None:
        return CityStanding("declined", invitation.declined_at)
    if delegation is not None and delegation.state == "withdrawn":
        return CityStanding("withdrawn", delegation.withdrawn_at)
    if invitation.revoked_at is not None:
        return CityStanding("link_ended", invitation.revoked_at)
    if delegation is not None:
        return CityStanding("started", delegation.started_at)
    if invitation.opened_at is not None:
        return CityStanding("opened", invitation.opened_at)
    return CityStanding("invited", invitation.invited_at)
