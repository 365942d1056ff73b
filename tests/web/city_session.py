"""A session of somebody who speaks for a city, beside whatever else the client is signed in as."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.conftest import TestClock

SignInForCity = Callable[[str], None]


def signed_in_for(client: FlaskClient, address: str, clock: TestClock) -> None:
    with client.session_transaction() as session:
        session["city_address"] = address
        session["city_since"] = clock.now.timestamp()
