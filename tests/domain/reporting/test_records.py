"""What staff write down: kept, ordered, and deleted unless something rests on it."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import NotFound, Refusal
from events_service.domain.reporting import practices, quotes, records
from events_service.domain.reporting.order import move_up
from events_service.domain.reporting.quotes import Consent, Speaker
from events_service.model import (
    Event,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Spotlight,
)
from events_service.model.record import AttributionRule
from tests import cast, reporting
from tests.follow_up import colleague
from tests.reporting import JULY

NOBODY = Speaker("Head of schools", "Director", None)
GIVEN = Consent("given", date(2024, 6, 20), "You may quote me.")


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


def test_a_note_makes_its_theme_once(db: Session, event: Event) -> None:
    account = colleague(db)
    for name in ("Public space", "public  SPACE", ""):
        records.save_note(db, event, None, theme=name, text="T", account=account, now=JULY)
    notes = db.scalars(select(Note).order_by(Note.id)).all()
    assert [theme.name for theme in event.themes] == ["Public space"]
    theme = event.themes[0].id
    assert [note.theme_id for note in notes] == [theme, theme, None]
    records.save_note(db, event, notes[0], theme="", text="New", account=account, now=JULY)
    assert (notes[0].text, notes[0].theme_id) == ("New", None)


def test_recommendations_move_within_their_audience(db: Session, event: Event) -> None:
    def add(audience: str, text: str) -> Recommendation:
        return records.save_recommendation(
            db,
            event,
            None,
            audience=audience,
            text=text,
        )

    add("mayors", "one")
    add("network", "other")
    last = add("mayors", "two")
    for _ in range(2):  # the first one stays where it is
        move_up(db, last)
    rows = db.scalars(select(Recommendation).order_by(Recommendation.position, Recommendation.id))
    mayors = [row.text for row in rows if row.audience == "mayors"]
    assert mayors == ["two", "one"]


def test_next_steps_keep_their_order_and_words(db: Session, event: Event) -> None:
    first = records.save_next_step(db, event, None, text="one")
    second = records.save_next_step(db, event, None, text="two")
    records.save_next_step(db, event, first, text="ONE")
    move_up(db, second)
    assert (second.position, first.position, first.text) == (0, 1, "ONE")


def test_records_are_found_only_in_their_own_event(db: Session, event: Event) -> None:
    step = records.save_next_step(db, event, None, text="one")
    assert records.record_of(db, event, "next_step", step.id) is step
    other = cast.event(db, slug="other")
    for where, kind, number in [
        (other, "next_step", step.id),
        (event, "note", step.id),
        (event, "event", event.id),
        (event, "next_step", 0),
    ]:
        with pytest.raises(NotFound):
            records.record_of(db, where, kind, number)


def practice(db: Session, event: Event, title: str = "Open streets", impact: str = "I") -> Practice:
    return practices.save_practice(
        db,
        event,
        None,
        city_id=cast.city(db, "Dijon").id,
        theme=None,
        title=title,
        challenge="C",
        approach="A",
        impact=impact,
    )


def test_a_practice_gets_an_address_of_its_own_and_keeps_it(db: Session, event: Event) -> None:
    first, second = practice(db, event), practice(db, event)
    assert (first.slug, second.slug) == ("dijon-open-streets", "dijon-open-streets-2")
    practices.save_practice(
        db,
        event,
        first,
        city_id=first.city_id,
        theme=None,
        title="Other words",
        challenge="C",
        approach="A",
        impact="I",
    )
    assert (first.slug, first.title, second.position) == ("dijon-open-streets", "Other words", 1)


def test_a_practice_is_published_whole_and_once(db: Session, event: Event) -> None:
    with pytest.raises(Refusal, match="Write the impact"):
        practices.publish_practice(db, practice(db, event, impact=" "), now=JULY)
    made = practice(db, event)
    practices.publish_practice(db, made, now=JULY)
    practices.publish_practice(db, made, now=JULY.replace(year=2025))
    assert made.published_at == JULY


def test_what_others_hold_on_to_is_not_deleted(db: Session, event: Event) -> None:
    made = practice(db, event)
    practices.publish_practice(db, made, now=JULY)
    with pytest.raises(Refusal, match="Take its page down"):
        records.delete_record(db, made)
    practices.unpublish_practice(db, made)
    lead = colleague(db)
    held = Spotlight(practice_id=made.id, city_id=made.city_id, owner_id=lead.id, started_at=JULY)
    db.add(held)
    db.flush()
    with pytest.raises(Refusal, match="partnership with Dijon"):
        records.delete_record(db, made)
    db.delete(held)
    db.flush()
    records.delete_record(db, made)
    assert db.scalars(select(Practice)).all() == []


def save(
    db: Session,
    event: Event,
    quote: Quote | None = None,
    *,
    text: str = "We ask before we plan.",
    rule: AttributionRule = "city",
    consent: Consent = GIVEN,
) -> Quote:
    return quotes.save_quote(
        db,
        event,
        quote,
        theme=None,
        text=text,
        rule=rule,
        shown=True,
        speaker=NOBODY,
        consent=consent,
    )


def test_words_and_speaker_are_kept_apart_and_deleted_together(db: Session, event: Event) -> None:
    quote = save(db, event)
    said = db.get(QuoteAttribution, quote.id)
    assert said is not None
    assert (said.speaker, said.role, said.city_id) == ("Head of schools", "Director", None)
    columns = {column.name for column in Quote.__table__.columns}
    assert not columns & {"speaker", "role", "city_id"}
    records.delete_record(db, quote)
    db.expire_all()
    assert db.scalars(select(Quote.id)).all() == db.scalars(select(QuoteAttribution)).all() == []


def test_new_words_need_a_new_consent(db: Session, event: Event) -> None:
    quote = save(db, event)
    save(db, event, quote, text="We plan before we ask.")
    assert (quote.consent, quote.consent_on, quote.consent_wording) == ("none", None, None)
    again = Consent("given", date(2024, 6, 30), "Also so.")
    save(db, event, quote, text="We plan, and then we ask.", consent=again)
    assert quote.consent == "given"


def test_a_wider_rule_needs_a_new_consent_and_a_narrower_one_does_not(
    db: Session, event: Event
) -> None:
    quote = save(db, event, rule="city")
    with pytest.raises(Refusal, match="more narrowly"):
        save(db, event, quote, rule="name")
    assert quote.rule == "city"
    save(db, event, quote, rule="chatham")
    again = Consent("given", date(2024, 6, 30), "You may name me.")
    save(db, event, quote, rule="name", consent=again)
    assert (quote.rule, quote.consent_wording) == ("name", "You may name me.")


def test_words_in_print_are_neither_changed_nor_deleted(db: Session, settings: Settings) -> None:
    event = reporting.stockholm(db, settings)
    quote = save(db, event, text="We don't ask whose child it is.")
    reporting.drafted(db, event)
    assert quotes.published_in(db, quote) is None
    reporting.published(db, settings, event)
    assert quotes.published_in(db, quote) == 1
    with pytest.raises(Refusal, match="stand in version 1"):
        save(db, event, quote, text="Other words")
    with pytest.raises(Refusal, match="stands in version 1"):
        records.delete_record(db, quote)
    save(
        db,
        event,
        quote,
        text="We don't ask whose child it is.",
        consent=Consent("withdrawn", date(2024, 8, 1), "Please take it out."),
    )
    assert quote.consent == "withdrawn"
