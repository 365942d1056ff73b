"""Contact, privacy, accessibility, and the page for what isn't there."""

import pytest
from flask.testing import FlaskClient

from events_service.config import Settings


@pytest.mark.parametrize("path", ["/contact", "/privacy", "/accessibility"])
def test_pages_about_the_service_say_whom_to_write_to(
    client: FlaskClient, settings: Settings, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'href="mailto:{settings.secretariat_address}"' in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/nothing", "/events/nothing", "/series/nothing"])
def test_a_page_that_is_not_there_says_what_to_do(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert 'href="/contact"' in answer.text
