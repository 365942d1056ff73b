"""When cities that are silent are reminded of a deadline. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from events_service.domain.scheduling.local_time import instant_of

ROUNDS = (14, 3)  # days before registration closes
HOUR = time(9)  # where the event is held
RESPITE = timedelta(days=5)  # for whoever was written to so shortly before
AHEAD = timedelta(days=ROUNDS[0] + 1)  # no round is due longer before the deadline


@dataclass(frozen=True)
class Round:
    """The reminders `days` before a deadline, due at that instant."""

    days: int
    due_at: datetime


def due_round(closes_at: datetime, zone: ZoneInfo, now: datetime) -> Round | None:
    """The round whose time has come last; None before the first, and once registration is closed.
    So a service that was away for a week writes to nobody twice on its return."""
    if now >= closes_at:
        return None
    last_day = closes_at.astimezone(zone).date()
    rounds = [
        Round(days, instant_of(zone, last_day - timedelta(days=days), HOUR, None))
        for days in ROUNDS
    ]
    return max((one for one in rounds if one.due_at <= now), key=_due_at, default=None)


def _due_at(one: Round) -> datetime:
    return one.due_at
