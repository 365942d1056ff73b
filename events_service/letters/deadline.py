"""An instant by which a city has to act, on the clocks of the host and on its own."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from events_service.letters import dates


@dataclass(frozen=True)
class Place:
    """A city by name, and its zone."""

    name: str
    zone: ZoneInfo


def deadline(at: datetime, host: Place, home: Place | None = None) -> list[str]:
    """Friday 14 May 2027, 18:00 in Bratislava (UTC+2); and where the clocks of `home` show
    something else, That is 12:00 in Newark (UTC−4), with the day when that differs too."""
    lines = [f"{dates.moment(at, host.zone)} {_there(at, host)}"]
    if home is None:
        return lines
    here, there = at.astimezone(host.zone), at.astimezone(home.zone)
    if here.utcoffset() == there.utcoffset():
        return lines
    same_day = here.date() == there.date()
    shown = dates.clock(there.time()) if same_day else dates.moment(at, home.zone)
    return [*lines, f"That is {shown} {_there(at, home)}"]


def _there(at: datetime, place: Place) -> str:
    return f"in {place.name} ({dates.zone_label(place.zone, at)})"
