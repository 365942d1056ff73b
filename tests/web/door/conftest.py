"""A workshop on its first morning, and the link to its door."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import Event
from events_service.tokens import token_for
from tests import door
from tests.conftest import SECRET, TestClock


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    return door.workshop(db, settings, clock)


@pytest.fixture
def link(event: Event) -> str:
    return f"/door/{token_for(SECRET, 'door', event.id, event.door_version)}"
