"""Where a part of a report comes from, as links to the records behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from events_service.domain.reporting.wording import counted

_WORDS = {
    "attendance": ("person recorded", "people recorded"),
    "event": ("event", "events"),
    "event_partner": ("partner", "partners"),
    "theme": ("theme", "themes"),
    "note": ("note", "notes"),
    "quote": ("quote", "quotes"),
    "practice": ("practice", "practices"),
    "recommendation": ("recommendation", "recommendations"),
    "next_step": ("next step", "next steps"),
    "resource": ("resource", "resources"),
}
_RECORDS = {"note", "quote", "practice", "recommendation", "next_step"}


@dataclass(frozen=True)
class Source:
    words: str
    href: str  # empty: nothing to open


def sources(event_id: int, records: Sequence[str]) -> list[Source]:
    """ "attendance:12", "attendance:13", "note:3" become "two people recorded" and "one note"."""
    by_table = sorted((record.partition(":")[::2] for record in records), key=lambda pair: pair[0])
    found = []
    for table, group in groupby(by_table, key=lambda pair: pair[0]):
        numbers = [number for _, number in group]
        words = counted(len(numbers), *_WORDS[table])
        found.append(Source(words, _page(event_id, table, numbers)))
    return found


def _page(event_id: int, table: str, numbers: Sequence[str]) -> str:
    if table == "attendance":
        return url_for("staff.attendance", event_id=event_id)
    if table in _RECORDS:
        return url_for("staff.records", event_id=event_id, _anchor=f"{table}-{numbers[0]}")
    if table == "event" and len(numbers) == 1:
        return f"/organise/events/{numbers[0]}"
    return "" if table == "resource" else f"/organise/events/{event_id}"
