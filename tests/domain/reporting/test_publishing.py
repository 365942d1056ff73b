"""Published versions never change, refuse quotes without consent, and lead to no speaker (A17)."""

import json
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import delete, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.reporting.consent import QuoteWithoutConsent
from events_service.domain.reporting.document import digest, quotes_in
from events_service.domain.reporting.editing import Words, edit_block
from events_service.domain.reporting.published import published_report, report_pdf
from events_service.domain.reporting.publishing import document_of, preview_pdf
from events_service.model import Event, Quote, QuoteAttribution, ReportVersion
from tests import cast, reporting
from tests.reporting import JULY, editor, part, published

CANARIES = ("Kassandra Quill", "Keeper of the lighthouse", "Newark")


@pytest.fixture
def stockholm(db: Session, settings: Settings) -> Event:
    event = reporting.stockholm(db, settings)
    reporting.drafted(db, event)
    return event


def test_a_version_holds_document_digest_and_pdf(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    version = published(db, settings, stockholm)
    assert (version.number, version.published_at) == (1, JULY)
    assert version.document["published_on"] == "2024-07-17"
    assert version.document["reading_minutes"] == 4
    assert version.digest == digest(version.document)
    assert version.pdf.startswith(b"%PDF-1.7")
    assert report_pdf(db, "stockholm-2024", 1) == version.pdf
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(version.pdf)).pages)
    assert "http://localhost/reports/stockholm-2024/versions/1" in text


def test_the_database_refuses_to_change_or_delete_a_version(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    version = published(db, settings, stockholm)
    for change in (
        update(ReportVersion).where(ReportVersion.id == version.id).values(digest="0"),
        delete(ReportVersion).where(ReportVersion.id == version.id),
    ):
        with pytest.raises(ProgrammingError, match="never changed"), db.begin_nested():
            db.execute(change)


def test_later_versions_stand_beside_the_first(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    first = published(db, settings, stockholm)
    with pytest.raises(Conflict, match="Nothing has changed"):
        published(db, settings, stockholm)
    report = reporting.drafted(db, stockholm)
    ours = Words(paragraphs=["Trust, city by city"], items=[])
    edit_block(db, part(report, "title"), ours, editor(db), now=JULY)
    second = published(db, settings, stockholm)
    assert (second.number, second.document["title"]) == (2, "Trust, city by city")
    assert first.document["title"].startswith("City-Led Strategies")
    newest, old = (published_report(db, "stockholm-2024", number) for number in (None, 1))
    assert newest is not None
    assert old is not None
    assert (newest.number, newest.newest, old.number, old.newest) == (2, 2, 1, 2)


@pytest.mark.parametrize("consent", ["none", "asked", "refused", "withdrawn"])
def test_every_rendering_refuses_a_shown_quote_without_consent_and_names_it(
    db: Session, settings: Settings, stockholm: Event, consent: str
) -> None:
    quote = reporting.quoted(db, stockholm)
    reporting.drafted(db, stockholm)
    renderings = [
        lambda: document_of(db, stockholm),
        lambda: preview_pdf(db, stockholm, network="Network"),
        lambda: published(db, settings, stockholm),
    ]
    quote.consent = consent
    db.flush()
    for render in renderings:
        with pytest.raises(QuoteWithoutConsent, match="“We ask before we plan"):
            render()
    # The control: with consent all three are made.
    quote.consent = "given"
    db.flush()
    assert all(render() for render in renderings)


def test_a_quote_that_is_not_to_be_shown_needs_no_consent(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    quote = reporting.quoted(db, stockholm)
    reporting.drafted(db, stockholm)
    quote.consent, quote.shown = "refused", False
    db.flush()
    assert quote.text not in quotes_in(published(db, settings, stockholm).document)


def said_by_the_canary(db: Session, event: Event, rule: str) -> None:
    quote = reporting.quoted(db, event)
    quote.rule = rule
    name, role, _ = CANARIES
    city = cast.city(db, "Newark")
    db.add(QuoteAttribution(quote_id=quote.id, speaker=name, role=role, city_id=city.id))
    db.flush()
    for block in reporting.drafted(db, event).blocks:
        if block.part == "local_governments":  # which lists Newark for everybody
            edit_block(db, block, Words(paragraphs=[], items=[]), editor(db), now=JULY)


def places_that_tell(version: ReportVersion) -> dict[str, bool]:
    """Whether document, text and raw bytes of the PDF hold a word about the speaker."""
    reader = PdfReader(BytesIO(version.pdf))
    texts = {
        "document": json.dumps(version.document, ensure_ascii=False),
        "pdf text": " ".join(page.extract_text() for page in reader.pages),
        "pdf metadata": f"{reader.metadata} {reader.xmp_metadata and reader.xmp_metadata.stream}",
        "pdf bytes": version.pdf.decode("latin-1"),
    }
    return {name: any(canary in text for canary in CANARIES) for name, text in texts.items()}


def test_a_chatham_house_quote_keeps_no_path_to_its_speaker(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    said_by_the_canary(db, stockholm, "chatham")
    version = published(db, settings, stockholm)
    assert "We ask before we plan." in quotes_in(version.document)
    quote = db.scalars(select(Quote).where(Quote.text == "We ask before we plan.")).one()
    assert f"quote:{quote.id}" not in json.dumps(version.document)
    assert not any(places_that_tell(version).values()), places_that_tell(version)


def test_the_same_search_finds_a_speaker_who_is_named(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    said_by_the_canary(db, stockholm, "name")
    told = places_that_tell(published(db, settings, stockholm))
    assert (told["document"], told["pdf text"]) == (True, True)


def test_a_quote_taken_back_after_publication_is_no_longer_shown(
    db: Session, settings: Settings, stockholm: Event
) -> None:
    quote = reporting.quoted(db, stockholm, "We don't ask whose child it is.")
    reporting.drafted(db, stockholm)
    version = published(db, settings, stockholm)
    words = "We don’t ask whose child it is."
    before = published_report(db, "stockholm-2024")
    assert before is not None
    assert (before.complete, words in quotes_in(before.document)) == (True, True)
    quote.consent = "withdrawn"
    db.flush()
    after = published_report(db, "stockholm-2024")
    assert after is not None
    assert (after.complete, words in quotes_in(after.document)) == (False, False)
    assert words in quotes_in(version.document)


def test_reports_that_are_not_there(db: Session, settings: Settings, stockholm: Event) -> None:
    assert published_report(db, "stockholm-2024") is None
    published(db, settings, stockholm)
    assert published_report(db, "stockholm-2024", 2) is None
    stockholm.published_at = None
    db.flush()
    assert published_report(db, "stockholm-2024") is None
    with pytest.raises(Conflict):
        published(db, settings, stockholm)
    with pytest.raises(Conflict, match="not over yet"):
        published(db, settings, cast.event(db))
    with pytest.raises(NotFound):
        published(db, settings, cast.event(db, starts_on=date(2023, 5, 1)))
