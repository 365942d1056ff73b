"""A change in the outbox: its letters are listed, read, worded, tried, released or thrown away."""

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.model import Account, Event, OutboxMail, PendingChange
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.web.organiser.releasing import letters_page, read_on, release
from tests.web.organiser.test_board import moved, proposal
from tests.web.organiser.test_participation import words


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs, settings: Settings, clock: TestClock) -> Event:
    made = cast.event(db)
    office.registered(db, settings, clock, made, "Newark", "Mayor")
    office.letters(db)
    sign_in_as("organiser", made.series_id)
    db.commit()
    return made


@pytest.fixture
def change(browser: Browser, db: Session, event: Event) -> PendingChange:
    """A week later, in another house."""
    moves(browser, event, venue="Opera House")
    return db.query(PendingChange).one()


def moves(browser: Browser, event: Event, **other: object) -> str:
    """Through the form and its preview, which is given back."""
    path = f"/organise/events/{event.id}/move"
    preview = browser.post(path, moved(event, **other))
    browser.post(f"{path}/confirm", {"change": proposal(preview.text)}, at=path)
    return str(preview.text)


def page_of(event: Event, change: PendingChange, end: str) -> str:
    return f"/organise/events/{event.id}/changes/{change.id}/{end}"


def letter_page(browser: Browser, event: Event) -> str:
    """Of the first letter in the list."""
    page = browser.get(letters_page(event))
    start = page.index(f"{letters_page(event)}/letters/")
    return page[start : page.index('"', start)]


@pytest.mark.usefixtures("change")
def test_the_letters_are_listed_and_read_as_they_will_arrive(
    browser: Browser, db: Session, event: Event
) -> None:
    page = words(browser.get(letters_page(event)))
    assert "The move waits in the outbox" in page and "2 letters tell of it." in page
    assert "Release 2 letters" in page and "To people whose calendar changes" in page
    letter = letter_page(browser, event)
    read = words(browser.get(letter))
    assert "Changed: " in read and "Opera House" in read
    assert "Brings the entry in their calendar up to date" in read
    html = browser.get(f"{letter}/html")
    assert "Opera House" in html and "zzlink" not in html
    browser.get(f"{letters_page(event)}/letters/none", 404)
    assert db.query(OutboxMail).count() == 0


@pytest.mark.usefixtures("change")
def test_letters_that_became_other_ones_are_not_released(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    """Control: those that are read again are."""
    change = db.query(PendingChange).one()
    read = read_on(browser.get(letters_page(event)))
    office.registered(db, settings, clock, event, "Boise", "Mayor")
    office.letters(db)
    db.commit()
    path = page_of(event, change, "release")
    for what in (read, "", "0" * 64):
        answer = browser.post(path, {"read": what}, at=letters_page(event))
        assert (answer.status, "Read them again" in answer.text) == (409, True)
    assert "Leaves at" in browser.get(release(browser, db, event))


@pytest.mark.usefixtures("change")
def test_what_changed_in_the_minute_is_said(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    release(browser, db, event)
    office.registered(db, settings, clock, event, "Boise", "Mayor")
    db.commit()
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 0
    db.commit()
    why = "The letters to Boise became other ones after they were read, so none has left."
    assert why in browser.get(letters_page(event))
    assert why in words(browser.get("/organise"))


@pytest.mark.usefixtures("change")
@pytest.mark.parametrize("still", [True, False])
def test_why_it_no_longer_fitted_is_said(
    browser: Browser,
    db: Session,
    event: Event,
    settings: Settings,
    clock: TestClock,
    still: bool,
) -> None:
    """On the page of the change, and where it is said what needs somebody."""
    release(browser, db, event)
    db.expire_all()
    event.registration_closes_at += timedelta(days=70)
    db.commit()
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 0
    if not still:
        event.registration_closes_at -= timedelta(days=70)
    db.commit()
    why = "It did not leave, since it no longer fitted. Registration closes on "
    assert why in words(browser.get("/organise"))
    page = browser.get(letters_page(event))
    assert ("It can’t leave as it is. Registration closes on" in page) is still
    assert (why in page and "Read the letters again, then release." in page) is not still
    assert "Throw the change away" in page


def test_words_for_all_and_for_one(
    browser: Browser, db: Session, event: Event, change: PendingChange
) -> None:
    all_ = page_of(event, change, "words")
    saved = browser.post(all_, {"words": "For <b>all</b>."}, at=letters_page(event))
    assert saved.location == letters_page(event)
    letter = letter_page(browser, event)
    assert "For &lt;b&gt;all&lt;/b&gt;." in browser.get(f"{letter}/html")
    assert browser.post(f"{letter}/words", {"words": "For you."}, at=letter).status == 303
    assert "For you." in browser.get(f"{letter}/html")
    db.refresh(change)
    assert change.wordings == {"": "For <b>all</b>.", letter.rpartition("/")[2]: "For you."}
    for path, at in ((all_, letters_page(event)), (f"{letter}/words", letter)):
        answer = browser.post(path, {"words": "x" * 1001}, at=at)
        assert answer.status == 422
        assert "Shorten your words to 1,000 characters" in answer.text and "x" * 1001 in answer.text


@pytest.mark.usefixtures("change")
def test_a_test_is_sent_to_oneself(browser: Browser, db: Session, event: Event) -> None:
    letter = letter_page(browser, event)
    answer = browser.post(f"{letter}/test", at=letter)
    mail = db.query(OutboxMail).one()
    me = db.query(Account).filter_by(role="organiser").one()
    assert f"on its way to {me.address}" in browser.get(answer.location)
    assert (mail.letter, mail.to_address) == ("letter_test", me.address)


def test_what_is_thrown_away_leaves_everything_as_it_was(
    browser: Browser, event: Event, change: PendingChange
) -> None:
    path = page_of(event, change, "throw-away")
    assert browser.post(path, at=letters_page(event)).status == 303
    assert "No change waits" in browser.get(letters_page(event))
    assert browser.post(path, at=letters_page(event)).status == 409
    assert "waits in the outbox" not in browser.get(f"/organise/events/{event.id}")


@pytest.mark.usefixtures("change")
def test_forms_begin_with_what_waits(browser: Browser, db: Session, event: Event) -> None:
    """And what comes of them takes its place."""
    form = browser.get(f"/organise/events/{event.id}/move")
    assert 'value="2027-06-07"' in form and "Opera House" in form
    assert "A change of this workshop waits in the outbox." in form
    agenda = browser.get(f"/organise/events/{event.id}/agenda")
    assert 'value="2027-06-07"' in agenda
    assert "This is the agenda of the change that waits" in agenda
    fields = {f"sessions-{n}-{name}": str(value) for n, name, value in _rows(event)}
    preview = browser.post(f"/organise/events/{event.id}/agenda", {"press": "save", **fields})
    assert "A change waits in the outbox already" in preview.text
    wanted = json.loads(proposal(preview.text))
    assert (wanted["starts_on"], wanted["venue"], wanted["sessions"][0]["title"]) == (
        "2027-06-07",
        "Opera House",
        "Another opening",
    )
    cancels = browser.post(f"/organise/events/{event.id}/cancel", {"words": "Flooded."})
    assert "takes the place of the change that waits" in cancels.text
    db.expire_all()
    assert event.sessions[0].title == "Working day 1"


def _rows(event: Event) -> list[tuple[int, str, object]]:
    return [
        (n, name, value)
        for n, one in enumerate(event.sessions)
        for name, value in (
            ("session_id", one.id),
            ("held_on", one.held_on + timedelta(days=7)),
            ("starts", f"{one.starts:%H:%M}"),
            ("ends", f"{one.ends:%H:%M}"),
            ("title", "Another opening" if n == 0 else one.title),
            ("note", ""),
        )
    ]


def test_a_draft_that_no_longer_fits_says_why(
    browser: Browser, db: Session, event: Event, change: PendingChange
) -> None:
    change.details = {**change.details, "starts_on": "2026-11-01"}
    db.commit()
    page = browser.get(letters_page(event))
    assert "It can’t leave as it is. Choose a first day that lies ahead." in page
    assert "Throw the change away" in page and 'name="read"' not in page
