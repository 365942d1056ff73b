"""The race for the last seats, with threads on a real database, and its control."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import days_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.registration.seats import take_seats
from events_service.model import City, CityInvitation, Delegation, Event
from tests import cast
from tests.conftest import SECRET, Databases, alchemy

CAPACITY = 50
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def url(databases: Databases) -> str:
    return alchemy(databases.fresh())


@pytest.fixture
def event_id(url: str) -> Iterator[int]:
    engine = create_engine(url)
    with Session(engine) as db:
        event = cast.event(db, capacity=CAPACITY)
        db.commit()
        yield event.id
    engine.dispose()


def race(url: str, attempt: Callable[[Session, int], None], rounds: int = 8) -> None:
    """Eight visitors at once, each trying again and again."""
    engine = create_engine(url, pool_size=8)

    def visitor(number: int) -> None:
        for turn in range(rounds):
            with Session(engine) as db, db.begin():
                attempt(db, number * rounds + turn)

    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(visitor, range(8)))
    engine.dispose()


def test_a_race_for_the_last_seats_sells_each_once(url: str, event_id: int) -> None:
    won: list[int] = []

    def attempt(db: Session, number: int) -> None:
        if take_seats(db, event_id, 1):
            won.append(number)

    race(url, attempt, rounds=10)
    assert len(won) == CAPACITY


def test_control_checking_first_and_writing_then_oversells(url: str, event_id: int) -> None:
    won: list[int] = []

    def attempt(db: Session, number: int) -> None:
        taken = db.execute(select(Event.seats_taken).where(Event.id == event_id)).scalar_one()
        if taken < CAPACITY:
            db.execute(update(Event).where(Event.id == event_id).values(seats_taken=taken + 1))
            won.append(number)

    race(url, attempt, rounds=10)
    assert len(won) > CAPACITY


def test_delegations_that_register_at_once_never_overbook(url: str, event_id: int) -> None:
    engine = create_engine(url)
    invitations: list[int] = []
    with Session(engine) as db, db.begin():
        event = db.get_one(Event, event_id)
        for number in range(32):
            home = City(
                slug=f"city-{number}",
                name=f"City {number}",
                country="SE",
                latitude=0,
                longitude=0,
                timezone="Europe/Stockholm",
            )
            invitation = CityInvitation(
                event=event,
                city=home,
                address=f"{number}@example.org",
                seats=5,
                invited_at=NOW,
            )
            db.add(invitation)
            people = cast.people("Mayor", "Adviser", where=f"City {number}", days=days_of(event))
            draft = DelegationDraft.from_json(
                {"contact_address": invitation.address, "people": people}
            )
            save_draft(db, invitation, draft, now=NOW)
            invitations.append(invitation.id)
    settings = Settings(
        database_url=url, redis_url="redis://:none@127.0.0.1:1/0", secret_key=SECRET
    )

    def attempt(db: Session, number: int) -> None:
        confirm_delegation(db, settings, invitations[number], now=NOW)

    race(url, attempt, rounds=4)
    with Session(engine) as db:
        states = list(db.scalars(select(Delegation.state)))
        assert (states.count("confirmed"), states.count("waitlisted")) == (25, 7)
        assert db.get_one(Event, event_id).seats_taken == 50
    engine.dispose()
