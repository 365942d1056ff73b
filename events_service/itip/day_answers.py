"""What a person says to each day of an invitation: an answer to one day stands for that day alone
(RFC 5546 §3.2.3, RECURRENCE-ID)."""

from collections.abc import Mapping, Sequence
from datetime import date

from events_service.itip.messages import Partstat


def by_day(
    days: Sequence[date], whole: Partstat, single: Mapping[date, Partstat]
) -> dict[date, Partstat]:
    """The answer that stands for each of the days, in their order. `single`: answers to one day."""
    return {day: single.get(day, whole) for day in days}


def waits_for_answer(
    days: Sequence[date], whole: Partstat, single: Mapping[date, Partstat]
) -> bool:
    """Whether there is a day to which nothing has been said."""
    return "NEEDS-ACTION" in by_day(days, whole, single).values()
