"""What an import would do, as a list."""

from datetime import date
from typing import Any

from events_service.domain.importing.lines import HEADINGS
from events_service.domain.importing.steps import Difference, Step
from events_service.letters.dates import plain_day
from events_service.letters.names import country, language
from events_service.web.lists.kind import Column, Filter, ListKind

KINDS = {
    "city_added": "New city",
    "city_changed": "City changes",
    "person_added": "New focal point",
    "person_changed": "Focal point changes",
}


def list_of_steps() -> ListKind[Step]:
    return ListKind(
        columns=(
            Column("city", "City", lambda one: one.city),
            Column("kind", "What", lambda one: KINDS[one.kind]),
            Column("person", "Focal point", lambda one: one.person),
            Column("values", "Values", lambda one: "; ".join(map(said, one.differences))),
            Column("line", "Line", lambda one: str(one.line), order=lambda one: one.line),
        ),
        filters=(
            Filter(
                "kind",
                "What",
                "All of it",
                lambda _: list(KINDS.items()),
                lambda one, kind: one.kind == kind,
            ),
        ),
        searched=lambda one: (one.city, one.person, *map(said, one.differences)),
        number=lambda one: one.line,
        usual_sort="line",
    )


def said(one: Difference) -> str:
    """Time zone: Europe/Oslo → Europe/Stockholm"""
    new = shown(one.key, one.new)
    before = f"{shown(one.key, one.old)} → " if one.old not in (None, "") else ""
    return f"{HEADINGS[one.key]}: {before}{new}"


def shown(key: str, value: Any) -> str:
    if isinstance(value, date):
        return plain_day(value)
    if key == "language":
        return language(value)
    return country(value) if key == "country" else str(value)
