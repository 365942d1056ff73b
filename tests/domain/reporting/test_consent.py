"""Nobody is quoted without consent, and nobody is named beyond what they agreed to (A17)."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from events_service.domain.refusals import Refusal
from events_service.domain.reporting.consent import (
    QuoteRecord,
    QuoteWithoutConsent,
    attribution,
    record_consent,
    speaker_line,
)
from events_service.domain.reporting.facts import Place
from events_service.model import Quote
from events_service.model.record import AttributionRule, ConsentState
from tests import cast

NEWARK = Place("Newark", "New Jersey", "US")


def said(
    rule: AttributionRule, consent: ConsentState = "given", city: Place | None = NEWARK
) -> QuoteRecord:
    return QuoteRecord(
        number=1,
        text="Trust is built before it is needed.",
        rule=rule,
        consent=consent,
        speaker="Head of prevention",
        role="Director",
        city=city,
    )


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (said("name"), "Head of prevention, Director, Newark"),
        (said("city"), "A participant from Newark (New Jersey, United States)"),
        (said("chatham"), "A participant"),
        (said("city", city=None), "A participant"),
    ],
)
def test_a_speaker_is_shown_as_the_rule_says(quote: QuoteRecord, shown: str) -> None:
    assert attribution(quote) == shown


@pytest.mark.parametrize("rule", ["name", "city", "chatham"])
@pytest.mark.parametrize("consent", ["none", "asked", "refused", "withdrawn"])
def test_without_consent_nothing_is_shown_under_any_rule(
    rule: AttributionRule, consent: ConsentState
) -> None:
    with pytest.raises(QuoteWithoutConsent, match="“Trust is built before it is needed"):
        attribution(said(rule, consent))


def test_a_name_that_holds_role_and_city_is_not_said_twice() -> None:
    assert speaker_line("Mayor, Newark", "Mayor", "Newark") == "Mayor, Newark"
    assert speaker_line("", "Mayor", "") == "Mayor"


def test_consent_is_kept_with_its_day_and_wording(db: Session) -> None:
    quote = Quote(event_id=cast.event(db).id, text="Words", rule="name", consent="none")
    db.add(quote)
    for day, wording in [(None, "May we quote you?"), (date(2027, 6, 9), "  ")]:
        with pytest.raises(Refusal):
            record_consent(db, quote, "given", on=day, wording=wording)
    record_consent(db, quote, "given", on=date(2027, 6, 9), wording=" May we quote you? ")
    kept = (quote.consent, quote.consent_on, quote.consent_wording)
    assert kept == ("given", date(2027, 6, 9), "May we quote you?")
    record_consent(db, quote, "none", on=date(2027, 6, 9), wording="")
    assert (quote.consent, quote.consent_on, quote.consent_wording) == ("none", None, None)
