"""Somebody signed in for a city."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.web.city_session import SignInForCity, signed_in_for


@pytest.fixture
def sign_in_for_city(client: FlaskClient, clock: TestClock) -> SignInForCity:
    return lambda address: signed_in_for(client, address, clock)
