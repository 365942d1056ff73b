"""Who reads, as far as a page takes account of it: which city they come from, and whose clock they
go by. Times are shown by the event's clock, and by the reader's where it differs."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask import request

from events_service.translation import current_language, current_locale, speak
from events_service.web.came_from import City, city_of_clock, remember
from events_service.web.forms.clocks import time_zones
from events_service.web.language import language_of_request

COOKIE = "times"


class Reader(NamedTuple):
    """Whose clock is shown beside the event's: an IANA zone, and the place to name it by."""

    timezone: str
    place: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def comes_from(city: City) -> None:
    """A link of this city was opened: by a view as soon as it has loaded what the link is for.
    Its clock holds from here until the visit ends, and its language unless another was chosen."""
    remember(city)
    speak(language_of_request())


def chosen_zone() -> str | None:
    """The zone that the reader chose, if it is one; whoever comes by a city's link goes by its
    clock until they choose."""
    wanted = request.cookies.get(COOKIE, "")
    return wanted if is_zone(wanted) and city_of_clock() is None else None


def is_zone(name: str) -> bool:
    return name in _zones()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(time_zones())


def reader() -> Reader | None:
    """None: no clock but the event's is known."""
    city, zone = city_of_clock(), chosen_zone()
    if city is not None:
        return Reader(city.timezone, city.name)
    return Reader(zone, place_of(zone)) if zone else None


def place_of(zone: str) -> str:
    """Europe/Bratislava → Bratislava, in the language of the page."""
    return _place(zone, current_locale())


@lru_cache(maxsize=2048)
def _place(zone: str, locale: str) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


def variant() -> tuple[str, ...]:
    """What a kept page depends on beside its address."""
    by_link = ("by link",) if city_of_clock() else ()
    return current_language(), *(reader() or ()), *by_link


def differs(instant: datetime, here: ZoneInfo, there: ZoneInfo) -> bool:
    """Whether the two clocks show another time at that instant; two zones may agree for years."""
    return instant.astimezone(here).utcoffset() != instant.astimezone(there).utcoffset()
