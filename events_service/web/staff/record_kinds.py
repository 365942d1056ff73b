"""Each kind of record with its form: what the form shows first, and what saving it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy.orm import Session

from events_service.domain.reporting import quotes
from events_service.domain.reporting.practices import save_practice
from events_service.domain.reporting.records import (
    Record,
    save_next_step,
    save_note,
    save_recommendation,
    theme_named,
)
from events_service.model import (
    Event,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
)
from events_service.queries.organiser import cities_by_name
from events_service.web.access import me
from events_service.web.context import now
from events_service.web.forms import PageForm
from events_service.web.forms.records import (
    NextStepForm,
    NoteForm,
    PracticeForm,
    QuoteForm,
    RecommendationForm,
)
from events_service.web.staff.record_words import (
    NEXT_STEP,
    NOTE,
    PRACTICE,
    QUOTE,
    RECOMMENDATION,
    RecordWords,
)


@dataclass(frozen=True)
class Kind:
    words: RecordWords
    form: Callable[[Session, Event, Record | None], PageForm]
    save: Callable[[Session, Event, Record | None, Any], Record]


def _note_form(_db: Session, event: Event, record: Record | None) -> NoteForm:
    note = cast(Note | None, record)
    form = NoteForm(text=note.text, theme=_theme(note)) if note else NoteForm()
    form.offer_themes(event)
    return form


def _save_note(db: Session, event: Event, record: Record | None, form: NoteForm) -> Record:
    return save_note(
        db,
        event,
        cast(Note | None, record),
        theme=form.theme_name,
        text=form.text.data or "",
        account=me(),
        now=now(),
    )


def _recommendation_form(_db: Session, _event: Event, record: Record | None) -> RecommendationForm:
    one = cast(Recommendation | None, record)
    return RecommendationForm(text=one.text, audience=one.audience) if one else RecommendationForm()


def _save_recommendation(
    db: Session, event: Event, record: Record | None, form: RecommendationForm
) -> Record:
    return save_recommendation(
        db,
        event,
        cast(Recommendation | None, record),
        audience=form.audience.data,
        text=form.text.data or "",
    )


def _next_step_form(_db: Session, _event: Event, record: Record | None) -> NextStepForm:
    step = cast(NextStep | None, record)
    return NextStepForm(text=step.text) if step else NextStepForm()


def _save_next_step(db: Session, event: Event, record: Record | None, form: NextStepForm) -> Record:
    return save_next_step(db, event, cast(NextStep | None, record), text=form.text.data or "")


def _practice_form(db: Session, event: Event, record: Record | None) -> PracticeForm:
    one = cast(Practice | None, record)
    form = PracticeForm() if one is None else PracticeForm(obj=one, city=one.city_id)
    form.offer_themes(event)
    form.offer_cities(cities_by_name(db))
    if one is not None and not form.is_submitted():
        form.theme.data = _theme(one)
    return form


def _save_practice(db: Session, event: Event, record: Record | None, form: PracticeForm) -> Record:
    return save_practice(
        db,
        event,
        cast(Practice | None, record),
        city_id=form.city.data,
        theme=theme_named(db, event, form.theme_name),
        title=form.title.data or "",
        challenge=form.challenge.data or "",
        approach=form.approach.data or "",
        impact=form.impact.data or "",
    )


def _quote_form(db: Session, event: Event, record: Record | None) -> QuoteForm:
    quote = cast(Quote | None, record)
    said = db.get(QuoteAttribution, quote.id) if quote else None
    form = QuoteForm(city=0) if quote is None else QuoteForm(**_shown(quote, said))
    form.offer_themes(event)
    form.offer_cities(cities_by_name(db))
    return form


def _shown(quote: Quote, said: QuoteAttribution | None) -> dict[str, Any]:
    return {
        "text": quote.text,
        "theme": _theme(quote),
        "rule": quote.rule,
        "consent": quote.consent,
        "consent_on": quote.consent_on,
        "consent_wording": quote.consent_wording,
        "shown": quote.shown,
        "speaker": said.speaker if said else "",
        "role": said.role if said else "",
        "city": (said.city_id if said else None) or 0,
    }


def _save_quote(db: Session, event: Event, record: Record | None, form: QuoteForm) -> Record:
    return quotes.save_quote(
        db,
        event,
        cast(Quote | None, record),
        theme=theme_named(db, event, form.theme_name),
        text=form.text.data or "",
        rule=form.rule.data,
        shown=form.shown.data,
        speaker=quotes.Speaker(
            form.speaker.data or "", form.role.data or "", form.city.data or None
        ),
        consent=quotes.Consent(
            form.consent.data, form.consent_on.data, form.consent_wording.data or ""
        ),
    )


def _theme(record: Note | Practice | Quote) -> str:
    return record.theme.name if record.theme else ""


KINDS = {
    "note": Kind(NOTE, _note_form, _save_note),
    "recommendation": Kind(RECOMMENDATION, _recommendation_form, _save_recommendation),
    "next_step": Kind(NEXT_STEP, _next_step_form, _save_next_step),
    "practice": Kind(PRACTICE, _practice_form, _save_practice),
    "quote": Kind(QUOTE, _quote_form, _save_quote),
}
