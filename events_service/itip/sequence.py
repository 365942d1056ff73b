"""When SEQUENCE goes up and an answer is asked for again (RFC 5546 §2.1.4, RFC 5545 §3.8.7.4)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from events_service.itip.days import Run
from events_service.itip.messages import Partstat

Change = Literal["time", "place", "text", "nothing"]


@dataclass(frozen=True)
class Shown:
    """What a calendar shows of an invitation."""

    run: Run
    zone: str  # IANA name
    location: str
    text: str  # summary and description


@dataclass(frozen=True)
class Standing:
    """The revision state of an invitation. `min_sequence` is the sequence of its last change of
    time: answers to an older one are about another time."""

    sequence: int
    min_sequence: int
    partstat: Partstat


def weigh(before: Shown, after: Shown) -> Change:
    """The weightiest thing that differs."""
    if before.zone != after.zone or _instants(before) != _instants(after):
        return "time"
    if before.location != after.location:
        return "place"
    return "nothing" if before.text == after.text else "text"


def revised(standing: Standing, change: Change) -> Standing:
    """A new time asks anew; a new place keeps the answer; a text edit only has a newer DTSTAMP."""
    if change == "time":
        return sent_anew(standing)
    if change == "place":
        return replace(standing, sequence=standing.sequence + 1)
    return standing


def sent_anew(standing: Standing) -> Standing:
    """For a CANCEL, and for the REQUEST that readmits: above all that went before."""
    number = standing.sequence + 1
    return Standing(sequence=number, min_sequence=number, partstat="NEEDS-ACTION")


def _instants(shown: Shown) -> list[object]:
    """Equal wall times of different `fold` compare equal in Python, instants do not."""
    if shown.run.hours is None:
        return list(shown.run.days)
    zone = ZoneInfo(shown.zone)
    return [
        datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
        for day in shown.run.days
        for clock in shown.run.hours
    ]
