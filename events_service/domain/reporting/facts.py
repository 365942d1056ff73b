"""What a summary is drafted from: plain values, each with the record it comes from.

A source is written "table:number", such as "attendance:12".
"""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from events_service.model.event import EventKind
from events_service.model.place import OrganisationKind
from events_service.model.record import Audience


@dataclass(frozen=True)
class Place:
    name: str
    subdivision: str | None
    country: str  # ISO 3166-1 alpha-2


@dataclass(frozen=True)
class Organisation:
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class Attendee:
    """Somebody who was there, for a city or as a guest of an organisation."""

    source: str
    role: str
    body: Place | Organisation


@dataclass(frozen=True)
class Line:
    """A name or a sentence and the record it stands in."""

    source: str
    text: str


@dataclass(frozen=True)
class LaterEvent:
    source: str
    kind: EventKind
    title: str
    place: Place
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Theme:
    source: str
    name: str
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class SummaryFacts:
    source: str  # the event
    kind: EventKind
    title: str
    programme: str  # the initiative or series it belongs to; may be empty
    place: Place
    starts_on: date
    ends_on: date
    attendees: tuple[Attendee, ...] = ()
    partners: tuple[Line, ...] = ()
    donors: tuple[Line, ...] = ()
    themes: tuple[Theme, ...] = ()
    quotes: tuple[int, ...] = ()  # numbers of those that staff want shown, in order
    practices: tuple[int, ...] = ()  # numbers, in order
    recommendations: tuple[tuple[Audience, Line], ...] = ()
    later_events: tuple[LaterEvent, ...] = ()  # those that this one informs
    next_steps: tuple[Line, ...] = ()
    resources: tuple[Line, ...] = ()


class Body(TypedDict):
    """Content of a block. Quotes and practices are numbers of records, looked up whenever the
    document is made, so that a consent that was withdrawn counts at once."""

    heading: str
    paragraphs: list[str]
    items: list[str]
    quotes: list[int]
    practices: list[int]


def says_something(body: Body) -> bool:
    return bool(body["paragraphs"] or body["items"] or body["quotes"] or body["practices"])


@dataclass(frozen=True)
class Block:
    part: str
    body: Body
    sources: tuple[str, ...]
