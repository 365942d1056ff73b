"""Two worlds to ask for, and somebody who asks."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from tests.conftest import TestClock
from tests.web.routes import Answers
from tests.web.world import World, make_world


@pytest.fixture
def own(db: Session, settings: Settings, clock: TestClock) -> World:
    return make_world(db, settings, clock, "Stockholm", "Newark")


@pytest.fixture
def foreign(db: Session, settings: Settings, clock: TestClock) -> World:
    return make_world(db, settings, clock, "Bratislava", "Boise")


@pytest.fixture
def token(client: FlaskClient) -> str:
    """A CSRF token that holds for every form of this client."""
    page = client.get("/sign-in").text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.fixture
def answers(client: FlaskClient, db: Session, token: str) -> Answers:
    return Answers(client, db, token)
