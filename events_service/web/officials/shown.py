"""How pages of officials write what a city has been given: places, and until when."""

from zoneinfo import ZoneInfo

from events_service.letters.allotment import allotment as places_in_words
from events_service.letters.deadline import Place, deadline
from events_service.model import City, CityInvitation, Event
from events_service.web.officials import pages


@pages.app_template_filter("deadline")
def register_by(event: Event, city: City | None = None) -> list[str]:
    """Until when cities register, on the clocks of the host; and on those of a city that has
    others."""
    host = Place(event.city.name, event.zone)
    home = Place(city.name, ZoneInfo(city.timezone)) if city is not None else None
    return deadline(event.registration_closes_at, host, home)


@pages.app_template_filter("allotment")
def allotment(invitation: CityInvitation) -> str:
    """three places: one for an elected official, two for practitioners"""
    return places_in_words(invitation.seats, invitation.seats_elected)
