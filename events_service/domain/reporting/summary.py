"""The summary page of an event, drafted from its records: blocks in the order they are printed.

Order and names follow the network's own summaries. Publication date, reading time and downloads
belong to a published document, not to a draft; events_service.domain.reporting.document adds them.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from events_service.alphabet import alphabetical
from events_service.domain.reporting.facts import (
    Attendee,
    Block,
    Body,
    LaterEvent,
    Line,
    Organisation,
    Place,
    SummaryFacts,
    says_something,
)
from events_service.domain.reporting.opening import opening
from events_service.domain.reporting.places import place_name
from events_service.domain.reporting.wording import curled, in_time, once_each
from events_service.letters.dates import date_range
from events_service.model.record import Audience

AUDIENCES: dict[Audience, tuple[str, str]] = {
    "mayors": ("for_mayors", "For mayors and cities"),
    "national": ("for_national", "For national governments"),
    "network": ("for_network", "For the network"),
}


def draft_summary(facts: SummaryFacts) -> list[Block]:
    """The document's blocks, without those that nothing was recorded for."""
    blocks = [
        _block("title", "", paragraphs=[facts.title], sources=[facts.source]),
        _block("content_type", "", paragraphs=[content_type(facts)], sources=[facts.source]),
        _block(
            "description",
            "In brief",
            paragraphs=opening(facts),
            sources=[facts.source, *_sources(facts.attendees), *_sources(facts.themes)],
        ),
        _block(
            "where_and_when",
            "Where and when",
            paragraphs=[where_and_when(facts)],
            sources=[facts.source],
        ),
        _names("partners", "Partners", facts.partners),
        *represented(facts.attendees),
        *_themes(facts),
        _quotes(facts.quotes),
        _practices(facts.practices),
        *(_recommended(facts, audience) for audience in AUDIENCES),
        next_steps(facts),
        _names("donors", "Donors", facts.donors),
        _names("resources", "Additional resources", facts.resources),
    ]
    return [block for block in blocks if says_something(block.body)]


def content_type(facts: SummaryFacts) -> str:
    return "Summit summary" if facts.kind == "summit" else "Workshop summary"


def where_and_when(facts: SummaryFacts) -> str:
    """ "3 – 5 June 2024, Stockholm (Sweden)"."""
    return f"{date_range(facts.starts_on, facts.ends_on)}, {place_name(facts.place)}"


def represented(attendees: Sequence[Attendee]) -> list[Block]:
    """Who attended, by kind of body, each body once and in alphabetical order."""
    cities = [one for one in attendees if isinstance(one.body, Place)]
    guests = [one for one in attendees if isinstance(one.body, Organisation)]
    networks = [one for one in guests if _kind(one) == "city_network"]
    others = [one for one in guests if _kind(one) != "city_network"]
    return [
        _bodies("local_governments", "Local governments represented", cities),
        _bodies("city_associations", "City associations represented", networks),
        _bodies("partners_represented", "Partners represented", others),
    ]


def next_steps(facts: SummaryFacts) -> Block:
    """Where what was learnt goes next, and what was agreed."""
    later = sorted(facts.later_events, key=lambda one: (one.starts_on, alphabetical(one.title)))
    paragraphs = [_carried_on(facts.place.name, later)] if later else []
    return _block(
        "next_steps",
        "Next steps",
        paragraphs=paragraphs,
        items=[line.text for line in facts.next_steps],
        sources=[*_sources(later), *_sources(facts.next_steps)],
    )


def _carried_on(city: str, later: Sequence[LaterEvent]) -> str:
    workshops = [_place_and_time(one) for one in later if one.kind == "workshop"]
    summits = [
        f"{_the(one.title)} in {_place_and_time(one)}" for one in later if one.kind == "summit"
    ]
    named = [f"the workshop{'s' if len(workshops) > 1 else ''} in {_joined(workshops)}"]
    return (
        f"What was learnt in {city} informs {_joined([*(named if workshops else []), *summits])}."
    )


def _joined(phrases: Sequence[str]) -> str:
    """A list of phrases; those with an "and" or commas of their own are parted by a comma."""
    if len(phrases) < 2:
        return "".join(phrases)
    plain = not any("," in phrase or " and " in phrase for phrase in phrases)
    return ", ".join(phrases[:-1]) + (" and " if plain else ", and ") + phrases[-1]


def _the(title: str) -> str:
    return title if title.startswith("The ") else f"the {title}"


def _place_and_time(event: LaterEvent) -> str:
    return f"{place_name(event.place)} {in_time(event.starts_on, event.ends_on)}"


def _bodies(part: str, heading: str, attendees: Sequence[Attendee]) -> Block:
    there = sorted({one.body for one in attendees}, key=lambda body: alphabetical(body.name))
    names = [place_name(body) if isinstance(body, Place) else body.name for body in there]
    return _block(part, heading, items=once_each(names), sources=_sources(attendees))


def _kind(attendee: Attendee) -> str:
    return attendee.body.kind if isinstance(attendee.body, Organisation) else ""


def _themes(facts: SummaryFacts) -> list[Block]:
    return [
        _block(
            theme.source.replace(":", "_"),
            theme.name[:1].upper() + theme.name[1:],
            paragraphs=[note.text for note in theme.notes],
            sources=[theme.source, *_sources(theme.notes)],
        )
        for theme in facts.themes
    ]


def _quotes(numbers: Sequence[int]) -> Block:
    block = _block("quotes", "In their words", sources=[f"quote:{n}" for n in numbers])
    block.body["quotes"] = list(numbers)
    return block


def _practices(numbers: Sequence[int]) -> Block:
    block = _block("practices", "Practices", sources=[f"practice:{n}" for n in numbers])
    block.body["practices"] = list(numbers)
    return block


def _recommended(facts: SummaryFacts, audience: Audience) -> Block:
    part, heading = AUDIENCES[audience]
    lines = [line for of, line in facts.recommendations if of == audience]
    return _block(part, heading, items=[line.text for line in lines], sources=_sources(lines))


def _names(part: str, heading: str, lines: Sequence[Line]) -> Block:
    names = once_each([line.text for line in lines])
    return _block(part, heading, items=names, sources=_sources(lines))


class _Recorded(Protocol):
    @property
    def source(self) -> str: ...


def _sources(records: Iterable[_Recorded]) -> list[str]:
    return [record.source for record in records]


def _block(
    part: str,
    heading: str,
    *,
    paragraphs: Sequence[str] = (),
    items: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Block:
    body = Body(
        heading=curled(heading),
        paragraphs=[curled(text) for text in paragraphs],
        items=[curled(text) for text in items],
        quotes=[],
        practices=[],
    )
    return Block(part, body, tuple(once_each(list(sources))))
