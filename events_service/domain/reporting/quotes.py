"""Words that somebody said, and apart from them who said them and what they agreed to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.refusals import NotFound, Refusal
from events_service.domain.reporting.consent import record_consent
from events_service.domain.reporting.document import quotes_in
from events_service.domain.reporting.wording import curled
from events_service.model import (
    City,
    Event,
    Quote,
    QuoteAttribution,
    Report,
    ReportVersion,
    Theme,
)
from events_service.model.record import AttributionRule, ConsentState
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Speaker:
    name: str
    role: str
    city_id: int | None


@dataclass(frozen=True)
class Consent:
    state: ConsentState
    on: date | None
    wording: str


def save_quote(
    session: Session,
    event: Event,
    quote: Quote | None,
    *,
    theme: Theme | None,
    text: str,
    rule: AttributionRule,
    shown: bool,
    speaker: Speaker,
    consent: Consent,
) -> Quote:
    """A new quote, or a change of one. Consent is to words: new words need a new consent."""
    if quote is None:
        quote = Quote(event_id=event.id, text=text, rule=rule)
        session.add(quote)
    elif quote.text != text:
        consent = _of_new_words(session, quote, consent)
    elif quote.consent == "given" and _wider(quote.rule, rule) and _as_it_was(quote, consent):
        raise Refusal(
            _(
                "Consent was given to being shown more narrowly. Ask again, and record the new "
                "consent with its day and wording."
            )
        )
    quote.theme, quote.text, quote.rule, quote.shown = theme, text, rule, shown
    quote.sample = False
    session.flush()
    _attribute(session, quote, speaker)
    record_consent(session, quote, consent.state, on=consent.on, wording=consent.wording)
    return quote


def published_in(session: Session, quote: Quote) -> int | None:
    """Number of the newest published version that holds the quote's words."""
    versions = session.scalars(
        select(ReportVersion)
        .join(Report, Report.id == ReportVersion.report_id)
        .where(Report.event_id == quote.event_id)
        .order_by(ReportVersion.number.desc())
    )
    words = curled(quote.text)
    return next((one.number for one in versions if words in quotes_in(one.document)), None)


def _of_new_words(session: Session, quote: Quote, consent: Consent) -> Consent:
    version = published_in(session, quote)
    if version is not None:
        raise Refusal(
            _(
                "These words stand in version %(version)s of the published report, so they stay "
                "as they are. Add the new wording as another quote.",
                version=version,
            )
        )
    unchanged = _as_it_was(quote, consent)
    return Consent("none", None, "") if unchanged and consent.state == "given" else consent


def _as_it_was(quote: Quote, consent: Consent) -> bool:
    known = (quote.consent, quote.consent_on, quote.consent_wording or "")
    return known == (consent.state, consent.on, consent.wording.strip())


_WIDTH: dict[AttributionRule, int] = {"chatham": 0, "city": 1, "name": 2}


def _wider(before: AttributionRule, after: AttributionRule) -> bool:
    return _WIDTH[after] > _WIDTH[before]


def _attribute(session: Session, quote: Quote, speaker: Speaker) -> None:
    if speaker.city_id is not None and session.get(City, speaker.city_id) is None:
        raise NotFound(_("This city is not known. Choose one from the list."))
    known = session.get(QuoteAttribution, quote.id)
    if known is None:
        known = QuoteAttribution(quote_id=quote.id)
        session.add(known)
    known.speaker, known.role, known.city_id = speaker.name, speaker.role, speaker.city_id
    session.flush()
    session.expire(known, ["city"])
