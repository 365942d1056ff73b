"""What was learnt: practices and next steps are public; notes, recommendations and quotes are not,
so those are invented."""

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from events_service.model import (
    Event,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Resource,
    Series,
)
from events_service.sample.facts import FACTS, INVENTED, fact_of, local
from events_service.sample.places import Places

MORNING, EVENING = time(9), time(18)


def add_records(session: Session, event: Event, places: Places) -> None:
    fact, invented = fact_of(event.slug), INVENTED["records"].get(event.slug, {})
    themes = {theme.name: theme.id for theme in event.themes}
    session.add_all(
        NextStep(event_id=event.id, text=text, position=position)
        for position, text in enumerate(fact.get("next_steps", []))
    )
    session.add_all(
        _practice(event, known, themes, places, position)
        for position, known in enumerate(fact.get("practices", []))
    )
    session.add_all(
        Recommendation(
            event_id=event.id, audience=audience, text=text, position=position, sample=True
        )
        for audience, texts in invented.get("recommendations", {}).items()
        for position, text in enumerate(texts)
    )
    session.add_all(
        Note(
            event_id=event.id,
            theme_id=themes[theme],
            text=text,
            written_at=local(event.ends_on, EVENING, event.timezone),
            sample=True,
        )
        for theme, text in invented.get("notes", [])
    )
    for said in invented.get("quotes", []):
        _add_quote(session, event, said, themes, places)


def _practice(
    event: Event, known: dict[str, Any], themes: dict[str, int], places: Places, position: int
) -> Practice:
    """A practice is public with its three parts; only the title and the address are ours."""
    published_on = fact_of(event.slug)["published_on"]
    return Practice(
        **INVENTED["practices"][known["city"]],
        event_id=event.id,
        city=places.cities[known["city"]],
        theme_id=themes[known["theme"]],
        challenge=known["challenge"],
        approach=known["approach"],
        impact=known["impact"],
        position=position,
        published_at=local(published_on, MORNING, event.timezone),
        sample=True,
    )


def _add_quote(
    session: Session, event: Event, said: dict[str, Any], themes: dict[str, int], places: Places
) -> None:
    consent_on = said["consent_on"]
    quote = Quote(
        event_id=event.id,
        theme_id=themes[said["theme"]],
        text=said["text"],
        rule=said["rule"],
        shown=said["shown"],
        consent=said["consent"],
        consent_on=date.fromisoformat(consent_on) if consent_on else None,
        consent_wording=said["consent_wording"],
        sample=True,
    )
    session.add(quote)
    session.flush()
    session.add(
        QuoteAttribution(
            quote_id=quote.id,
            speaker=said["speaker"],
            role=said["role"],
            city_id=places.cities[said["city"]].id,
        )
    )


def add_resources(session: Session, series: Series) -> None:
    """The network's guides; one that belongs to a programme goes with the series that holds it."""
    programmes = {event.programme for event in series.events}
    session.add_all(
        Resource(
            title=fact["title"],
            audience=fact.get("audience"),
            series_id=series.id if fact.get("series") in programmes else None,
            published_on=_date(fact.get("published_on")),
            updated_on=_date(fact.get("updated_on")),
        )
        for fact in FACTS["resources"]
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
