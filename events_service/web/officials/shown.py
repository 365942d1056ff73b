"""How pages of officials write what a city has been given: places, and until when."""

from zoneinfo import ZoneInfo

from events_service.domain.registration.saving import standing, writer_of
from events_service.letters.allotment import allotment as places_in_words
from events_service.letters.deadline import Place, deadline
from events_service.model import City, CityInvitation, Delegation, Event
from events_service.web.forms.elected import kind_in_words
from events_service.web.officials import pages
from events_service.web.reader import reader


@pages.app_template_filter("deadline")
def register_by(event: Event, city: City | None = None) -> list[str]:
    """Until when cities register, on the clocks of the host; and on those of the city, or else
    of the reader, where they show another time."""
    host, who = Place(event.city.name, event.zone), reader()
    home = Place(who.place, who.zone) if who is not None else None
    if city is not None:
        home = Place(city.name, ZoneInfo(city.timezone))
    return deadline(event.registration_closes_at, host, home)


@pages.app_template_filter("allotment")
def allotment(invitation: CityInvitation) -> str:
    """three places: one for an elected official, two for practitioners"""
    return places_in_words(invitation.seats, invitation.seats_elected)


@pages.app_template_filter("draft_standing")
def draft_standing(delegation: Delegation | None) -> str:
    """Names what is saved of a form, for the script that saves it."""
    return standing(delegation)


@pages.app_template_filter("draft_writer")
def draft_writer(delegation: Delegation | None) -> str:
    """Names the form that saved it."""
    return writer_of(delegation)


@pages.app_template_filter("elected_or_not")
def elected_or_not(is_elected: bool | None) -> str:
    return kind_in_words(is_elected)
