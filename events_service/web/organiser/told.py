"""What one person told about themselves, as an organiser's page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from events_service.domain.particulars.answers import in_words
from events_service.model import Event, Member
from events_service.queries.what_they_told import Answered, TheyTold
from events_service.translation import NAMES, said
from events_service.web.forms.details import CONSENTS, erased_on, ways_of_naming


@dataclass(frozen=True)
class Line:
    """An answer. `words` empty: left out knowingly; `by_city`: typed for them."""

    label: str
    purpose: str
    words: str
    by_city: bool
    at: datetime
    erased_on: date
    is_removed: bool


@dataclass(frozen=True)
class Agreement:
    """What they said to one wording; `stands`: their last word on it."""

    label: str
    given: bool
    version: int
    language: str
    wording: str
    at: datetime
    stands: bool


@dataclass(frozen=True)
class Told:
    is_asked: bool
    lines: list[Line]
    in_confidence: int  # answers that this page doesn’t show
    naming: str
    agreements: list[Agreement]


def shown_of(event: Event, member: Member, told: TheyTold) -> Told:
    """What a person's page shows of it."""
    form = told.form
    naming = dict(ways_of_naming(member.delegation.city.name))
    return Told(
        is_asked=form is not None and form.link_sent_at is not None,
        lines=[line_of(event, one) for one in told.open_ones],
        in_confidence=sum(one.detail.value is not None for one in told.in_confidence),
        naming=naming.get(form.attribution or "", "") if form else "",
        agreements=_agreements(told),
    )


def line_of(event: Event, one: Answered) -> Line:
    return Line(
        said(one.question.label),
        said(one.question.purpose),
        in_words(one.detail.value),
        one.detail.saved_by == "city",
        one.detail.saved_at,
        erased_on(event, one.question),
        one.question.removed_at is not None,
    )


def _agreements(told: TheyTold) -> list[Agreement]:
    last = {one.text.kind: one for one in told.agreed}
    return [
        Agreement(
            str(CONSENTS[one.text.kind]),
            one.given,
            one.text.version,
            NAMES.get(one.text.language, one.text.language),
            one.text.wording,
            one.said_at,
            one is last[one.text.kind],
        )
        for one in told.agreed
    ]
