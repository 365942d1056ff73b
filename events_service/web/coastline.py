"""The outlines of land: Natural Earth, as the asset build prepared it, read once."""

import json
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Literal

from events_service.config import shipped

Detail = Literal["110m", "50m"]


@dataclass(frozen=True, slots=True)
class Ring:
    """An outline in degrees. `eastward` runs on across the date line instead of jumping back."""

    eastward: "array[float]"
    latitude: "array[float]"
    west: float
    east: float
    south: float
    north: float


def wrapped(degrees: float) -> float:
    """The same angle in [-180, 180)."""
    return (degrees + 180) % 360 - 180


@cache
def rings(detail: Detail) -> tuple[Ring, ...]:
    with (shipped("static") / f"land-{detail}.jsonl").open() as lines:
        return tuple(_ring(json.loads(line)) for line in lines)


def _ring(flat: list[float]) -> Ring:
    """A ring from lon, lat, lon, lat, …"""
    east, eastward, latitude = flat[0], array("f"), array("f", flat[1::2])
    for longitude in flat[::2]:
        east += wrapped(longitude - east)
        eastward.append(east)
    return Ring(eastward, latitude, min(eastward), max(eastward), min(latitude), max(latitude))
