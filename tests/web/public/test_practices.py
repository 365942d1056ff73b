"""Practices as visitors browse them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import Practice
from tests import reporting
from tests.conftest import Browser


@pytest.fixture(autouse=True)
def sample(db: Session, settings: Settings) -> None:
    reporting.stockholm(db, settings)
    db.commit()


def test_all_of_them_by_city(browser: Browser) -> None:
    page = browser.get("/practices")
    boise, stockholm = (page.index(f"/practices/{slug}") for slug in SLUGS)
    assert boise < stockholm
    assert "?theme=national-local+cooperation" in page


SLUGS = ("boise-zoning-with-residents", "stockholm-eleven-districts")


def test_those_of_one_theme(browser: Browser) -> None:
    page = browser.get("/practices?theme=national-local+cooperation")
    assert [slug in page for slug in SLUGS] == [False, True]
    assert "No practice is published under this theme." in browser.get("/practices?theme=none")


def test_one_of_them_with_the_way_back_and_on(
    db: Session, settings: Settings, browser: Browser
) -> None:
    page = browser.get(f"/practices/{SLUGS[1]}")
    for words in (
        "Prevention decided in eleven districts",
        "11 district councils",
        'href="/events/stockholm-2024"',
        f'href="/practices/{SLUGS[0]}"',
    ):
        assert words in page, words
    assert "/reports/stockholm-2024" not in page
    event = reporting.stockholm(db, settings)
    reporting.drafted(db, event)
    reporting.published(db, settings, event)
    db.commit()
    assert 'href="/reports/stockholm-2024"' in browser.get(f"/practices/{SLUGS[1]}")


def test_what_is_not_published_is_not_there(db: Session, browser: Browser) -> None:
    for practice in db.scalars(select(Practice)):
        practice.published_at = None
    db.commit()
    browser.get(f"/practices/{SLUGS[1]}", 404)
    assert "No practice is published yet." in browser.get("/practices")
