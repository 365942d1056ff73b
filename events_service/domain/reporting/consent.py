"""Who may be quoted, and as whom. The one gate that every rendering of a quote goes through."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from events_service.domain.refusals import Refusal
from events_service.domain.reporting.facts import Place
from events_service.domain.reporting.places import place_name
from events_service.model import Quote
from events_service.model.record import AttributionRule, ConsentState
from events_service.translation import gettext as _

PARTICIPANT = "A participant"


@dataclass(frozen=True)
class QuoteRecord:
    """A quote with what is known of its speaker, apart from its text."""

    number: int
    text: str
    rule: AttributionRule
    consent: ConsentState
    theme: str | None = None  # source of the theme, "theme:3"
    speaker: str = ""
    role: str = ""
    city: Place | None = None


class QuoteWithoutConsent(Refusal):
    """A quote is to be shown and nobody recorded that its speaker agreed."""

    def __init__(self, quote: QuoteRecord) -> None:
        self.quote = quote
        words = quote.text if len(quote.text) <= 90 else f"{quote.text[:88].rstrip()}…"
        super().__init__(
            _(
                "The quote “%(words)s” is to be shown, but consent for it is not recorded as "
                "given. Record the consent, or take the quote out of the document.",
                words=words,
            )
        )


def attribution(quote: QuoteRecord) -> str:
    """What stands under the quote. Raises QuoteWithoutConsent unless consent was given.

    Under the Chatham House Rule nothing that leads to the speaker is used, not even the city.
    """
    if quote.consent != "given":
        raise QuoteWithoutConsent(quote)
    if quote.rule == "name" and quote.speaker:
        return speaker_line(quote.speaker, quote.role, quote.city.name if quote.city else "")
    if quote.rule == "city" and quote.city:
        return f"A participant from {place_name(quote.city)}"
    return PARTICIPANT


def speaker_line(*parts: str) -> str:
    """Name, role and city, without what was said before: "Mayor, Newark" needs no more."""
    said: list[str] = []
    for part in parts:
        if part and part.casefold() not in ", ".join(said).casefold():
            said.append(part)
    return ", ".join(said)


def record_consent(
    session: Session, quote: Quote, state: ConsentState, *, on: date | None, wording: str
) -> None:
    """Keep what the speaker said, when, and to which wording they agreed."""
    if state == "given" and (on is None or not wording.strip()):
        raise Refusal(_("Say on which day consent was given, and to which wording."))
    quote.consent = state
    quote.consent_on = None if state == "none" else on
    quote.consent_wording = wording.strip() or None
    session.flush()
