"""Published reports as visitors read them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import Event, Quote
from tests import reporting
from tests.conftest import Browser

NEWEST = "/reports/stockholm-2024"


@pytest.fixture
def stockholm(db: Session, settings: Settings) -> Event:
    event = reporting.stockholm(db, settings)
    reporting.drafted(db, event)
    reporting.published(db, settings, event)
    db.commit()
    return event


@pytest.mark.usefixtures("stockholm")
def test_the_report_reads_as_it_was_published(browser: Browser) -> None:
    page = browser.get(NEWEST)
    for words in (
        "City-Led Strategies for Strengthening Community Resilience",
        "Published 17\u00a0July 2024",
        "4 minutes’ reading",
        "<dt>Represented</dt><dd>18 cities</dd>",
        "<li>The Hague (Netherlands)</li>",
        '<a class="ws-quietlink" href="/practices/stockholm-eleven-districts">',
        '<ol class="ws-recs" start="4">',
        "informs the workshop in Columbus (Ohio, United States)",
        f'href="{NEWEST}/versions/1.pdf"',
    ):
        assert words in page, words
    assert "This is version" not in page


@pytest.mark.usefixtures("stockholm")
def test_the_page_is_for_everybody_and_checked_before_it_is_shown_again(
    client: FlaskClient,
) -> None:
    answer = client.get(NEWEST)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("stockholm")
@pytest.mark.parametrize("path", [f"{NEWEST}.pdf", f"{NEWEST}/versions/1.pdf"])
def test_the_pdf_is_given_under_both_addresses(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert (
        answer.headers["Content-Disposition"] == 'inline; filename="stockholm-2024-summary-1.pdf"'
    )


def test_an_older_version_stays_and_says_that_there_is_a_newer_one(
    db: Session, settings: Settings, stockholm: Event, browser: Browser
) -> None:
    stockholm.title = "Trust, city by city"
    reporting.drafted(db, stockholm)
    reporting.published(db, settings, stockholm)
    db.commit()
    assert "Trust, city by city" in browser.get(NEWEST)
    old = browser.get(f"{NEWEST}/versions/1")
    assert "<b>This is version 1.</b>" in old
    assert "Trust, city by city" not in old


def test_words_that_were_taken_back_are_gone_and_so_is_the_pdf(
    db: Session, stockholm: Event, browser: Browser
) -> None:
    quote = db.scalars(select(Quote).where(Quote.event_id == stockholm.id, Quote.shown)).first()
    assert quote is not None
    assert quote.text in browser.get(NEWEST)
    quote.consent = "withdrawn"
    db.commit()
    page = browser.get(NEWEST)
    assert quote.text not in page
    assert "A quotation was withdrawn after publication." in page
    assert "is no longer given out" in browser.get(f"{NEWEST}.pdf", 410)


@pytest.mark.usefixtures("stockholm")
@pytest.mark.parametrize(
    "path", ["/reports/nothing", "/reports/nothing.pdf", f"{NEWEST}/versions/2", "/reports/.pdf"]
)
def test_reports_that_are_not_there(browser: Browser, path: str) -> None:
    browser.get(path, 404)


def test_a_draft_is_not_shown_to_visitors(
    db: Session, settings: Settings, browser: Browser
) -> None:
    reporting.drafted(db, reporting.stockholm(db, settings))
    db.commit()
    browser.get(NEWEST, 404)
    browser.get(f"{NEWEST}.pdf", 404)
