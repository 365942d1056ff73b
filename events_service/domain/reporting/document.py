"""The document: blocks joined with quotes and practices as they stand, ready to be set.

Web page, preview and PDF are all made from what `compose` returns, and nothing else makes one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from events_service.domain.reporting.consent import QuoteRecord, attribution
from events_service.domain.reporting.facts import Body
from events_service.domain.reporting.wording import curled

WORDS_A_MINUTE = 200


class QuoteShown(TypedDict):
    text: str
    speaker: str


class PracticeShown(TypedDict):
    slug: str  # empty: no page of its own yet
    city: str  # "Boise (Idaho, United States)"
    title: str
    challenge: str
    approach: str
    impact: str


class Part(TypedDict):
    part: str
    heading: str
    paragraphs: list[str]
    items: list[str]
    quotes: list[QuoteShown]
    practices: list[PracticeShown]


class Head(TypedDict):
    """The event behind the document."""

    slug: str
    kind: str
    programme: str
    city: str
    latitude: float
    longitude: float
    number: int  # its place in the series, from 1
    dates: str  # "3 – 5 June 2024"


class Document(TypedDict):
    event: Head
    title: str
    content_type: str
    published_on: str | None  # ISO date; None in a preview
    reading_minutes: int
    parts: list[Part]


@dataclass(frozen=True)
class Records:
    """Quotes and practices by number, as they stand now."""

    quotes: Mapping[int, QuoteRecord]
    practices: Mapping[int, PracticeShown]


Blocks = Sequence[tuple[str, Body]]  # name of the part, its content


def compose(head: Head, blocks: Blocks, records: Records, *, published_on: date | None) -> Document:
    """The whole document. Raises QuoteWithoutConsent for a shown quote without consent, also for
    one that staff chose after the draft was made: it would be missing, or stand there later."""
    for quote in records.quotes.values():
        attribution(quote)
    by_part = dict(blocks)
    parts = [_part(name, body, records) for name, body in blocks if name not in _HEAD]
    parts = [part for part in _place_quotes(parts, by_part, records) if _content(part)]
    document = Document(
        event=head,
        title=_line(by_part, "title"),
        content_type=_line(by_part, "content_type"),
        published_on=published_on.isoformat() if published_on else None,
        reading_minutes=1,
        parts=parts,
    )
    document["reading_minutes"] = reading_minutes(document)
    return document


_HEAD = ("title", "content_type")


def _line(blocks: Mapping[str, Body], part: str) -> str:
    return " ".join(blocks[part]["paragraphs"]) if part in blocks else ""


def _part(name: str, body: Body, records: Records) -> Part:
    practices = [records.practices[n] for n in body["practices"] if n in records.practices]
    return Part(
        part=name,
        heading=body["heading"],
        paragraphs=body["paragraphs"],
        items=body["items"],
        quotes=[],
        practices=practices,
    )


def _place_quotes(
    parts: list[Part], blocks: Mapping[str, Body], records: Records
) -> Iterable[Part]:
    """The first quote stands with the opening, others beside their theme, the rest apart."""
    numbers = blocks["quotes"]["quotes"] if "quotes" in blocks else []
    shown = [records.quotes[n] for n in numbers if n in records.quotes]
    by_name = {part["part"]: part for part in parts}
    for place, quote in enumerate(shown):
        theme = (quote.theme or "").replace(":", "_")
        home = "description" if place == 0 else theme
        target = by_name.get(home) or by_name["quotes"]
        target["quotes"].append(QuoteShown(text=curled(quote.text), speaker=attribution(quote)))
    return parts


def _content(part: Part) -> bool:
    return bool(part["paragraphs"] or part["items"] or part["quotes"] or part["practices"])


def reading_minutes(document: Document) -> int:
    """Minutes to read what is printed, 200 words each, to the nearest and at least one."""
    return max(1, round(len(" ".join(printed(document)).split()) / WORDS_A_MINUTE))


def printed(document: Document) -> Iterable[str]:
    """Every text of the document, in its order."""
    yield document["title"]
    for part in document["parts"]:
        yield part["heading"]
        yield from part["paragraphs"]
        yield from part["items"]
        for quote in part["quotes"]:
            yield from (quote["text"], quote["speaker"])
        for box in part["practices"]:
            yield from (box["city"], box["title"], box["challenge"], box["approach"], box["impact"])


def digest(document: Document) -> str:
    """SHA-256 of the document as JSON with sorted keys and no spaces, in UTF-8."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def quotes_in(document: Mapping[str, object]) -> set[str]:
    """Words of all quotes in a document as it is kept."""
    parts = cast(Document, document)["parts"]
    return {quote["text"] for part in parts for quote in part["quotes"]}


def without_quotes(document: Mapping[str, object], withheld: Collection[str]) -> Document:
    """The document less the quotes with these words."""
    whole = cast(Document, document)
    parts = [
        Part({**part, "quotes": [one for one in part["quotes"] if one["text"] not in withheld]})
        for part in whole["parts"]
    ]
    return Document({**whole, "parts": [part for part in parts if _content(part)]})
