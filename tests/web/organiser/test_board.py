"""Who is coming, and moving or cancelling with a preview and a minute to undo."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.offering import offer_part
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.model import Event, PendingChange, Series
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import colleague
from tests.web.organiser.releasing import letters_page, release


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


def moved(event: Event, **other: object) -> dict[str, object]:
    """The form of a move by a week, as a browser sends it."""
    fields: dict[str, object] = {
        "starts_on": (event.starts_on + timedelta(days=7)).isoformat(),
        "venue": event.venue,
        "venue_address": event.venue_address,
    }
    for n, session in enumerate(event.sessions):
        fields |= {
            f"sessions-{n}-session_id": session.id,
            f"sessions-{n}-starts": f"{session.starts:%H:%M}",
            f"sessions-{n}-ends": f"{session.ends:%H:%M}",
        }
    return fields | other


def proposal(page: str) -> str:
    found = re.search(r'name="change" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_an_empty_board_says_what_to_do(browser: Browser, db: Session, event: Event) -> None:
    db.commit()
    assert "Invite the cities that should come." in browser.get(f"/organise/events/{event.id}")
    event.published_at = None
    db.commit()
    page = browser.get(f"/organise/events/{event.id}")
    assert "The workshop is a draft" in page
    assert "Publish the workshop, then invite the cities." in page


def test_the_board_shows_people_and_how_they_answered(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    [one] = office.people_of(newark)[0].invitations
    one.partstat, one.answered_by, one.answered_at = "ACCEPTED", "page", clock.now
    cast.invited(db, event, "Boise")
    db.commit()
    page = browser.get(f"/organise/events/{event.id}")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")
    assert "1 of 60 places accepted, 58 still to give" in text
    assert "Newark United States, 1 of 2 Mayor Accepted Page, 22 Nov" in text
    assert "Adviser No answer Invited 22 Nov" in text
    assert "Asked, not registered" in text
    only = browser.get(f"/organise/events/{event.id}?show=open")
    assert ("Boise" in only, ">Newark<" in only) == (True, False)
    assert "Nothing here" in browser.get(f"/organise/events/{event.id}?show=withdrawn")
    assert "One delegation" in browser.get(f"/organise/events/{event.id}?show=nonsense")


@pytest.mark.parametrize(
    ("cities", "said"),
    [
        (1, "Offered 2, until Sunday 29 November 2026, 13:00"),
        (2, "Offered 3, the first until Tuesday 24 November 2026, 13:00"),
        (0, ""),
    ],
)
def test_offered_places_are_shown_apart(
    browser: Browser,
    db: Session,
    event: Event,
    settings: Settings,
    clock: TestClock,
    cities: int,
    said: str,
) -> None:
    """Control: where none are offered they are not spoken of, and all are to be given."""
    event.capacity = 3
    waiting = [
        office.registered(db, settings, clock, event, city, "Mayor", "Liaison", "Adviser", "Aide")
        for city in ("Newark", "Boise")
    ]
    office.letters(db)
    me = colleague(db)
    for city, places, days in zip(waiting[:cities], (2, 1), (7, 2), strict=False):
        assert city.delegation is not None
        ends_at = clock.now + timedelta(days=days)
        offer_part(db, settings, city.delegation, me, places, ends_at, now=clock.now)
    db.commit()
    page = browser.get(f"/organise/events/{event.id}")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")
    offered = (0, 2, 3)[cities]
    assert f"0 of 3 places accepted, {3 - offered} still to give" in text
    assert (said in text, "Offered" in text) == (True, cities > 0)
    assert (f"{offered} offered, {3 - offered} free, of 3 places" in page) is (cities > 0)


def test_a_move_is_previewed_asked_for_and_undone(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    office.letters(db)
    db.commit()
    path = f"/organise/events/{event.id}/move"
    preview = browser.post(path, moved(event, venue="Opera House"))
    assert preview.status == 200
    assert "2 people will be written to" in preview.text
    assert "Monday 31\u00a0May to Wednesday 2\u00a0June 2027" in preview.text
    assert "Monday\u00a07 to Wednesday 9\u00a0June 2027" in preview.text
    assert "To people whose calendar changes" in preview.text
    assert "http://localhost/a/…" in preview.text
    assert "zzlink" not in preview.text.partition("<h2")[2]
    assert db.query(PendingChange).count() == 0

    browser.post(f"{path}/confirm", {"change": proposal(preview.text)}, at=path)
    assert "A change waits in the outbox" in browser.get(f"/organise/events/{event.id}")
    assert "A change waits in the outbox: 2 letters" in browser.get("/organise")
    left = release(browser, db, event)
    assert left == f"/organise/events/{event.id}/changes/{db.query(PendingChange).one().id}"
    waiting = browser.get(left)
    assert "Leaves at 13:01:00" in waiting
    assert 'hx-trigger="every 5s"' in waiting
    assert "The move leaves at 13:01:00" in browser.get(f"/organise/events/{event.id}")
    assert "A move is about to leave" in browser.get("/organise")
    browser.get(path, status=409)

    browser.post(f"{left}/undo", at=left)
    assert "Undone. Nobody was written to" in browser.get(letters_page(event))
    clock.advance(timedelta(minutes=2))
    assert apply_due_changes(db, settings, clock.now) == 0
    db.refresh(event)
    assert (event.starts_on, office.letters(db)) == (date(2027, 5, 31), [])
    browser.post(f"{left}/throw-away", at=letters_page(event))
    assert "nobody was written to" in browser.get(left)
    assert "No change waits" in browser.get(letters_page(event))


def test_other_hours_alone_do_not_show_the_same_days_twice(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    """Control: with another place the two are set side by side."""
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.commit()
    path = f"/organise/events/{event.id}/move"
    hours = {"starts_on": event.starts_on.isoformat(), "sessions-0-starts": "10:00"}
    stays = "Days and place stay as they are."
    assert stays in browser.post(path, moved(event, **hours)).text
    elsewhere = browser.post(path, moved(event, **hours, venue="Opera House")).text
    assert "will be written to" in elsewhere and stays not in elsewhere


def test_a_move_leaves(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.commit()
    path = f"/organise/events/{event.id}/move"
    preview = browser.post(path, moved(event))
    browser.post(f"{path}/confirm", {"change": proposal(preview.text)}, at=path)
    left = release(browser, db, event)
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 1
    db.commit()
    page = browser.get(left)
    assert "The workshop is moved" in page
    assert "2 people are written to." in page
    undone = browser.post(f"{left}/undo", at="/organise/series/new")
    assert (undone.status, "has left already" in undone.text) == (409, True)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"starts_on": ""}, "Enter the first day"),
        ({"starts_on": "2026-01-01"}, "Choose a first day that lies ahead"),
        ({"venue": ""}, "Say where it takes place"),
        ({"sessions-0-starts": "soon"}, "Enter a time from 00:00 to 23:59"),
        ({"sessions-0-starts": "18:00"}, "Choose an end that is after the start"),
        ({"starts_on": "2027-05-31"}, "Change a day, a time or the place"),
        ({"starts_on": "2028-03-26", "sessions-0-starts": "02:30"}, "does not exist"),
    ],
)
def test_a_move_that_needs_another_look(
    browser: Browser, db: Session, event: Event, wrong: dict[str, object], message: str
) -> None:
    db.commit()
    answer = browser.post(f"/organise/events/{event.id}/move", moved(event, **wrong))
    assert answer.status == 422
    assert message in answer.text


def test_an_hour_that_comes_twice_on_the_new_day_is_asked_about(
    browser: Browser, db: Session, event: Event
) -> None:
    db.commit()
    path = f"/organise/events/{event.id}/move"
    night: dict[str, object] = {"starts_on": "2027-10-31", "sessions-0-starts": "02:30"}
    answer = browser.post(path, moved(event, **night))
    assert (answer.status, "The first, UTC+2" in answer.text) == (422, True)
    preview = browser.post(path, moved(event, **night, **{"sessions-0-fold": "0"}))
    assert preview.status == 200
    assert json.loads(proposal(preview.text))["sessions"][0]["fold"] == 0


def test_other_hours_in_the_agenda_lead_to_the_preview(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.commit()
    rows: dict[str, object] = {}
    for n, session in enumerate(event.sessions):
        values = {
            "session_id": session.id,
            "held_on": session.held_on.isoformat(),
            "starts": "10:00",
            "ends": "17:00",
            "title": session.title,
            "note": "",
        }
        rows |= {f"sessions-{n}-{name}": value for name, value in values.items()}
    preview = browser.post(f"/organise/events/{event.id}/agenda", rows)
    assert preview.status == 200
    assert "2 people will be written to" in preview.text
    assert "09:00\u00a0–\u00a017:00" in preview.text
    assert "10:00\u00a0–\u00a017:00" in preview.text


def test_a_cancellation_is_previewed_and_leaves(
    browser: Browser, db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.commit()
    path = f"/organise/events/{event.id}/cancel"
    preview = browser.post(path, {"words": "The hall is <b>flooded</b>."})
    assert "2 people will be written to" in preview.text
    assert "Taken out" in preview.text
    assert "<b>flooded</b>" not in preview.text
    browser.post(f"{path}/confirm", {"change": proposal(preview.text)}, at=path)
    release(browser, db, event)
    clock.advance(timedelta(minutes=1))
    assert apply_due_changes(db, settings, clock.now) == 1
    db.commit()
    assert event.cancelled_at == clock.now
    assert "Cancelled" in browser.get(f"/organise/events/{event.id}")
    browser.post(path, {"words": ""}, at="/organise/series/new")
    too_long = browser.post(path, {"words": "x" * 1001}, at="/organise/series/new")
    assert too_long.status == 422


@pytest.mark.parametrize("garbled", ["", "{}", "[]", "null", '{"starts_on": 5}', "{"])
def test_a_garbled_change_is_refused(
    browser: Browser, db: Session, event: Event, garbled: str
) -> None:
    db.commit()
    path = f"/organise/events/{event.id}/move"
    answer = browser.post(f"{path}/confirm", {"change": garbled}, at=path)
    assert (answer.status, db.query(PendingChange).count()) == (422, 0)


def test_the_next_edition_is_shown_and_made_once(
    browser: Browser, db: Session, sign_in_as: SignInAs
) -> None:
    series = cast.series(db, "workshops-2024")
    series.title = "Workshops 2024"
    event = cast.event(db, host="Dijon", starts_on=date(2024, 5, 20), in_series=series)
    sign_in_as("organiser", series.id)
    db.refresh(series)
    path = f"/organise/series/{series.id}/next-edition"
    page = browser.get(path)
    assert "Monday\u00a020 to Wednesday 22\u00a0May 2024" in page
    assert "Monday\u00a017 to Wednesday 19\u00a0May 2027" in page
    assert "Monday 17\u00a0May 2027 is Pentecost Monday, a public holiday in France." in page
    answer = browser.post(path)
    made = db.query(Series).filter_by(previous_edition_id=series.id).one()
    assert (answer.status, answer.location) == (303, f"/organise/series/{made.id}")
    assert "Open for registration" in browser.get(answer.location)
    assert "The next edition is there already" in browser.get(path)
    assert browser.post(path, at="/organise/series/new").status == 409
    assert db.query(Event).filter_by(previous_edition_id=event.id).count() == 1


def test_a_workshop_that_is_over_asks_for_no_more_cities(
    browser: Browser, event: Event, clock: TestClock, sign_in_as: SignInAs
) -> None:
    page = f"/organise/events/{event.id}"
    assert "Nobody has been asked yet" in browser.get(page)
    clock.advance(timedelta(days=365))
    sign_in_as("organiser", event.series_id)
    over = browser.get(page)
    assert "See who was there" in over
    assert "Nobody has been asked yet" not in over and "still to give" not in over
