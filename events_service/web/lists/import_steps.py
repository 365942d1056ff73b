"""What an import would do, as a list."""

from datetime import date
from typing import Any

from events_service.domain.importing.lines import HEADINGS
from events_service.domain.importing.steps import Difference, Step
from events_service.letters.dates import plain_day
from events_service.letters.names import country, language
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.lists.kind import Column, Filter, ListKind

KINDS = {
    "city_added": lazy_gettext("New city"),
    "city_changed": lazy_gettext("City changes"),
    "person_added": lazy_gettext("New focal point"),
    "person_changed": lazy_gettext("Focal point changes"),
}


def list_of_steps() -> ListKind[Step]:
    return ListKind(
        columns=(
            Column("city", _("City"), lambda one: one.city),
            Column("kind", _("What"), lambda one: str(KINDS[one.kind])),
            Column("person", _("Focal point"), lambda one: one.person),
            Column("values", _("Values"), lambda one: "; ".join(map(said, one.differences))),
            Column("line", _("Line"), lambda one: str(one.line), order=lambda one: one.line),
        ),
        filters=(
            Filter(
                "kind",
                _("What"),
                _("All of it"),
                lambda _rows: list(KINDS.items()),
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
