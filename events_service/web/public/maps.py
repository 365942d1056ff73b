"""Which places stand on a page's map."""

import threading
from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.orm import Session

from events_service.model import City, Event
from events_service.queries.public import cities_taking_part
from events_service.web.maps import MapPlace, series_map, vignette

_drawing = threading.Lock()  # a drawing is kept; made at once by many, it takes memory for each


def map_of(session: Session, events: Sequence[Event], upcoming: Event | None) -> Markup:
    """Hosts in order, the way to `upcoming` dashed, and points for cities that took part in any."""
    hosts = [place(event.city) for event in events]
    others = [place(city) for city in cities_taking_part(session)]
    number = events.index(upcoming) + 1 if upcoming else None
    others = [each for each in others if each not in hosts]
    with _drawing:
        return series_map(hosts, others, number)


def vignette_of(event: Event, position: int, *, ahead: bool) -> Markup:
    """The land around the host city, with the event's seal."""
    with _drawing:
        return vignette(place(event.city), position, ahead)


def place(city: City) -> MapPlace:
    return MapPlace(city.name, city.latitude, city.longitude)
