"""Other times that people propose: beside the current one, accepted by way of the preview, or
declined with a letter."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.model import Event, OutboxMail, PendingChange, TimeProposal
from tests import cast, inbound, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import colleague
from tests.web.organiser.releasing import release
from tests.web.organiser.test_participation import words

WEEK = timedelta(days=7)


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def proposal(db: Session, settings: Settings, clock: TestClock, event: Event) -> TimeProposal:
    newark = office.registered(db, settings, clock, event, "Newark", "Deputy mayor", "Adviser")
    office.letters(db)
    [lead, _] = office.people_of(newark)
    made = inbound.proposed(db, clock, event, lead, later=WEEK, comment="We vote <b>then</b>.")
    db.commit()
    return made


def path_of(proposal: TimeProposal) -> str:
    return f"/organise/events/{proposal.event_id}/proposals/{proposal.id}"


def test_the_proposed_time_stands_beside_the_one_that_is_set(
    browser: Browser, event: Event, proposal: TimeProposal
) -> None:
    page = browser.get(f"/organise/events/{event.id}/replies")
    assert (
        "Deputy mayor, Newark "
        "Monday 31 May 2027, 09:00 – 17:00, the first of 3 days "
        "Monday 7 June 2027, 09:00 – 17:00, the first of 3 days "
        "Stockholm time (UTC+2) “We vote <b>then</b>.”"
    ) in words(page)
    assert "<b>then</b>" not in page
    assert path_of(proposal) in page


def test_accepting_leads_through_the_preview_and_the_minute(
    browser: Browser,
    db: Session,
    event: Event,
    proposal: TimeProposal,
    settings: Settings,
    clock: TestClock,
) -> None:
    path = f"{path_of(proposal)}/accept"
    page = browser.get(path)
    assert "3 people will be written to" in page
    assert "Monday\u00a07 to Wednesday 9\u00a0June 2027" in page
    assert f'action="{path}"' in page
    assert db.query(PendingChange).count() == 0
    done = browser.post(path)
    assert done.status == 303
    assert "3 people will be written to" in browser.get(release(browser, db, event))
    db.refresh(proposal)
    assert proposal.state == "accepted"
    assert "No reply waits for you" in browser.get(f"/organise/events/{event.id}/replies")
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 1
    db.refresh(event)
    assert event.starts_on == date(2027, 6, 7)


def test_declining_is_confirmed_and_tells_the_person(
    browser: Browser, db: Session, proposal: TimeProposal
) -> None:
    path = f"{path_of(proposal)}/decline"
    page = browser.get(path)
    assert "Deputy mayor, Newark gets a letter which says that the time stays" in page
    assert db.query(OutboxMail).count() == 0
    done = browser.post(path)
    assert "The letter to Deputy mayor, Newark waits in the outbox." in browser.get(done.location)
    mail = db.query(OutboxMail).one()
    assert (mail.letter, mail.to_address, mail.state) == (
        "proposal_declined",
        "deputy.mayor@newark.example.org",
        "drafted",
    )
    assert browser.post(path, at="/organise").status == 409
    browser.get(path, 409)


@pytest.mark.parametrize("happened", ["past", "overtaken", "moved", "cancelled"])
def test_what_is_past_or_overtaken_is_not_offered(
    browser: Browser,
    db: Session,
    event: Event,
    proposal: TimeProposal,
    clock: TestClock,
    happened: str,
    sign_in_as: SignInAs,
) -> None:
    """Control: before that it is."""
    listed = f"/organise/events/{event.id}/replies"
    assert "Another time is proposed" in browser.get(listed)
    if happened == "past":
        clock.advance(timedelta(days=365))
        sign_in_as("organiser", event.series_id)
    elif happened == "overtaken":
        proposal.state = "overtaken"
    elif happened == "moved":
        proposal.invitation.sequence = proposal.invitation.min_sequence = 1
    else:
        proposal.invitation.cancelled_at = clock.now
    db.commit()
    page = browser.get(listed)
    assert "No reply waits for you" in page and "Replies 1" not in page
    for end in ("accept", "decline"):
        browser.get(f"{path_of(proposal)}/{end}", 409)
        assert browser.post(f"{path_of(proposal)}/{end}", at="/organise").status == 409


def test_while_a_change_is_about_to_leave_none_is_accepted(
    browser: Browser, db: Session, event: Event, proposal: TimeProposal, clock: TestClock
) -> None:
    db.add(
        PendingChange(
            event_id=event.id,
            kind="cancel",
            details={},
            asked_by_id=colleague(db).id,
            asked_at=clock.now,
            due_at=clock.now + timedelta(minutes=1),
        )
    )
    db.commit()
    browser.get(f"{path_of(proposal)}/accept", 409)
    assert browser.post(f"{path_of(proposal)}/accept", at="/organise").status == 409
    db.refresh(proposal)
    assert proposal.state == "open"
