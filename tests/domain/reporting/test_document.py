"""The document that page and PDF are made from."""

from datetime import date
from typing import Any

import pytest

from events_service.domain.reporting.consent import QuoteRecord, QuoteWithoutConsent
from events_service.domain.reporting.document import (
    Blocks,
    Document,
    Head,
    PracticeShown,
    Records,
    compose,
    digest,
    quotes_in,
    reading_minutes,
    without_quotes,
)
from events_service.domain.reporting.facts import Body, Place

HEAD = Head(
    slug="dijon-2027",
    kind="workshop",
    programme="Open Cities Initiative",
    city="Dijon",
    latitude=47.3,
    longitude=5.0,
    number=2,
    dates="1 June 2027",
)
PRACTICE = PracticeShown(
    slug="", city="Dijon (France)", title="Open streets", challenge="C", approach="A", impact="I"
)


def body(**given: Any) -> Body:
    empty = Body(heading="", paragraphs=[], items=[], quotes=[], practices=[])
    return Body({**empty, **given})


BLOCKS: Blocks = [
    ("title", body(paragraphs=["Public space and trust"])),
    ("content_type", body(paragraphs=["Workshop summary"])),
    ("description", body(heading="In brief", paragraphs=["Two cities met."])),
    ("theme_3", body(heading="Schools", paragraphs=["Schools open late."])),
    ("quotes", body(heading="In their words", quotes=[1, 2, 3, 4])),
    ("practices", body(heading="Practices", practices=[7, 8])),
    ("next_steps", body(heading="Next steps", items=[])),
]


def quote(number: int, theme: str | None = None, **given: Any) -> QuoteRecord:
    known = {"rule": "chatham", "consent": "given", **given}
    return QuoteRecord(number=number, text=f"Words {number}", theme=theme, **known)


def made(*quotes: QuoteRecord) -> Document:
    records = Records({one.number: one for one in quotes}, {7: PRACTICE})
    return compose(HEAD, BLOCKS, records, published_on=date(2027, 7, 1))


def part(name: str, heading: str, **given: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"paragraphs": [], "items": [], "quotes": [], "practices": []}
    return {"part": name, "heading": heading, **empty, **given}


def shown(number: int) -> dict[str, str]:
    return {"text": f"Words {number}", "speaker": "A participant"}


def test_a_document_whole() -> None:
    assert made(quote(1), quote(2, "theme:3"), quote(3)) == {
        "event": HEAD,
        "title": "Public space and trust",
        "content_type": "Workshop summary",
        "published_on": "2027-07-01",
        "reading_minutes": 1,
        "parts": [
            part("description", "In brief", paragraphs=["Two cities met."], quotes=[shown(1)]),
            part("theme_3", "Schools", paragraphs=["Schools open late."], quotes=[shown(2)]),
            part("quotes", "In their words", quotes=[shown(3)]),
            part("practices", "Practices", practices=[PRACTICE]),
        ],
    }


def test_a_shown_quote_without_consent_stops_the_document_and_is_named() -> None:
    with pytest.raises(QuoteWithoutConsent) as refused:
        made(quote(1), quote(2, consent="asked"))
    assert refused.value.quote.number == 2
    assert "“Words 2”" in str(refused.value)
    # The control: with its consent the same document is made.
    assert made(quote(1), quote(2))["title"] == "Public space and trust"


def test_a_quote_chosen_after_the_draft_stops_it_as_well() -> None:
    with pytest.raises(QuoteWithoutConsent):
        made(quote(9, consent="none"))  # no block of the draft names it
    assert made(quote(9))["title"] == "Public space and trust"


def test_reading_time_counts_what_is_printed() -> None:
    document = made()
    document["parts"][0]["paragraphs"] = ["word " * 890]
    assert reading_minutes(document) == 5  # 909 words, 200 a minute
    document["parts"] = []
    assert reading_minutes(document) == 1


def test_digest_follows_the_content_and_not_the_order_of_its_keys() -> None:
    one, other = made(quote(1)), made(quote(1))
    turned = Document(**dict(reversed(list(other.items()))))
    assert digest(one) == digest(turned)
    turned["title"] += "."
    assert digest(one) != digest(turned)


def test_a_quote_that_was_taken_back_leaves_what_is_shown() -> None:
    document = made(quote(1), quote(3))
    assert quotes_in(document) == {"Words 1", "Words 3"}
    less = without_quotes(document, {"Words 3"})
    assert quotes_in(less) == {"Words 1"}
    assert [one["part"] for one in less["parts"]] == ["description", "theme_3", "practices"]
    assert quotes_in(document) == {"Words 1", "Words 3"}


def test_places_are_not_needed_to_quote_under_the_chatham_house_rule() -> None:
    named = quote(1, speaker="Head of schools", role="Head", city=Place("Dijon", None, "FR"))
    assert made(named) == made(quote(1))
