"""Where a part of a report comes from, as links to the records behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from events_service.translation import ngettext
from events_service.web.filters import spelt

_WORDS: dict[str, Callable[[int], str]] = {
    "attendance": lambda many: ngettext(
        "%(many)s person recorded", "%(many)s people recorded", many, many=spelt(many)
    ),
    "event": lambda many: ngettext("%(many)s event", "%(many)s events", many, many=spelt(many)),
    "event_partner": lambda many: ngettext(
        "%(many)s partner", "%(many)s partners", many, many=spelt(many)
    ),
    "theme": lambda many: ngettext("%(many)s theme", "%(many)s themes", many, many=spelt(many)),
    "note": lambda many: ngettext("%(many)s note", "%(many)s notes", many, many=spelt(many)),
    "quote": lambda many: ngettext("%(many)s quote", "%(many)s quotes", many, many=spelt(many)),
    "practice": lambda many: ngettext(
        "%(many)s practice", "%(many)s practices", many, many=spelt(many)
    ),
    "recommendation": lambda many: ngettext(
        "%(many)s recommendation", "%(many)s recommendations", many, many=spelt(many)
    ),
    "next_step": lambda many: ngettext(
        "%(many)s next step", "%(many)s next steps", many, many=spelt(many)
    ),
    "resource": lambda many: ngettext(
        "%(many)s resource", "%(many)s resources", many, many=spelt(many)
    ),
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
        words = _WORDS[table](len(numbers))
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
