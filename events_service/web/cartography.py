"""Land and lines on a flat sheet: projections, views, clipping. Degrees in, pixels out; pure."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from events_service.web.coastline import Detail, Ring, rings, wrapped

Point = tuple[float, float]
Projection = Literal["equal_earth", "mercator"]

EDGE = 20.0  # pixels beyond the sheet where land is cut, so that no cut is ever seen
FINEST = 0.7  # pixels; points nearer to the last one drawn are left out
SMALLEST = 4.0  # square pixels; islands below it are left out
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> Point:
    """Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949; radians of arc."""
    slant = math.asin(_ROOT * math.sin(math.radians(latitude)))
    square = slant * slant
    sixth = square**3
    across = _ROOT * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    up = slant * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return math.radians(longitude) * math.cos(slant) / across, up


def mercator(longitude: float, latitude: float) -> Point:
    """Spherical Mercator; radians of arc. Not for the poles."""
    half = math.radians(max(min(latitude, 85.0), -85.0)) / 2
    return math.radians(longitude), math.log(math.tan(math.pi / 4 + half))


_FORMULA: dict[Projection, Callable[[float, float], Point]] = {
    "equal_earth": equal_earth,
    "mercator": mercator,
}


@dataclass(frozen=True)
class View:
    """A sheet of `width` × `height` pixels, `scale` pixels to a radian, turned to `meridian`."""

    projection: Projection
    meridian: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def flat(self, eastward: float, latitude: float) -> Point:
        """A point `eastward` degrees from the meridian; not wrapped."""
        x, y = _FORMULA[self.projection](eastward, latitude)
        return self.left + self.scale * x, self.top - self.scale * y

    def sides(self) -> tuple[float, float]:
        """Degrees from the meridian between which land can be on the sheet."""
        if self.projection != "mercator":
            return -180.0, 180.0
        west = math.degrees((-EDGE - self.left) / self.scale)
        east = math.degrees((self.width + EDGE - self.left) / self.scale)
        return max(west, -180.0), min(east, 180.0)

    def __call__(self, longitude: float, latitude: float) -> Point:
        return self.flat(wrapped(longitude - self.meridian), latitude)

    def holds(self, point: Point) -> bool:
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def middle_meridian(longitudes: Iterable[float]) -> float:
    """The middle of the shortest arc that holds all longitudes, also across the date line."""
    ordered = sorted(wrapped(each) for each in longitudes)
    gaps = [
        (wrapped_gap, after)
        for before, after in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)
        for wrapped_gap in [after - before]
    ]
    widest, start = max(gaps)
    return wrapped(start + (360 - widest) / 2)


def fitted(points: Sequence[Point], width: float, height: float, pad: Point, most: float) -> View:
    """An Equal Earth view in which all (longitude, latitude) keep `pad` pixels from the edge."""
    meridian = middle_meridian(longitude for longitude, _ in points)
    flat = [equal_earth(wrapped(longitude - meridian), latitude) for longitude, latitude in points]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    across, up = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(
        most,
        (width - 2 * pad[0]) / across if across else most,
        (height - 2 * pad[1]) / up if up else most,
    )
    left = width / 2 - scale * (max(xs) + min(xs)) / 2
    top = height / 2 + scale * (max(ys) + min(ys)) / 2
    return View("equal_earth", meridian, scale, left, top, width, height)


def _cut(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    """The part of a closed ring where sign · coordinate ≤ sign · bound (Sutherland–Hodgman)."""
    kept: list[Point] = []
    before = ring[-1]
    was_inside = (bound - before[axis]) * sign >= 0
    for here in ring:
        inside = (bound - here[axis]) * sign >= 0
        if inside != was_inside:
            part = (bound - before[axis]) / (here[axis] - before[axis])
            (x, y), (to_x, to_y) = before, here
            kept.append((x + part * (to_x - x), y + part * (to_y - y)))
        if inside:
            kept.append(here)
        before, was_inside = here, inside
    return kept


def _clipped(ring: list[Point], left: float, top: float, right: float, low: float) -> list[Point]:
    for axis, bound, sign in ((0, left, -1), (0, right, 1), (1, top, -1), (1, low, 1)):
        if ring and not all((bound - point[axis]) * sign >= 0 for point in ring):
            ring = _cut(ring, axis, bound, sign)
    return ring


def _pieces(view: View, ring: Ring) -> Iterator[list[Point]]:
    """What is seen of a ring. Most rings, and most of a long one, are far from the sheet, so they
    are left out by their degrees before anything is projected."""
    if view.flat(0, ring.north)[1] > view.height + EDGE or view.flat(0, ring.south)[1] < -EDGE:
        return
    west, east = view.sides()
    for turn in (-360, 0, 360):
        shift = wrapped(ring.eastward[0] - view.meridian) - ring.eastward[0] + turn
        if ring.east + shift < west or ring.west + shift > east:
            continue
        turned = [(x + shift, y) for x, y in zip(ring.eastward, ring.latitude, strict=True)]
        near = _clipped(turned, west, -90, east, 90)
        flat = [view.flat(*point) for point in near]
        seen = _clipped(flat, -EDGE, -EDGE, view.width + EDGE, view.height + EDGE)
        if len(seen) > 2 and _area(seen) >= SMALLEST:
            yield seen


@dataclass(frozen=True, slots=True)
class Land:
    """The land on a sheet."""

    path: str  # SVG path data
    begins: float  # pixels from the left edge of the sheet to the westernmost land
    share: float  # of the sheet that is land, from 0 to 1


@lru_cache(maxsize=8)
def land(view: View, detail: Detail) -> Land:
    """All land in view. The points that it was drawn from are not kept: they are megabytes."""
    drawn, begins, area = [], math.inf, 0.0
    for ring in rings(detail):
        for piece in _pieces(view, ring):
            drawn.append(path(piece, close=True))
            begins = min(begins, *(x for x, _ in piece))
            area += _area(piece)
    whole = (view.width + 2 * EDGE) * (view.height + 2 * EDGE)
    return Land("".join(drawn), begins if drawn else 0.0, area / whole)


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def path(points: Iterable[Point], close: bool = False) -> str:
    """SVG path data to a tenth of a pixel, without points that would not be seen."""
    drawn: list[Point] = []
    for x, y in points:
        if not drawn or math.hypot(x - drawn[-1][0], y - drawn[-1][1]) >= FINEST:
            drawn.append((x, y))
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in drawn) + ("Z" if close else "")


def great_circle(start: Point, end: Point) -> list[Point]:
    """(longitude, latitude) every two degrees or less along the shortest way between two points."""
    a, b = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    steps = max(1, math.ceil(math.degrees(angle) / 2))
    if math.sin(angle) < 1e-9:
        return [start, end]
    points = []
    for step in range(steps + 1):
        near, far = (math.sin(part * angle) for part in (1 - step / steps, step / steps))
        x, y, z = ((near * p + far * q) / math.sin(angle) for p, q in zip(a, b, strict=True))
        points.append((math.degrees(math.atan2(y, x)), math.degrees(math.asin(z))))
    return points


def _vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = map(math.radians, point)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)
