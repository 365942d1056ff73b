"""Papers for the days of an event: badges, name plates, a list of participants, sheets to sign."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from events_service.documents.typesetting import typeset
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, ngettext

Paper = Literal["badges", "plates", "participants", "signatures"]
TITLES: dict[Paper, str] = {
    "badges": lazy_gettext("Badges"),
    "plates": lazy_gettext("Name plates"),
    "participants": lazy_gettext("Participants"),
    "signatures": lazy_gettext("Signatures"),
}


@dataclass(frozen=True)
class Person:
    """What papers show of somebody, and nothing else of them is known here."""

    name: str
    role: str
    home: str  # city
    days: tuple[date, ...] = ()
    stands_for_city: bool = False  # of whose people nobody is named


@dataclass(frozen=True)
class Happening:
    """An event, its dates in words; each of its days with what it is called."""

    city: str
    dates: str
    days: Mapping[date, str]


def paper_pdf(paper: Paper, event: Happening, people: Sequence[Person], *, network: str) -> bytes:
    """Bytes of the PDF; people in the order given."""
    papers: dict[str, object] = {
        "title": f"{TITLES[paper]}, {event.city}, {event.dates}",
        "city": event.city,
        "dates": event.dates,
        "note": _count(people),
        "people": [_shown(one) for one in people],
        "days": [_day(one, name, people) for one, name in event.days.items()],
    }
    inputs = {"papers": json.dumps(papers, ensure_ascii=False), "network": network}
    return typeset(
        "papers", f"{paper}.typ", inputs, at=datetime.combine(min(event.days), time(), UTC)
    )


def _shown(one: Person) -> Mapping[str, str]:
    """A role that the name says already is not said twice."""
    shown = asdict(one)
    del shown["days"], shown["stands_for_city"]
    return {**shown, "role": "" if one.role in one.name else one.role}


def _day(which: date, name: str, people: Sequence[Person]) -> dict[str, object]:
    expected = [one for one in people if which in one.days]
    return {
        "name": name,
        "note": _expected(expected),
        "people": [_shown(one) for one in expected],
    }


def _expected(people: Sequence[Person]) -> str:
    return ngettext("One person expected", "%(num)s people expected", len(people))


def _count(people: Sequence[Person]) -> str:
    count = sum(not one.stands_for_city for one in people)
    return ngettext("One person", "%(num)s people", count) if count else _("By city")
