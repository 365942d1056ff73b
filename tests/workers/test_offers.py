"""An offer ends, and a city answers it, in the same moment: one of the two counts."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Refusal
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.offering import end_offer, offer_part
from events_service.domain.registration.saving import save_draft
from events_service.model import CityInvitation, Event, OutboxMail
from tests import cast, follow_up, office
from tests.conftest import SECRET, Databases, TestClock, alchemy
from workers.configuration import JOBS

ENDS = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    made = create_engine(alchemy(databases.fresh()))
    yield made
    made.dispose()


def settings_of(engine: Engine) -> Settings:
    return Settings(
        database_url=engine.url.render_as_string(hide_password=False),
        redis_url="redis://:none@127.0.0.1:1/0",
        secret_key=SECRET,
    )


def offered(engine: Engine, slug: str) -> int:
    """Number of the invitation of a city that was told that it may have two of its three places."""
    clock, settings = TestClock(), settings_of(engine)
    with Session(engine) as db, db.begin():
        event = cast.event(db, capacity=2, slug=slug)
        boise = office.registered(db, settings, clock, event, "Boise", "Mayor", "Aide", "Adviser")
        for mail in db.scalars(select(OutboxMail)):
            mail.state = "sent"
        assert boise.delegation is not None
        me = follow_up.colleague(db, f"Organiser of {slug}")
        clock.advance(timedelta(minutes=1))
        offer_part(db, settings, boise.delegation, me, 2, ENDS, now=clock.now)
        for mail in db.scalars(select(OutboxMail)):
            mail.state = "sent"
        draft = draft_of(boise)
        fewer = type(draft)(draft.contact_address, draft.people[:2])
        save_draft(db, boise, fewer, now=clock.now)
        return boise.id


@pytest.mark.parametrize("number", range(10))
def test_a_city_that_answers_when_its_offer_ends_gets_the_places_or_the_letter(
    engine: Engine, number: int
) -> None:
    """The clocks of two machines differ: for the city the time is not over, for the job it is."""
    invitation, settings, start = (
        offered(engine, f"at-once-{number}"),
        settings_of(engine),
        Barrier(2),
    )

    def answers() -> bool:
        with Session(engine) as db:
            start.wait()
            try:
                with db.begin():
                    now = ENDS - timedelta(seconds=1)
                    return (
                        confirm_delegation(db, settings, invitation, now=now).state == "confirmed"
                    )
            except Refusal:
                return False

    def ends() -> bool:
        with Session(engine) as db:
            start.wait()
            with db.begin():
                return end_offer(db, settings, invitation, now=ENDS)

    with ThreadPoolExecutor(2) as both:
        answered, ended = both.submit(answers), both.submit(ends)
        results = answered.result(), ended.result()
    with Session(engine) as db:
        found = db.get_one(CityInvitation, invitation)
        assert found.delegation is not None
        told = list(db.scalars(select(OutboxMail.letter)))
        taken = db.scalars(select(Event.seats_taken)).one()
        assert found.delegation.offered_seats == 0
        assert taken == found.delegation.seats
    assert results[1] == ("delegation_offer_ended" in told)
    # Where the offer had ended first, the two places were free: a smaller list has them by itself.
    assert results in ((True, False), (True, True))


def test_a_tick_ends_offers() -> None:
    assert "offers" in JOBS
