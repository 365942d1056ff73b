"""Registration closes while somebody types: nothing is saved, nothing typed is lost."""

import html
import re

import pytest
from sqlalchemy.orm import Session

from events_service.model import CityInvitation, Delegation, OutboxMail
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser, TestClock
from tests.web.officials.test_registration import LIAISON, MAYOR, form


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    invitation = cast.invited(db, cast.event(db), "Newark")
    db.commit()
    return invitation


def link_of(invitation: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', invitation.id)}"


def shown(page: str) -> list[tuple[str, str]]:
    """Each fact of the page, with its name."""
    page = page.replace("\xa0", " ")
    rows = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    return [(html.unescape(key).strip(), html.unescape(value).strip()) for key, value in rows]


def sent_too_late(
    browser: Browser, invitation: CityInvitation, clock: TestClock, typed: dict[str, object]
) -> str:
    """The form was opened in time, and is sent when registration has just closed."""
    path = f"{link_of(invitation)}/people"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path))
    assert token is not None
    clock.now = invitation.event.registration_closes_at
    answer = browser.client.post(path, data={"csrf_token": token[1], **typed})
    assert answer.status_code == 409
    return answer.text


@pytest.mark.parametrize("press", ["continue", "add", "later", "keep", "remove-0"])
def test_what_was_typed_when_registration_closed_is_shown_to_be_copied(
    browser: Browser, db: Session, newark: CityInvitation, clock: TestClock, press: str
) -> None:
    typed = form(MAYOR, {**LIAISON, "address": "half", "days": []}, press=press)
    page = sent_too_late(browser, newark, clock, typed)
    assert "Registration for this workshop has closed." in page
    assert "What you typed was not saved." in page
    assert 'href="mailto:secretariat@events.example.org"' in page
    assert shown(page) == [
        ("Name", "Deputy mayor, Newark"),
        ("Role in the city", "Deputy mayor"),
        ("E-mail address", "deputy@newark.example.org"),
        ("Assistant’s address", "assistant@newark.example.org"),
        ("Days", "Monday 31 May to Wednesday 2 June 2027"),
        ("Name", "Schools liaison, Newark"),
        ("Role in the city", "Not given"),
        ("E-mail address", "half"),
        ("Assistant’s address", "Not given"),
        ("Days", "Not given"),
        ("Your own e-mail address", "office@newark.example.org"),
    ]
    assert (db.query(Delegation).count(), db.query(OutboxMail).count()) == (0, 0)


def test_sessions_and_who_was_elected_are_shown_too(
    browser: Browser, db: Session, newark: CityInvitation, clock: TestClock
) -> None:
    newark.event.calendar_style, newark.seats_elected = "each_session", 1
    db.commit()
    first = newark.event.sessions[0].id
    typed = form({**MAYOR, "kind": "elected", "sessions": [str(first)], "name": "<b>Mayor</b>"})
    page = sent_too_late(browser, newark, clock, typed)
    assert shown(page) == [
        ("Name", "<b>Mayor</b>"),
        ("Role in the city", "Deputy mayor"),
        ("Elected official or practitioner?", "Elected official"),
        ("E-mail address", "deputy@newark.example.org"),
        ("Assistant’s address", "assistant@newark.example.org"),
        ("Days", "Monday 31 May 2027"),
        ("Sessions", "All on these days"),
        ("Your own e-mail address", "office@newark.example.org"),
    ]
    assert "<b>Mayor" not in page
