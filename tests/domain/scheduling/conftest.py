"""A workshop of three days, and one with a session more, whose people have an entry for each; an
organiser who invites a city."""

from datetime import time

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.agenda import SessionPlan, plans_of
from tests import cast
from tests.conftest import TestClock
from tests.domain.scheduling.first_letter import Desk
from tests.domain.scheduling.workshop import Workshop, set_agenda_of


@pytest.fixture
def shop(db: Session, settings: Settings, clock: TestClock) -> Workshop:
    return Workshop(db, settings, clock, cast.event(db))


@pytest.fixture
def by_session(shop: Workshop) -> Workshop:
    """Three sessions on three days, and a second one on the last."""
    last = SessionPlan(shop.event.ends_on, time(17), time(18), "Reception")
    shop.event.calendar_style = "each_session"
    set_agenda_of(shop, *plans_of(shop.event), last)
    return shop


@pytest.fixture
def at_desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    """The letter to Boise waits in the outbox."""
    return Desk(db, settings, clock)
