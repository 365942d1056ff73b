"""Times on the clocks of the host and, where these show something else, of the reader's city."""

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
    here = _(
        "%(moment)s in %(city)s (%(zone)s)",
        moment=dates.moment(at, host.zone),
        city=host.name,
        zone=dates.zone_label(host.zone, at),
    )
    return [here, *at_home(at, host, home)]


def at_home(at: datetime, host: Place, home: Place | None) -> list[str]:
    """That is 12:00 in Newark (UTC−4), with the day when that differs too; nothing where the
    clocks show the same."""
    return [_that_is(_there(at, host, home), at, home)] if home and _differ(at, host, home) else []


def hours_at_home(starts: datetime, ends: datetime, host: Place, home: Place | None) -> list[str]:
    """That is 03:00 – 11:30 in Newark (UTC−4), for hours of a day that the letter names."""
    if home is None or not _differ(starts, host, home):
        return []
    return [_that_is(dates.hours_there(starts, ends, host.zone, home.zone), starts, home)]


def in_a_sentence(at: datetime, host: Place, home: Place | None) -> str:
    """Friday 14 May 2027, 18:00 in Bratislava (12:00 in Newark)"""
    here = dates.moment(at, host.zone)
    if home is None or not _differ(at, host, home):
        return _("%(moment)s in %(city)s", moment=here, city=host.name)
    return _(
        "%(moment)s in %(city)s (%(there)s in %(home)s)",
        moment=here,
        city=host.name,
        there=_there(at, host, home),
        home=home.name,
    )


def _differ(at: datetime, host: Place, home: Place) -> bool:
    return at.astimezone(host.zone).utcoffset() != at.astimezone(home.zone).utcoffset()


def _there(at: datetime, host: Place, home: Place) -> str:
    """12:00; with its day when that is another than at the host's."""
    there = at.astimezone(home.zone)
    same_day = there.date() == at.astimezone(host.zone).date()
    return dates.clock(there.time()) if same_day else dates.moment(at, home.zone)


def _that_is(moment: str, at: datetime, home: Place) -> str:
    zone = dates.zone_label(home.zone, at)
    return _("That is %(moment)s in %(city)s (%(zone)s)", moment=moment, city=home.name, zone=zone)
