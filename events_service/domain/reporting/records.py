"""What staff write down about an event: notes, recommendations, next steps; and deleting any
record. Quotes and practices have modules of their own."""

from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from events_service.domain.refusals import NotFound, Refusal
from events_service.domain.reporting.order import place_after_the_others
from events_service.domain.reporting.practices import may_be_deleted
from events_service.domain.reporting.quotes import published_in
from events_service.model import (
    Account,
    Event,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Theme,
)
from events_service.model.record import Audience
from events_service.translation import gettext as _

Record = Note | Practice | Quote | Recommendation | NextStep
KINDS: dict[str, type[Record]] = {
    "note": Note,
    "practice": Practice,
    "quote": Quote,
    "recommendation": Recommendation,
    "next_step": NextStep,
}


def record_of(session: Session, event: Event, kind: str, number: int) -> Record:
    """A record of this event; those of others are not found."""
    model = KINDS.get(kind)
    found = cast(Record | None, session.get(model, number) if model else None)
    if found is None or found.event_id != event.id:
        raise NotFound(_("This record is no longer there. Go back to the records of the event."))
    return found


def theme_named(session: Session, event: Event, name: str) -> Theme | None:
    """The event's theme of that name, made when it is new; None for no name."""
    name = " ".join(name.split())
    if not name:
        return None
    for theme in event.themes:
        if theme.name.casefold() == name.casefold():
            return theme
    theme = Theme(event_id=event.id, name=name, position=len(event.themes))
    event.themes.append(theme)
    session.flush()
    return theme


def save_note(
    session: Session,
    event: Event,
    note: Note | None,
    *,
    theme: str,
    text: str,
    account: Account,
    now: datetime,
) -> Note:
    """A new note, or new words for one; `theme` by name."""
    known_theme = theme_named(session, event, theme)
    if note is None:
        note = Note(event_id=event.id, written_by_id=account.id, written_at=now)
        session.add(note)
    note.theme, note.text, note.sample = known_theme, text, False
    session.flush()
    return note


def save_recommendation(
    session: Session,
    event: Event,
    recommendation: Recommendation | None,
    *,
    audience: Audience,
    text: str,
) -> Recommendation:
    if recommendation is None:
        position = place_after_the_others(session, Recommendation, event)
        recommendation = Recommendation(event_id=event.id, position=position)
        session.add(recommendation)
    recommendation.audience, recommendation.text = audience, text
    recommendation.sample = False
    session.flush()
    return recommendation


def save_next_step(session: Session, event: Event, step: NextStep | None, *, text: str) -> NextStep:
    if step is None:
        position = place_after_the_others(session, NextStep, event)
        step = NextStep(event_id=event.id, position=position)
        session.add(step)
    step.text, step.sample = text, False
    session.flush()
    return step


def delete_record(session: Session, record: Record) -> None:
    """Refuses what others hold on to: a published practice, a quote that stands in print."""
    if isinstance(record, Practice):
        may_be_deleted(session, record)
    if isinstance(record, Quote):
        version = published_in(session, record)
        if version is not None:
            raise Refusal(
                _(
                    "This quote stands in version %(version)s of the published report. Mark its "
                    "consent as withdrawn, and it is taken out of what is shown; then publish a "
                    "new version.",
                    version=version,
                )
            )
        attribution = session.get(QuoteAttribution, record.id)
        if attribution is not None:
            session.delete(attribution)
            session.flush()
    session.delete(record)
    session.flush()
