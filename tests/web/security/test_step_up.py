"""Before people's data leave the service, who signed in long ago proves that it is still them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from events_service.model import Account, Event, SignInLink
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser, SignInAs, TestClock

NO_PERSON = {"organiser.needs_as_csv", "staff.import_template_as_csv"}
NO_PERSON |= {"staff.import_template_as_xlsx"}


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def account(event: Event, sign_in_as: SignInAs) -> Account:
    return sign_in_as("staff", event.series_id)


def files_of(event: Event) -> dict[str, str]:
    """Each file of people's data, and the page that leads to it."""
    people, details = f"/organise/events/{event.id}/people", f"/organise/events/{event.id}/details"
    pages = {people: "?q=a+b&column=name&column=role", details: "", "/organise/cities": "?q=Newark"}
    return {
        f"{page}.{kind}{asked}": page + asked
        for page, asked in pages.items()
        for kind in ("csv", "xlsx")
    }


@pytest.mark.usefixtures("account")
def test_half_an_hour_after_signing_in_a_file_wants_proof(
    browser: Browser, event: Event, clock: TestClock
) -> None:
    clock.advance(timedelta(minutes=29, seconds=59))
    for file in files_of(event):
        assert browser.client.get(file).status_code == 200
    clock.advance(timedelta(seconds=1))
    for file, page in files_of(event).items():
        answer = browser.client.get(file)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in/again")
        asked = browser.get(answer.location)
        assert f'href="{page.replace("&", "&amp;")}"' in asked and "Is it still you?" in asked
        assert browser.client.get(page).status_code == 200


def test_a_new_link_is_proof_and_leads_back_to_the_list(
    browser: Browser, account: Account, event: Event, clock: TestClock, db: Session
) -> None:
    clock.advance(timedelta(hours=2))
    for file, page in files_of(event).items():
        there = browser.client.get(file).location
        sent = browser.post(there)
        assert sent.status == 200 and account.address in sent.text
        link = db.query(SignInLink).order_by(SignInLink.id.desc()).first()
        assert link is not None and link.account_id == account.id
        browser_back = browser.post(f"/sign-in/{token_for(SECRET, 'sign', link.id)}")
        assert browser_back.location == page
        assert browser.client.get(file).status_code == 200
        clock.advance(timedelta(hours=2))


def test_nobody_else_is_asked_for_proof(browser: Browser) -> None:
    assert browser.client.get("/sign-in/again").location.startswith("/sign-in?next=")


def test_every_file_of_a_list_wants_it(app: Flask) -> None:
    files = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith((".csv", ".xlsx"))
    }
    wanting = {
        name for name, view in app.view_functions.items() if getattr(view, "lately_from", "")
    }
    assert wanting == files - NO_PERSON
    assert len(wanting) == 6
