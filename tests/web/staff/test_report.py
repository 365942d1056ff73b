"""The report as staff work on it, from the request to the published version."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.reporting.drafting import claim_draft, write_draft
from events_service.model import Event, Quote, Report, ReportVersion
from tests import reporting
from tests.conftest import Browser, SignInAs
from tests.reporting import JULY, part


@pytest.fixture
def stockholm(db: Session, settings: Settings, sign_in_as: SignInAs) -> Event:
    event = reporting.stockholm(db, settings)
    db.commit()
    sign_in_as("organiser", event.series_id)
    return event


@pytest.fixture
def page(stockholm: Event) -> str:
    return f"/staff/events/{stockholm.id}/report"


def draft(db: Session) -> None:
    claim = claim_draft(db)
    assert claim is not None
    assert write_draft(db, claim, now=JULY)
    db.commit()


def test_a_draft_is_asked_for_and_its_progress_shows_without_a_script(
    db: Session, page: str, browser: Browser
) -> None:
    refresh = 'hx-trigger="every 2s"'
    before = browser.get(page)
    assert "Draft the report" in before
    assert refresh not in before
    assert browser.post(f"{page}/draft", at=page).status == 303
    waiting = browser.get(page)
    assert refresh in waiting
    assert "The draft waits for a worker." in waiting
    claim = claim_draft(db)
    db.commit()
    assert claim is not None
    assert "Attendance and records are being read" in browser.get(page)
    write_draft(db, claim, now=JULY)
    db.commit()
    done = browser.get(page)
    assert refresh not in done
    assert "Eighteen cities from North America and Europe met in Stockholm" in done
    assert "68 people recorded" in done


def test_a_failed_draft_says_why(db: Session, page: str, browser: Browser) -> None:
    browser.post(f"{page}/draft", at=page)
    report = db.scalars(select(Report)).one()
    report.state, report.problem = "failed", "The worker stopped."
    db.commit()
    text = browser.get(page)
    assert "Reason: The worker stopped." in text
    assert "Try again" in text
    browser.post(f"{page}/draft", at=page)
    assert "waits for a worker" in browser.get(page)


def test_words_of_staff_replace_the_draft_until_they_are_taken_back(
    db: Session, page: str, browser: Browser
) -> None:
    browser.post(f"{page}/draft", at=page)
    draft(db)
    block = part(db.scalars(select(Report)).one(), "next_steps")
    here = f"{page}/parts/{block.id}"
    assert "Capture practices in the Resource Hub" in browser.get(here)
    words = "First  paragraph\r\non two lines.\r\n \r\nSecond 3\u00a0June."
    answer = browser.post(here, {"paragraphs": words, "items": "One\r\n\r\n  Two \r\n"})
    assert answer.location == f"{page}#part-{block.id}"
    db.expire_all()
    assert block.edited is not None
    assert block.edited["paragraphs"] == ["First paragraph on two lines.", "Second 3\u00a0June."]
    assert block.edited["items"] == ["One", "Two"]
    preview = browser.get(f"{page}/preview")
    assert "First paragraph on two lines." in preview
    assert "Capture practices" not in preview
    browser.post(f"{here}/reset", at=here)
    assert "Capture practices" in browser.get(f"{page}/preview")
    assert browser.post(here, {"paragraphs": "w" * 30_000}).status == 422


def test_a_difference_is_shown_and_can_be_left(
    db: Session, stockholm: Event, page: str, browser: Browser
) -> None:
    browser.post(f"{page}/draft", at=page)
    draft(db)
    block = part(db.scalars(select(Report)).one(), "title")
    here = f"{page}/parts/{block.id}"
    browser.post(here, {"paragraphs": "Our title"})
    db.expire_all()
    stockholm.title = "City-Led Strategies for Trust"
    db.commit()
    assert "The records have changed since this was drafted" in browser.get(page)
    browser.post(f"{page}/draft", at=page)
    draft(db)
    text = browser.get(page)
    assert "The draft has changed since you edited this part" in text
    assert "<ins>Trust</ins>" in text
    browser.post(f"{here}/keep", at=page)
    assert "<ins>" not in browser.get(page)
    assert "Our title" in browser.get(f"{page}/preview")


def test_a_quote_without_consent_keeps_everything_from_being_shown(
    db: Session, stockholm: Event, page: str, browser: Browser
) -> None:
    browser.post(f"{page}/draft", at=page)
    draft(db)
    quote = db.scalars(select(Quote).where(Quote.event_id == stockholm.id, Quote.shown)).first()
    assert quote is not None
    quote.consent = "asked"
    db.commit()
    words = quote.text[:30]
    assert f"/records/quote/{quote.id}" in browser.get(page)
    for path in (f"{page}/preview", f"{page}/preview.pdf"):
        assert words in browser.get(path, 422)
    refused = browser.post(f"{page}/publish", at=page)
    assert (refused.status, words in refused.text) == (422, True)
    assert db.scalars(select(ReportVersion.id)).all() == []
    # The control: with consent, all three are there.
    quote.consent = "given"
    db.commit()
    assert words in browser.get(f"{page}/preview")
    assert browser.client.get(f"{page}/preview.pdf").mimetype == "application/pdf"
    assert browser.post(f"{page}/publish", at=page).status == 303
    text = browser.get(page)
    assert "Version 1 is published and says all of this." in text
    assert re.search(r'href="/reports/stockholm-2024/versions/1"', text)


def test_publishing_twice_makes_one_version(db: Session, page: str, browser: Browser) -> None:
    browser.post(f"{page}/draft", at=page)
    draft(db)
    assert browser.post(f"{page}/publish", at=page).status == 303
    assert browser.post(f"{page}/publish", at=page).status == 409
    assert db.scalars(select(ReportVersion.number)).all() == [1]


def test_parts_of_a_report_that_is_not_there(page: str, browser: Browser) -> None:
    browser.get(f"{page}/preview", 404)
    browser.get(f"{page}/preview.pdf", 404)
    browser.get(f"{page}/parts/1", 404)
    assert browser.post(f"{page}/publish", at=page).status == 404
