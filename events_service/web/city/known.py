"""What a city's own pages say of its delegations: as far as the city has been told."""

from dataclasses import replace

from events_service.domain.registration.untold import is_told, known_refusal, known_state
from events_service.queries.city_home import CityEvent, CityHome
from events_service.queries.city_state import CityStanding


def as_known(home: CityHome) -> CityHome:
    """A decision whose letters wait to be read has not been taken yet, as the city sees it."""
    return replace(
        home,
        coming=[_as_known(one) for one in home.coming],
        past=[_as_known(one) for one in home.past],
    )


def _as_known(event: CityEvent) -> CityEvent:
    delegation = event.invitation.delegation if event.invitation else None
    if delegation is None or is_told(delegation):
        return event
    state = known_state(delegation)
    if refused := known_refusal(delegation):
        standing = CityStanding("turned_down", refused.at)
    elif state == "waitlisted":
        standing = CityStanding("waitlisted", delegation.waitlisted_at)
    elif state == "confirmed":
        standing = CityStanding("registered", delegation.confirmed_at)
    else:
        standing = CityStanding("submitted", delegation.submitted_at)
    return replace(event, standing=standing)
