"""Time zones to choose from, by region, named in the language of the page."""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

from events_service.alphabet import alphabetical
from events_service.queries.event_page import ReaderCity
from events_service.translation import current_locale
from events_service.translation import gettext as _
from events_service.web.forms.clocks import time_zones
from events_service.web.reader import place_of

TERRITORIES = {"Africa": "002", "America": "019", "Antarctica": "AQ", "Asia": "142"} | {
    "Australia": "AU",
    "Europe": "150",
}
EXAMPLES = 2  # cities that are named beside the place that a zone is called by
Zones = list[tuple[str, list[tuple[str, str]]]]


def zones_by_region() -> Zones:
    """Regions in order of their names, each with its zones and their places."""
    return _by_region(current_locale())


def zones_of(cities: Iterable[ReaderCity]) -> list[tuple[str, str]]:
    """Each zone in which one of the cities lies, once: New York (Columbus, Newark)."""
    names: dict[str, list[str]] = {}
    for city in sorted(cities, key=lambda city: alphabetical(city.name)):
        names.setdefault(city.timezone, []).append(city.name)
    named = [(zone, _with_cities(place_of(zone), there)) for zone, there in names.items()]
    return sorted(named, key=lambda pair: alphabetical(pair[1]))


def _with_cities(place: str, cities: list[str]) -> str:
    others = [name for name in cities if name != place][:EXAMPLES]
    return f"{place} ({', '.join(others)})" if others else place


@lru_cache(maxsize=8)
def _by_region(locale: str) -> Zones:
    regions: dict[str, dict[str, str]] = {}
    for zone in time_zones():
        # Of several names for one place, the plain one: America/Buenos_Aires is an old one.
        regions.setdefault(_region(zone.partition("/")[0], locale), {})[place_of(zone)] = zone
    return [
        (region, [(places[name], name) for name in sorted(places, key=alphabetical)])
        for region, places in sorted(regions.items(), key=lambda pair: alphabetical(pair[0]))
    ]


def _region(area: str, locale: str) -> str:
    oceans = {"Atlantic": _("Atlantic"), "Indian": _("Indian Ocean"), "Pacific": _("Pacific")}
    return oceans.get(area) or str(Locale.parse(locale).territories[TERRITORIES[area]])
