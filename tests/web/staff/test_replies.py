"""Mail that came in and that no event could be found for."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import InboundMail
from events_service.queries.inbox import ON_A_PAGE
from tests import cast, inbound, office
from tests.conftest import Browser, SignInAs, TestClock


@pytest.fixture
def lost(db: Session, clock: TestClock) -> InboundMail:
    mail = inbound.came(
        db, clock, None, outcome="quarantined", text="When is it?", reason="It is not clear."
    )
    db.commit()
    return mail


def test_it_is_read_put_aside_and_taken_up_again(
    browser: Browser, db: Session, lost: InboundMail, sign_in_as: SignInAs
) -> None:
    me = sign_in_as("staff")
    path = f"/staff/replies/{lost.id}"
    assert "One mail could not be matched" in browser.get("/organise")
    listed = browser.get("/staff/replies")
    assert f"{inbound.STRANGER} wrote" in listed and "It is not clear." in listed
    page = browser.get(path)
    assert "When is it?" in page and f"{path}/raw" in page
    raw = browser.client.get(f"{path}/raw")
    assert (raw.data, raw.headers["Content-Disposition"][:10]) == (lost.raw, "attachment")
    assert browser.post(f"{path}/aside", at=path).status == 303
    page = browser.get("/staff/replies")
    assert "No mail waits" in page and "Put aside lately" in page
    assert "could not be matched" not in browser.get("/organise")
    db.refresh(lost)
    assert (lost.decision, lost.decided_by_id) == ("dismissed", me.id)
    browser.post(f"{path}/back", at="/staff/replies")
    assert "No mail waits" not in browser.get("/staff/replies")


def test_mail_of_a_workshop_is_not_among_them(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> None:
    event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    mail = inbound.came(db, clock, office.people_of(newark)[0])
    db.commit()
    sign_in_as("staff")
    assert "No mail waits" in browser.get("/staff/replies")
    browser.get(f"/staff/replies/{mail.id}", 404)


def test_the_newest_are_listed_and_the_others_counted(
    browser: Browser, db: Session, clock: TestClock, sign_in_as: SignInAs
) -> None:
    """Control: a hundred are all listed."""
    for number in range(ON_A_PAGE):
        inbound.came(db, clock, None, outcome="quarantined", reason=f"Reason {number}.")
    db.commit()
    sign_in_as("staff")
    page = browser.get("/staff/replies")
    assert "Reason 0." in page and " more, which came earlier" not in page
    assert page.index("Reason 99.") < page.index("Reason 98.")
    inbound.came(db, clock, None, outcome="quarantined", reason="Reason 100.")
    db.commit()
    page = browser.get("/staff/replies")
    assert "Reason 100." in page and "Reason 0." not in page
    assert "And 1 more, which came earlier" in page
