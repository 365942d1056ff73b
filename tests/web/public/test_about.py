"""Contact, privacy, accessibility, and the page for what isn't there."""

import pytest
from flask.testing import FlaskClient

from events_service.config import Settings
from events_service.domain.particulars.questions import DEFAULT_QUESTIONS


@pytest.mark.parametrize("path", ["/contact", "/privacy", "/accessibility"])
def test_pages_about_the_service_say_whom_to_write_to(
    client: FlaskClient, settings: Settings, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'href="mailto:{settings.secretariat_address}"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_privacy_page_names_what_people_tell_about_themselves(client: FlaskClient) -> None:
    """Its words follow the questions: who changes these reads the page again."""
    days: dict[int, list[str]] = {}
    for one in DEFAULT_QUESTIONS:
        days.setdefault(one.keep_days, []).append(one.key)
    assert days == {
        7: ["emergency_contact"],
        30: ["languages", "dietary", "access", "travel", "letters"],
        60: ["visa_letter", "visa_name"],
        730: ["title", "organisation"],
    }
    assert [one.key for one in DEFAULT_QUESTIONS if one.sensitive] == [
        "dietary",
        "access",
        "emergency_contact",
    ]
    page = " ".join(client.get("/privacy").text.split())
    for words in (
        "how to address them, their organisation, languages, diet and allergies, access needs, "
        "travel, and whom to call in an emergency; for a letter to a consulate, their name as in "
        "the passport and their nationality.",
        "And how we may name them, what they agreed to, and when.",
        "Your city sees your answers too, but not those about diet, access needs and emergencies.",
        "a week for whom to call in an emergency; 30 days for languages, diet, access needs and "
        "travel; 60 days for the letter to a consulate; two years for how to address you",
        "If you chose to be named with your name and role, you stand so in the list of",
    ):
        assert words in page
    assert "never the people" not in page


@pytest.mark.parametrize("path", ["/nothing", "/events/nothing", "/series/nothing"])
def test_a_page_that_is_not_there_says_what_to_do(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert 'href="/contact"' in answer.text
