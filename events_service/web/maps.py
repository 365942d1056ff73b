"""Maps of a series and of a city, as engraved SVG. The seals carry the numbers of the workshops."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from events_service.letters.dates import and_list
from events_service.translation import current_language, ngettext
from events_service.translation import gettext as _
from events_service.web.cartography import (
    View,
    fitted,
    great_circle,
    land,
    mercator,
    path,
)
from events_service.web.engraving import POINT, ROUTE, SERIES, VIGNETTE, name, seal
from events_service.web.filters import spelt
from events_service.web.lettering import apart, sides

SHEET = (640, 600)
MARGIN = (104.0, 72.0)  # pixels kept free around the outermost hosts, for their names
CLOSEST = 1100.0  # pixels to a radian: a single host still shows its part of the continent
MOST_LAND = 0.8  # of a vignette
FINE_FROM = 480.0  # pixels to a radian above which the coarse land looks cut with scissors


@dataclass(frozen=True)
class MapPlace:
    """A city on a map; degrees, WGS 84."""

    name: str
    latitude: float
    longitude: float


def series_map(
    hosts: Sequence[MapPlace],
    others: Sequence[MapPlace],
    next_number: int | None,
    uid: str = "map",
) -> Markup:
    """The hosts in the order of their workshops, numbered from 1 and joined by great circles, and
    small points for the other cities. The way to workshop `next_number` is dashed. `uid` keeps the
    ids apart when a page has several maps."""
    if not hosts:
        return Markup("")
    return _series_map(tuple(hosts), tuple(others), next_number, uid, current_language())


@lru_cache(maxsize=64)
def _series_map(
    hosts: tuple[MapPlace, ...],
    others: tuple[MapPlace, ...],
    next_number: int | None,
    uid: str,
    _language: str,
) -> Markup:
    view = fitted([(h.longitude, h.latitude) for h in hosts], *SHEET, MARGIN, CLOSEST)
    detail: Literal["110m", "50m"] = "50m" if view.scale > FINE_FROM else "110m"
    return SERIES.format(
        uid=uid,
        width=SHEET[0],
        height=SHEET[1],
        title=_title(len({host.name for host in hosts})),
        description=_description(hosts, bool(others)),
        land=land(view, detail).path,
        routes=_routes(view, hosts, next_number),
        points=_points(view, others),
        seals=_seals(view, hosts, next_number),
    )


def _title(number: int) -> str:
    return ngettext(
        "Map of the host city",
        "Map of the %(many)s host cities",
        number,
        many=spelt(number),
    )


def _description(hosts: Sequence[MapPlace], has_others: bool) -> str:
    names = list(dict.fromkeys(host.name for host in hosts))
    cities = and_list(names)
    several = _("%(cities)s, joined in the order of the workshops.", cities=cities)
    shown = several if len(names) > 1 else f"{cities}."
    small = _("Small points are cities that have taken part.")
    return f"{shown} {small}" if has_others else shown


def _routes(view: View, hosts: Sequence[MapPlace], next_number: int | None) -> Markup:
    lines = []
    for number, (start, end) in enumerate(pairwise(hosts), start=2):
        if start.name == end.name:
            continue
        ends = (start.longitude, start.latitude), (end.longitude, end.latitude)
        flat = [view(*point) for point in great_circle(*ends)]
        ahead = next_number is not None and number >= next_number
        lines.append(
            ROUTE.format(" ws-map__route--next" if ahead else "", _without_jumps(flat, view.width))
        )
    return Markup("").join(lines)


def _without_jumps(points: list[tuple[float, float]], width: float) -> str:
    """Path data, lifted where a way leaves the sheet at one side and returns at the other."""
    parts = [[points[0]]]
    for before, here in pairwise(points):
        if abs(here[0] - before[0]) > width / 2:
            parts.append([])
        parts[-1].append(here)
    lines = (path(part) for part in parts)
    return "".join(line for line in lines if "L" in line)


def _points(view: View, others: Sequence[MapPlace]) -> Markup:
    flat = (view(place.longitude, place.latitude) for place in others)
    return Markup("").join(
        POINT.format(f"{x:.1f}", f"{y:.1f}") for x, y in flat if view.holds((x, y))
    )


def _seals(view: View, hosts: Sequence[MapPlace], next_number: int | None) -> Markup:
    """Every workshop's seal, and each city's name once."""
    at = apart([view(host.longitude, host.latitude) for host in hosts])
    first = {host.name: index for index, host in reversed(list(enumerate(hosts)))}
    names = [host.name if first[host.name] == index else "" for index, host in enumerate(hosts)]
    seals = [seal(n, n == next_number, point) for n, point in enumerate(at, start=1)]
    placed = zip(names, at, sides(at, names, *SHEET), strict=True)
    return Markup("").join([*seals, *(name(*each) for each in placed if each[0])])


@dataclass(frozen=True)
class _Sheet:
    width: int
    height: int
    at: tuple[float, float]  # where the city lies
    scales: tuple[int, ...]  # pixels to a radian, the closest first
    hugs_the_left: bool = False  # land begins where the text above it does


_STRIP = _Sheet(640, 170, (150, 96), (1900, 1400, 1000, 560), hugs_the_left=True)
_ROUND = _Sheet(480, 400, (262, 186), (1250, 950, 700))


def vignette(
    place: MapPlace,
    number: int,
    is_next: bool,
    shape: Literal["strip", "round"] = "strip",
) -> Markup:
    """The land around one city: a `strip` under an event's title, `round` beside a report's."""
    sheet = _STRIP if shape == "strip" else _ROUND
    view, ground = _ground(place, sheet)
    return VIGNETTE[shape].format(
        uid=f"{shape}-{number}-{re.sub('[^a-z]+', '-', place.name.lower())}",
        width=sheet.width,
        height=sheet.height,
        title=_("%(city)s on the map", city=place.name),
        land=ground,
        seal=seal(number, is_next, view(place.longitude, place.latitude), 15),
    )


@lru_cache(maxsize=256)
def _ground(place: MapPlace, sheet: _Sheet) -> tuple[View, str]:
    """The view around a city and its land: the costly part, the same whatever the seal says."""
    view = _around(place, sheet)
    return view, land(view, "50m").path


def _around(place: MapPlace, sheet: _Sheet) -> View:
    """The closest view that still shows some coast: land alone would be an empty hatching."""
    x, y = sheet.at
    _, up = mercator(0, place.latitude)
    for scale in sheet.scales:
        top = y + scale * up
        view = View("mercator", place.longitude, scale, x, top, sheet.width, sheet.height)
        if land(view, "50m").share <= MOST_LAND:
            break
    if sheet.hugs_the_left:
        x -= max(land(view, "50m").begins - 4, 0)
    return replace(view, left=x)
