"""Behind a proxy that speaks TLS, as the service is met in earnest."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from events_service import create_app
from events_service.config import Settings
from tests.conftest import TestClock

pytestmark = pytest.mark.usefixtures("db")
ADDRESS = "https://events.example.org"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def behind_a_proxy(settings: Settings, clock: TestClock) -> FlaskClient:
    given = replace(settings, public_url=ADDRESS, trusted_proxies=1)
    return create_app(given, clock).test_client()


def sign_in_form(client: FlaskClient) -> tuple[str, str]:
    """The token on the page, and the cookie that came with it."""
    page = client.get("/sign-in", headers=FORWARDED, base_url=ADDRESS)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None
    return token[1], page.headers["Set-Cookie"]


def test_forms_work_though_pages_let_browsers_send_no_referer(
    settings: Settings, clock: TestClock
) -> None:
    client = behind_a_proxy(settings, clock)
    token, cookie = sign_in_form(client)
    assert "; Secure" in cookie
    form = {"csrf_token": token, "address": "somebody@example.org"}
    answer = client.post("/sign-in", data=form, headers=FORWARDED, base_url=ADDRESS)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")


def test_a_form_without_its_token_is_refused_there_too(
    settings: Settings, clock: TestClock
) -> None:
    client = behind_a_proxy(settings, clock)
    sign_in_form(client)
    form = {"address": "somebody@example.org"}
    answer = client.post("/sign-in", data=form, headers=FORWARDED, base_url=ADDRESS)
    assert answer.status_code == 400
