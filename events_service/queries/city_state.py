"""Where a city stands with an event: one word for it, and since when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from events_service.model import CityInvitation, Delegation
from events_service.model.first_letters import FirstLetter

CityState = Literal[
    "not_invited",
    "invited",
    "opened",  # a person pressed something on the city's page
    "started",  # names are typed, nothing is confirmed
    "submitted",  # confirmed by the city, an organiser decides
    "registered",
    "waitlisted",
    "turned_down",  # by an organiser
    "declined",
    "withdrawn",
    "link_ended",
]


@dataclass(frozen=True)
class CityStanding:
    state: CityState
    since: datetime | None  # None only where nobody was written to


def city_standing(invitation: CityInvitation | None, letter: FirstLetter = "gone") -> CityStanding:
    """People who hold places, or wait for them, count before anything else: they do so even when
    the city's link was ended. What a city said last counts before what was done to its link.

    `letter`: a city counts as invited from when its letter was released."""
    if invitation is None:
        return CityStanding("not_invited", None)
    delegation = invitation.delegation
    if delegation is not None and (handed_in := _handed_in(delegation)):
        return handed_in
    if invitation.declined_at is not None:
        return CityStanding("declined", invitation.declined_at)
    if delegation is not None and delegation.state == "withdrawn":
        return CityStanding("withdrawn", delegation.withdrawn_at)
    if letter != "gone":
        return CityStanding("not_invited", None)
    if invitation.revoked_at is not None:
        return CityStanding("link_ended", invitation.revoked_at)
    if delegation is not None:
        return CityStanding("started", delegation.started_at)
    if invitation.opened_at is not None:
        return CityStanding("opened", invitation.opened_at)
    return CityStanding("invited", invitation.invited_at)


def _handed_in(delegation: Delegation) -> CityStanding | None:
    """Where a list of people stands that the city has confirmed."""
    if delegation.state == "submitted":
        return CityStanding("submitted", delegation.submitted_at)
    if delegation.state == "confirmed":
        return CityStanding("registered", delegation.confirmed_at)
    if delegation.state == "waitlisted":
        return CityStanding("waitlisted", delegation.waitlisted_at)
    if delegation.state == "turned_down":
        return CityStanding("turned_down", delegation.decided_at)
    return None
