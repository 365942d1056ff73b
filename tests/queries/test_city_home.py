"""A city's own page costs the same however much there is on it."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.followup.spotlights import finished_at, start_partnership
from events_service.model import (
    Event,
    OutboxMail,
    Practice,
    Quote,
    QuoteAttribution,
    Report,
)
from events_service.queries.city_home import city_home
from tests import cast, follow_up, office
from tests.conftest import TestClock
from tests.queries.test_board import counted_queries


def _edition(
    db: Session, settings: Settings, clock: TestClock, number: int
) -> tuple[Event, Practice]:
    """A workshop that Newark comes to, quoted and described in its report's draft."""
    event = cast.event(db, slug=f"edition-{number}", in_series=cast.series(db))
    invitation = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    practice = follow_up.practice(db, f"Practice {number}")
    practice.event = event
    quote = Quote(event_id=event.id, text="We ask.", rule="name", shown=True, consent="given")
    report = Report(event_id=event.id, state="draft", requested_at=clock.now)
    db.add_all([quote, report])
    db.flush()
    db.add(QuoteAttribution(quote_id=quote.id, speaker="Chief", city=invitation.city))
    owner = follow_up.colleague(db, f"Lead {number}")
    spotlight = start_partnership(db, practice.id, owner, clock.now.date(), now=clock.now)
    spotlight.steps[0].mail = db.query(OutboxMail).first()
    db.flush()
    return event, practice


@pytest.mark.parametrize("editions", [1, 3])
def test_it_takes_as_many_queries_however_much_there_is(
    db: Session, settings: Settings, clock: TestClock, editions: int
) -> None:
    made = [_edition(db, settings, clock, number) for number in range(editions)]
    number = made[0][1].city_id
    db.expire_all()
    with counted_queries() as statements:
        home = city_home(db, number, now=clock.now)
        for one in home.spotlights:
            [finished_at(step) for step in one.steps]
            assert one.practice.title
        for coming in home.coming:
            assert [member.name for member in coming.people] == ["Mayor, Newark", "Adviser, Newark"]
            assert coming.event.city.name == "Stockholm"
    drafts = [(one.event.slug, len(one.practices), len(one.quotes)) for one in home.drafts]
    assert drafts == [(f"edition-{number}", 1, 1) for number in range(editions)]
    assert (len(home.coming), len(home.spotlights)) == (editions, editions)
    assert len(statements) == QUERIES, "\n\n".join(statements)


QUERIES = 13
