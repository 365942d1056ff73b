"""Where the seals and names on a map go, so that none hides another. Pixels; pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from events_service.web.cartography import Point

Side = Literal["e", "w", "s", "n"]
SIDES: tuple[Side, ...] = ("e", "w", "s", "n")
RADIUS = 18.0  # of a seal on a phone, where it is largest for its map
LETTER = 13.0  # average width of a letter of a name there
LINE = 27.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    low: float

    def overlap(self, other: "Box") -> float:
        """Shared area in square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.low, other.low) - max(self.top, other.top)
        return max(across, 0) * max(down, 0)

    def outside(self, width: float, height: float) -> float:
        """Area that lies beyond a sheet."""
        whole = (self.right - self.left) * (self.low - self.top)
        return whole - self.overlap(Box(0, 0, width, height))


def apart(points: Sequence[Point], radius: float = RADIUS) -> list[Point]:
    """The points moved as little as is needed for seals of that radius not to overlap."""
    placed = [(x + index * 1e-3, y) for index, (x, y) in enumerate(points)]
    for _ in range(200):
        moved = False
        for i in range(len(placed)):
            for j in range(i + 1, len(placed)):
                (ax, ay), (bx, by) = placed[i], placed[j]
                distance = math.hypot(bx - ax, by - ay)
                short = 2 * radius - distance
                if short > 0.05:
                    dx, dy = (part / distance * short / 2 for part in (bx - ax, by - ay))
                    placed[i], placed[j] = (ax - dx, ay - dy), (bx + dx, by + dy)
                    moved = True
        if not moved:
            break
    return placed


def seal_box(seal: Point) -> Box:
    x, y = seal
    return Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)


def name_box(seal: Point, name: str, side: Side) -> Box:
    """Where a name stands that is written at that side of its seal."""
    x, y = seal
    wide, gap = LETTER * len(name), RADIUS + 6
    left = {"e": x + gap, "w": x - gap - wide}.get(side, x - wide / 2)
    top = {"s": y + gap, "n": y - gap - LINE}.get(side, y - LINE / 2)
    return Box(left, top, left + wide, top + LINE)


def sides(seals: Sequence[Point], names: Sequence[str], width: float, height: float) -> list[Side]:
    """For each name the side of its seal where it hides least of seals and other names."""
    chosen: list[Side] = ["e"] * len(names)
    blocks = [seal_box(seal) for seal in seals]

    def cost(index: int, side: Side) -> float:
        box = name_box(seals[index], names[index], side)
        others = [
            name_box(seals[j], names[j], chosen[j])
            for j in range(len(names))
            if j != index and names[j]
        ]
        hidden = sum(box.overlap(block) for block in blocks)
        hidden += sum(box.overlap(other) for other in others)
        return hidden + 4 * box.outside(width, height) + SIDES.index(side)

    for _ in range(4):  # each name settles beside the others; four rounds are plenty for a dozen
        for index in range(len(names)):
            chosen[index] = min(SIDES, key=lambda side: cost(index, side))
    return chosen
