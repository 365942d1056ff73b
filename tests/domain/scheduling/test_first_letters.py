"""A city counts as invited once its first letter was released: not while it waits in the outbox,
nor when it was left out."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.registration.link_requests import request_link
from events_service.domain.registration.taking_up import take_up
from events_service.domain.scheduling import changes
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.domain.scheduling.event_change import Cancellation
from events_service.model import OutboxMail
from events_service.queries.board import board_of
from events_service.queries.cities import cities_of_event
from events_service.queries.city_home import city_home
from events_service.queries.needs import needs_of
from events_service.queries.network import cities_of_network
from events_service.queries.organiser import courses, invited_city_ids
from tests.domain.scheduling.first_letter import FIRST, Desk
from tests.domain.scheduling.test_changes import later

UNWRITTEN = ["waits", "left_out", "taken_back"]


@pytest.mark.parametrize(
    ("what", "state", "waits", "known"),
    [
        ("waits", "not_invited", True, True),
        ("left_out", "not_invited", False, False),
        ("released", "invited", False, True),
        ("taken_back", "not_invited", True, True),
    ],
)
def test_pages_say_whether_a_city_was_written_to(
    db: Session, at_desk: Desk, what: str, state: str, waits: bool, known: bool
) -> None:
    """`known`: whether the page that invites passes it over."""
    event, city = at_desk.event, at_desk.boise.city
    at_desk.happens(what)
    moment = at_desk.clock.now + timedelta(days=20)
    written = what == "released"
    [line] = [one for one in cities_of_event(db, event) if one.city == city]
    board = board_of(db, event, now=moment)
    [needs] = needs_of(db, [event], now=moment) or [None]
    [course] = courses(db, [event.series_id], now=moment)
    network = {one.name: one.invited_on for one in cities_of_network(db, [event.series_id])}
    assert (
        (line.state, line.letter_waits, city.id in invited_city_ids(db, event.id)),
        ([one.city for one in board.silent], [one.city for one in board.not_invited]),
        needs.silent if needs else (),
        course.events[0].invited,
        network["Boise"],
        [one.event for one in city_home(db, city.id, now=moment).coming],
    ) == (
        (state, waits, known),
        (["Boise"] if written else [], ["Boise"] if waits else []),
        ("Boise",) if written else (),
        int(written),
        date(2027, 3, 22) if written else None,
        [event] if written else [],
    )


def test_who_opened_its_page_knows_of_it_whatever_became_of_the_letter(
    db: Session, at_desk: Desk
) -> None:
    at_desk.leave_out()
    take_up(at_desk.boise, now=at_desk.clock.now)
    db.flush()
    [line] = [one for one in cities_of_event(db, at_desk.event) if one.invitation]
    assert (line.state, line.letter_waits) == ("opened", False)


@pytest.mark.parametrize(("what", "drafted"), [*((one, 0) for one in UNWRITTEN), ("released", 1)])
def test_a_reminder_goes_to_nobody_who_was_not_written_to(
    db: Session, at_desk: Desk, what: str, drafted: int
) -> None:
    at_desk.happens(what)
    now = at_desk.event.registration_closes_at - timedelta(days=13)
    assert draft_due_reminders(db, at_desk.settings, now=now) == drafted


@pytest.mark.parametrize("what", [*UNWRITTEN, "released"])
def test_a_move_is_told_to_nobody_who_was_not_written_to(
    db: Session, at_desk: Desk, what: str
) -> None:
    at_desk.happens(what)
    at_desk.clock.advance(timedelta(hours=1))
    now = at_desk.clock.now
    mails = changes.carry_out(db, at_desk.settings, at_desk.event, later(at_desk.event), now=now)
    db.expire_all()
    told = what == "released"
    assert ([one.letter for one in mails], at_desk.boise.sent_again_at) == (
        [FIRST] if told else [],
        now if told else None,
    )


@pytest.mark.parametrize("what", [*UNWRITTEN, "released"])
def test_a_cancellation_is_told_to_nobody_who_was_not_written_to(
    db: Session, at_desk: Desk, what: str
) -> None:
    at_desk.happens(what)
    at_desk.clock.advance(timedelta(hours=1))
    now = at_desk.clock.now
    mails = changes.carry_out(db, at_desk.settings, at_desk.event, Cancellation("no"), now=now)
    assert [one.letter for one in mails] == ["event_cancelled_city"] * (what == "released")


@pytest.mark.parametrize(
    ("what", "letter"),
    [*dict.fromkeys(UNWRITTEN, "registration_unknown").items(), ("released", "registration_link")],
)
def test_the_register_button_opens_no_invitation_that_was_not_sent(
    db: Session, at_desk: Desk, what: str, letter: str
) -> None:
    """Its answer is the same page for everybody; the letter says what there is."""
    at_desk.happens(what)
    asked = at_desk.boise.address
    request_link(db, at_desk.settings, at_desk.event, asked, now=at_desk.clock.now)
    letters = select(OutboxMail.letter).where(OutboxMail.letter.startswith("registration_"))
    assert db.scalars(letters).all() == [letter]
