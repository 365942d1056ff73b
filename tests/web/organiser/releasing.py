"""An organiser's way from a draft to its minute: the page of the letters, and its button."""

import re

from sqlalchemy.orm import Session

from events_service.model import Event, PendingChange
from tests.conftest import Browser


def letters_page(event: Event) -> str:
    return f"/organise/events/{event.id}/change"


def read_on(page: str) -> str:
    """What says, in the form that releases, which letters the page showed."""
    found = re.search(r'name="read" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def release(browser: Browser, db: Session, event: Event) -> str:
    """Read the list of letters and release them; the page that waits the minute."""
    change = db.query(PendingChange).one()
    page = letters_page(event)
    answer = browser.post(
        f"/organise/events/{event.id}/changes/{change.id}/release",
        {"read": read_on(browser.get(page))},
        at=page,
    )
    assert answer.status == 303
    return str(answer.location)
