"""Cities that are to be asked, checked before any letter is promised. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.event_plan import MOST_PER_CITY
from events_service.translation import gettext as _

LONGEST_ADDRESSEE = 100


@dataclass(frozen=True)
class Invitee:
    """A city to be asked. `addressee` as in “Dear Mayor,”; may be empty. `seats_elected`: how many
    of its seats are meant for elected officials; nobody checks it."""

    city_id: int
    address: str
    addressee: str
    seats: int
    seats_elected: int = 0


@dataclass(frozen=True)
class InviteeProblem:
    city_id: int
    field: str
    message: str


class InviteesRefused(Refusal):
    def __init__(self, problems: Sequence[InviteeProblem]) -> None:
        super().__init__(f"{problems[0].message}.")
        self.problems = problems


def check_invitees(
    invitees: Sequence[Invitee], *, capacity: int = MOST_PER_CITY
) -> list[InviteeProblem]:
    """Everything that keeps these cities from being written to, in the order of the form.
    `capacity`: of the event, where a city may not get more."""
    return [problem for one in invitees for problem in _problems(one, capacity)]


def _problems(invitee: Invitee, capacity: int) -> list[InviteeProblem]:
    found = []
    try:
        normalise(invitee.address)
    except NotAnAddress as problem:
        found.append(InviteeProblem(invitee.city_id, "address", str(problem)))
    addressee = invitee.addressee.strip()
    if len(addressee) > LONGEST_ADDRESSEE:
        message = _("Shorten this to %(most)s characters", most=LONGEST_ADDRESSEE)
        found.append(InviteeProblem(invitee.city_id, "addressee", message))
    elif any(letter < " " for letter in addressee):
        found.append(InviteeProblem(invitee.city_id, "addressee", _("Write this on one line")))
    if not 1 <= invitee.seats <= min(MOST_PER_CITY, capacity):
        found.append(InviteeProblem(invitee.city_id, "seats", _other_seats(capacity)))
    elif not 0 <= invitee.seats_elected <= invitee.seats:
        message = _("Enter a number from 0 to %(most)s, the places of the city", most=invitee.seats)
        found.append(InviteeProblem(invitee.city_id, "seats_elected", message))
    return found


def _other_seats(capacity: int) -> str:
    if capacity < MOST_PER_CITY:
        return _(
            "Enter a number of places from 1 to %(most)s, as many as the workshop has",
            most=capacity,
        )
    return _("Enter a number of places from 1 to %(most)s", most=MOST_PER_CITY)
