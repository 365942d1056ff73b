"""A broker is reached with a password or by a socket, never openly."""

import pytest

from events_service.config import SettingsError, load_settings
from tests.conftest import SECRET

KNOWN = {"database_url": "postgresql://a:b@host/name", "secret_key": SECRET}


@pytest.mark.parametrize(
    "url", ["redis://host:6379/0", "redis://host", "redis://:@host:6379/0", "redis://user@host/0"]
)
def test_a_broker_that_anybody_may_use_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"REDIS_URL: .*with a password"):
        load_settings(**KNOWN, redis_url=url)


@pytest.mark.parametrize(
    "url",
    ["redis://:pw@host:6379/0", "rediss://user:pw@host/0", "redis+socket:///run/valkey.sock"],
)
def test_a_password_or_a_socket_will_do(url: str) -> None:
    assert load_settings(**KNOWN, redis_url=url).redis_url == url
