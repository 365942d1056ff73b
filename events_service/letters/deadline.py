"""An instant by which a city has to act, on the clocks of the host and on its own."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from events_service.letters import dates
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Place:
    """A city by name, and its zone."""

    name: str
    zone: ZoneInfo


def deadline(at: datetime, host: Place, home: Place | None = None) -> list[str]:
    """Friday 14 May 2027, 18:00 in Bratislava (UTC+2); and where the clocks of `home` show
    something else, That is 12:00 in Newark (UTC−4), with the day when that differs too."""
    lines = [
        _(
            "%(moment)s in %(city)s (%(zone)s)",
            moment=dates.moment(at, host.zone),
            city=host.name,
            zone=dates.zone_label(host.zone, at),
        )
    ]
    if home is None:
        return lines
    here, there = at.astimezone(host.zone), at.astimezone(home.zone)
    if here.utcoffset() == there.utcoffset():
        return lines
    same_day = here.date() == there.date()
    shown = dates.clock(there.time()) if same_day else dates.moment(at, home.zone)
    return [
        *lines,
        _(
            "That is %(moment)s in %(city)s (%(zone)s)",
            moment=shown,
            city=home.name,
            zone=dates.zone_label(home.zone, at),
        ),
    ]
