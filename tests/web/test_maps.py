"""Maps: the projections against d3-geo 3.1's own numbers, the drawing against what it promises."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from math import hypot

import pytest

from events_service.web.cartography import (
    View,
    equal_earth,
    fitted,
    great_circle,
    land,
    mercator,
    middle_meridian,
)
from events_service.web.lettering import RADIUS, apart, name_box, seal_box, sides
from events_service.web.maps import MARGIN, SHEET, MapPlace, series_map, vignette

BRATISLAVA = MapPlace("Bratislava", 48.15, 17.11)
STRASBOURG = MapPlace("Strasbourg", 48.58, 7.75)
STOCKHOLM = MapPlace("Stockholm", 59.33, 18.07)
NEW_YORK = MapPlace("New York City", 40.71, -74.0)
CAPE_TOWN = MapPlace("Cape Town", -33.92, 18.42)
HOSTS = [BRATISLAVA, STRASBOURG, STOCKHOLM, NEW_YORK, CAPE_TOWN]
PLACES = [(host.longitude, host.latitude) for host in HOSTS]
SVG = "{http://www.w3.org/2000/svg}"


def rounded(points: list[tuple[float, float]], digits: int = 3) -> list[tuple[float, float]]:
    return [(round(x, digits), round(y, digits)) for x, y in points]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def around_the_hosts() -> View:
    return fitted(PLACES, *SHEET, MARGIN, most=1100)


def test_equal_earth_is_d3s_geoEqualEarthRaw() -> None:  # noqa: N802
    points = [(0, 0), (18.07, 59.33), (-74, 40.71), (180, 90), (-180, -45)]
    assert rounded([equal_earth(*point) for point in points], 9) == [
        (0, 0),
        (0.206060349, 1.079231776),
        (-0.981799401, 0.78701549),
        (1.603588648, 1.317362759),
        (-2.319708998, -0.860231086),
    ]


def test_a_fitted_view_puts_places_where_d3_does() -> None:
    """geoEqualEarth().rotate([27.79, 0]).fitExtent([[104, 72], [536, 528]], the hosts)."""
    view = around_the_hosts()
    assert round(view.scale, 6) == 261.339976
    assert rounded([view(*place) for place in [*PLACES, (-116.2, 43.6)]]) == [
        (464.493, 115.704),
        (433.31, 113.895),
        (453.461, 72.0),
        (156.564, 148.368),
        (483.436, 528.0),
        (16.077, 135.392),
    ]


def test_mercator_puts_places_where_d3_does() -> None:
    """geoMercator().center([18.07, 59.33]).scale(1250).translate([262, 186])."""
    _, up = mercator(0, 59.33)
    view = View("mercator", 18.07, 1250, 262, 186 + 1250 * up, 480, 400)
    assert rounded([view(*p) for p in [(18.07, 59.33), (24.94, 60.17), (13, 55.6)]]) == [
        (262.0, 186.0),
        (411.88, 149.62),
        (151.39, 337.467),
    ]
    # d3's geoPath.area of the same land is 0.6646 of the sheet; lakes are ours to ignore.
    assert land(view, "50m").share == pytest.approx(0.6646, abs=0.02)


def test_land_covers_what_it_covers_in_d3() -> None:
    assert land(around_the_hosts(), "110m").share == pytest.approx(0.3650, abs=0.01)


def test_great_circles_are_d3s_geoInterpolate() -> None:  # noqa: N802
    way = great_circle((-74, 40.71), (18.42, -33.92))
    assert len(way) == 58
    assert rounded([way[0], way[-1]]) == [(-74.0, 40.71), (18.42, -33.92)]
    middle = ((x + y) / 2 for x, y in zip(way[28], way[29], strict=True))
    assert rounded([tuple(middle)], 1) == [(-25.1, 4.9)]
    assert great_circle((10, 10), (10, 10)) == [(10, 10), (10, 10)]


@pytest.mark.parametrize(
    ("longitudes", "middle"),
    [([17.11, -74.0, 18.42], -27.79), ([139.7, 174.8, -123.1, -77.0], -148.65), ([18.07], 18.07)],
)
def test_the_sheet_turns_to_where_the_places_are(longitudes: list[float], middle: float) -> None:
    assert round(middle_meridian(longitudes), 2) == middle


def test_no_seal_hides_another() -> None:
    view = around_the_hosts()
    points = [view(*place) for place in PLACES] * 2  # each city twice, as when all host again
    seals = apart(points)
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(points, 2)) == 0
    nearest = min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(seals, 2))
    assert nearest > 2 * RADIUS - 1


def test_no_name_hides_a_seal_or_another_name() -> None:
    view = around_the_hosts()
    seals = apart([view(*place) for place in PLACES])
    names = [host.name for host in HOSTS]
    chosen = sides(seals, names, *SHEET)
    boxes = [name_box(*each) for each in zip(seals, names, chosen, strict=True)]
    assert [a.overlap(b) for a, b in combinations(boxes, 2)] == [0.0] * 10
    assert [b.overlap(seal_box(s)) for b in boxes for s in seals] == [0.0] * 25
    assert [box.outside(*SHEET) for box in boxes] == [0.0] * 5
    # The control: with every name at the right, New York is fine and Strasbourg lies on Bratislava.
    careless = [name_box(seal, name, "e") for seal, name in zip(seals, names, strict=True)]
    assert sum(box.overlap(seal_box(s)) for box in careless for s in seals) > 0


def test_a_series_is_drawn_with_numbers_names_and_the_way_ahead() -> None:
    svg = drawn(series_map(HOSTS, [MapPlace("Oslo", 59.9, 10.75)], 5))
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts == ["1", "2", "3", "4", "5", *[host.name for host in HOSTS]]
    routes = [path.get("class") for path in svg.iter(f"{SVG}path") if path.get("class")]
    assert [name for name in routes if "route" in str(name)] == [
        "ws-map__route",
        "ws-map__route",
        "ws-map__route",
        "ws-map__route ws-map__route--next",
    ]
    assert svg.find(f"{SVG}title").text == "Map of the five host cities"
    assert svg.find(f"{SVG}desc").text == (
        "Bratislava, Strasbourg, Stockholm, New York City and Cape Town, "
        "joined in the order of the workshops. Small points are cities that have taken part."
    )
    assert len([c for c in svg.iter(f"{SVG}circle") if c.get("class") == "ws-map__city"]) == 1


def test_a_map_keeps_the_rules_of_a_page() -> None:
    page = str(series_map(HOSTS, [], 5) + series_map([STOCKHOLM], [], None, uid="other"))
    page += "".join(
        vignette(host, 3, False, shape) for host in HOSTS for shape in ("strip", "round")
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert re.findall(r"style=|<script|https?:", page) == []
    assert page.count('role="img"') == 12


def test_a_name_cannot_break_out_of_a_map() -> None:
    odd = MapPlace('<b>"&', 10, 10)
    assert "<b>" not in series_map([odd, STOCKHOLM], [], 1) + vignette(odd, 1, True)
    assert drawn(series_map([odd], [], 1)).find(f"{SVG}desc").text == '<b>"&.'


@pytest.mark.parametrize(
    "hosts",
    [
        [STOCKHOLM],
        [STOCKHOLM, STOCKHOLM],
        [MapPlace("Tokyo", 35.7, 139.7), MapPlace("Vancouver", 49.3, -123.1)],
        [MapPlace("Suva", -18.1, 178.4), MapPlace("Apia", -13.8, -171.8)],
        [MapPlace("Quito", -0.2, -78.5), MapPlace("Singapore", 1.35, 103.8), STOCKHOLM],
    ],
    ids=lambda hosts: hosts[0].name,
)
def test_any_hosts_fit_on_the_sheet(hosts: list[MapPlace]) -> None:
    svg = drawn(series_map(hosts, [], None))
    places = [
        tuple(map(float, re.findall(r"-?[\d.]+", str(group.get("transform")))))
        for group in svg.iter(f"{SVG}g")
        if "ws-map__host" in str(group.get("class"))
    ]
    assert len(places) == len(hosts)
    assert [p for p in places if not (0 < p[0] < SHEET[0] and 0 < p[1] < SHEET[1])] == []
    for path in svg.iter(f"{SVG}path"):
        if "route" in str(path.get("class")):
            for part in str(path.get("d")).split("M")[1:]:
                xs = [float(x) for x in re.findall(r"(?:^|L)(-?[\d.]+),", part)]
                assert max(abs(b - a) for a, b in pairwise(xs)) < SHEET[0] / 2


def test_no_hosts_no_map() -> None:
    assert series_map([], [], None) == ""
