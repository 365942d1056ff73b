"""The two files that the sample is made from, read once."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent

FACTS: dict[str, Any] = json.loads((HERE / "series-2024.json").read_text("utf-8"))
INVENTED: dict[str, Any] = json.loads((HERE / "invented-2024.json").read_text("utf-8"))


def fact_of(event_key: str) -> dict[str, Any]:
    """What is publicly known about an event."""
    known: dict[str, Any] = next(fact for fact in FACTS["events"] if fact["key"] == event_key)
    return known


def local(day: str | date, clock: time, zone: str) -> datetime:
    """An instant by the clock of a place, from a day (a date or its ISO form)."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, clock, ZoneInfo(zone))
