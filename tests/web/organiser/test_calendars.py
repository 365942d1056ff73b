"""How a workshop fills calendars: chosen with a preview, and reworded programmes sent or not."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.model import Event, OutboxMail, PendingChange
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.web.organiser.releasing import release
from tests.web.organiser.test_board import proposal


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


def agenda(event: Event, **titles: str) -> dict[str, object]:
    """The agenda's form as it stands, but for some titles."""
    fields: dict[str, object] = {"press": "save"}
    for n, one in enumerate(event.sessions):
        fields |= {
            f"sessions-{n}-session_id": one.id,
            f"sessions-{n}-held_on": one.held_on.isoformat(),
            f"sessions-{n}-starts": f"{one.starts:%H:%M}",
            f"sessions-{n}-ends": f"{one.ends:%H:%M}",
            f"sessions-{n}-title": titles.get(f"n{n}", one.title),
            f"sessions-{n}-note": one.note,
        }
    return fields


def test_each_style_is_shown_before_one_is_chosen(
    browser: Browser, db: Session, event: Event
) -> None:
    db.commit()
    page = browser.get(f"/organise/events/{event.id}/calendars")
    assert "09:00\u00a0–\u00a017:00 each day" in page
    assert "All day, no time is taken" in page
    assert "Working day 2" in page
    assert 'value="daily" checked' in page


@pytest.mark.parametrize("published", [True, False])
def test_while_nobody_is_invited_it_is_saved_at_once(
    browser: Browser, db: Session, event: Event, published: bool
) -> None:
    event.published_at = cast.LONG_AGO if published else None
    db.commit()
    path = f"/organise/events/{event.id}/calendars"
    answer = browser.post(path, {"style": "each_session"})
    assert (answer.status, answer.location) == (303, f"/organise/events/{event.id}")
    assert "nobody was written to" in browser.get(answer.location)
    db.refresh(event)
    assert event.calendar_style == "each_session"
    assert db.query(PendingChange).count() == 0


def test_with_people_in_it_the_entries_change_by_a_preview_and_a_minute(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    office.letters(db)
    db.commit()
    path = f"/organise/events/{event.id}/calendars"
    preview = browser.post(path, {"style": "each_session"})
    assert preview.status == 200
    assert "One person will be written to, with 4 letters" in preview.text
    assert "Everybody who is written to is asked anew" in preview.text
    assert "Working day 3" in preview.text and "09:00\u00a0–\u00a017:00 each day" in preview.text
    assert "To people whose entry is taken out" in preview.text
    move = f"/organise/events/{event.id}/move"
    browser.post(f"{move}/confirm", {"change": proposal(preview.text)}, at=move)
    left = release(browser, db, event)
    assert "The change of calendars leaves in a minute" in browser.get(left)
    assert "The change of calendars leaves at" in browser.get(f"/organise/events/{event.id}")
    assert "A change of calendars is about to leave" in browser.get("/organise")
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 1
    db.commit()
    assert "The calendars are changed" in browser.get(left)
    assert [letter for letter, _ in office.letters(db)] == ["member_cancelled"] + [
        "member_invited"
    ] * 3


def test_the_same_style_and_none_change_nothing(
    browser: Browser, db: Session, event: Event
) -> None:
    db.commit()
    path = f"/organise/events/{event.id}/calendars"
    assert browser.post(path, {"style": "daily"}).status == 303
    assert browser.post(path, {"style": "weekly"}).status == 422


class TestNewWords:
    @pytest.fixture(autouse=True)
    def people(self, db: Session, event: Event, settings: Settings, clock: TestClock) -> None:
        office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
        db.commit()

    def test_they_are_saved_and_sent_only_when_asked_for(
        self, browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
    ) -> None:
        sent = db.query(OutboxMail).count()
        path = f"/organise/events/{event.id}/agenda"
        answer = browser.post(path, agenda(event, n0="Opening: Who is missing?"))
        assert answer.location == f"/organise/events/{event.id}/programme"
        db.expire_all()
        assert event.sessions[0].title == "Opening: Who is missing?"
        asks = browser.get(answer.location)
        assert "What you changed is saved, and nobody was written to." in asks
        assert "Put the letters to 2 people into the outbox" in asks and "Write to nobody" in asks
        assert "Opening: Who is missing?" in asks
        assert db.query(OutboxMail).count() == sent

        move = f"/organise/events/{event.id}/move"
        browser.post(f"{move}/confirm", {"change": proposal(asks)}, at=move)
        left = release(browser, db, event)
        assert "The new programme leaves in a minute" in browser.get(left)
        clock.advance(timedelta(minutes=1))
        assert apply_due_changes(db, settings, clock.now) == 1
        db.commit()
        assert "The new programme is sent" in browser.get(left)
        mails = db.query(OutboxMail).order_by(OutboxMail.id).offset(sent).all()
        assert [(one.letter, one.facts["invitation"]["sequence"]) for one in mails] == [
            ("member_updated", 0),
            ("member_updated", 0),
        ]
        after = browser.client.get(answer.location)
        assert (after.status_code, after.location) == (303, f"/organise/events/{event.id}")

    def test_an_agenda_saved_as_it_was_asks_nothing(self, browser: Browser, event: Event) -> None:
        answer = browser.post(f"/organise/events/{event.id}/agenda", agenda(event))
        assert answer.location == f"/organise/events/{event.id}"
