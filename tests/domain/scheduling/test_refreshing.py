"""Drafted letters tell what holds now: also when the event is changed before they are released."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.sending_to_many import send_to_many
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.domain.scheduling.city_invitations import invite_cities, send_again
from events_service.domain.scheduling.event_change import Cancellation, as_it_stands
from events_service.domain.scheduling.invitees import Invitee
from events_service.domain.scheduling.pending import UNDO
from events_service.domain.scheduling.refreshing import refresh_drafts
from events_service.model import CityInvitation, Event, OutboxMail
from tests import cast, office
from tests.conftest import TestClock
from tests.releasing import ask_and_release

WEEK = timedelta(weeks=1)
MAYOR, ADVISER = "mayor@newark.example.org", "adviser@newark.example.org"


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def boise(db: Session, settings: Settings, clock: TestClock, event: Event) -> CityInvitation:
    """A city that is invited, whose letter waits."""
    city = cast.city(db, "Boise")
    invitee = Invitee(city.id, city.contacts[0].address, "Mayor", 3)
    return invite_cities(db, settings, event, [invitee], now=clock.now)[0]


def moves(db: Session, settings: Settings, clock: TestClock, event: Event) -> None:
    stands = as_it_stands(event)
    sessions = tuple(replace(one, held_on=one.held_on + WEEK) for one in stands.sessions)
    move = replace(stands, starts_on=stands.starts_on + WEEK, sessions=sessions)
    ask_and_release(db, settings, clock, event, move)
    clock.advance(UNDO)
    apply_due_changes(db, settings, clock.now)


def letters(db: Session) -> list[tuple[str, str, str, str]]:
    """Letter, address, state, and the first day that it tells."""
    db.expire_all()
    return [
        (one.letter, one.to_address, one.state, one.facts["event"]["starts_on"])
        for one in db.query(OutboxMail).order_by(OutboxMail.id)
    ]


def test_a_city_whose_first_letter_waits_hears_of_no_move(
    db: Session, settings: Settings, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    """Control: one that had its letter is told."""
    cast.invited(db, event, "Newark")
    day = (event.starts_on + WEEK).isoformat()
    moves(db, settings, clock, event)
    assert letters(db) == [
        ("city_invited", boise.address, "drafted", day),
        ("city_invited", "newark@cities.example.org", "queued", day),
    ]
    to_boise, to_newark = db.query(OutboxMail).order_by(OutboxMail.id)
    assert to_boise.facts["before"] is None and to_newark.facts["before"] is not None
    assert (to_boise.created_at, to_boise.rendered) == (clock.now, None)


def test_a_second_letter_that_waits_gives_way_to_the_news_of_a_move(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    newark = cast.invited(db, event, "Newark")
    send_again(db, settings, newark, now=clock.now)
    clock.advance(timedelta(minutes=5))
    moves(db, settings, clock, event)
    assert [state for _, _, state, _ in letters(db)] == ["discarded", "queued"]


def test_when_it_is_called_off_whoever_knows_nothing_yet_hears_nothing(
    db: Session, settings: Settings, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    """Control: a city that had its letter is told."""
    cast.invited(db, event, "Newark")
    ask_and_release(db, settings, clock, event, Cancellation(""))
    clock.advance(UNDO)
    apply_due_changes(db, settings, clock.now)
    assert [(letter, to, state) for letter, to, state, _ in letters(db)] == [
        ("city_invited", boise.address, "discarded"),
        ("event_cancelled_city", "newark@cities.example.org", "queued"),
    ]


def test_people_who_were_not_told_of_their_entry_get_one_letter_about_it(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Control: the other one, whose letter has left, is told of the move."""
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    mayor, adviser = office.people_of(newark)
    for mail in db.query(OutboxMail):
        waits = mail.letter == "member_invited" and mail.member_id == mayor.id
        mail.state = "drafted" if waits else "sent"
    db.flush()
    moves(db, settings, clock, event)
    people = [one for one in letters(db) if one[1] in (mayor.address, adviser.address)]
    first = event.starts_on.isoformat()
    was = (event.starts_on - WEEK).isoformat()
    assert people == [
        ("member_invited", mayor.address, "drafted", first),
        ("member_invited", adviser.address, "sent", was),
        ("member_updated", adviser.address, "queued", first),
    ]
    waiting = db.query(OutboxMail).filter_by(state="drafted").one()
    entry = mayor.invitations[0]
    assert (waiting.facts["invitation"]["sequence"], waiting.facts["days"]) == (
        entry.sequence,
        [day.isoformat() for day in mayor.days],
    )


class TestAnEntryThatIsSentAgain:
    """The mayor asked for the invitation once more: what waits is not the first they hear."""

    @pytest.fixture(autouse=True)
    def again(self, db: Session, settings: Settings, clock: TestClock, event: Event) -> None:
        newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
        for mail in db.query(OutboxMail):
            mail.state = "sent"
        send_to_many(db, settings, event, [office.people_of(newark)[0].id], now=clock.now)
        clock.advance(timedelta(hours=1))

    def since(self, db: Session) -> list[tuple[str, str, str]]:
        """What was written since the first letters had left."""
        db.expire_all()
        later = db.query(OutboxMail).filter(OutboxMail.state != "sent").order_by(OutboxMail.id)
        return [(one.letter, one.to_address, one.state) for one in later]

    def test_everybody_hears_of_a_move_and_what_waits_gives_way(
        self, db: Session, settings: Settings, clock: TestClock, event: Event
    ) -> None:
        moves(db, settings, clock, event)
        assert self.since(db) == [
            ("member_invited", MAYOR, "discarded"),
            ("member_updated", MAYOR, "queued"),
            ("member_updated", ADVISER, "queued"),
            ("delegation_moved", "office@newark.example.org", "queued"),
        ]

    def test_everybody_hears_that_it_is_called_off(
        self, db: Session, settings: Settings, clock: TestClock, event: Event
    ) -> None:
        ask_and_release(db, settings, clock, event, Cancellation(""))
        clock.advance(UNDO)
        apply_due_changes(db, settings, clock.now)
        assert self.since(db) == [
            ("member_invited", MAYOR, "discarded"),
            ("member_cancelled", MAYOR, "queued"),
            ("member_cancelled", ADVISER, "queued"),
            ("event_cancelled_city", "office@newark.example.org", "queued"),
        ]

    def test_a_second_entry_leaves_with_the_news(
        self, db: Session, settings: Settings, clock: TestClock, event: Event
    ) -> None:
        """Hours that part a run of days make two entries."""
        first, second, third = as_it_stands(event).sessions
        sessions = (first, second, replace(third, ends=time(12)))
        ask_and_release(db, settings, clock, event, replace(as_it_stands(event), sessions=sessions))
        clock.advance(UNDO)
        apply_due_changes(db, settings, clock.now)
        assert ("member_invited", MAYOR, "queued") in self.since(db)

    def test_control_what_shows_the_entry_as_it_is_waits_on(
        self, db: Session, clock: TestClock, event: Event
    ) -> None:
        event.venue = "Opera House"
        refresh_drafts(db, event, clock.now)
        assert self.since(db) == [("member_invited", MAYOR, "drafted")]
        waiting = db.query(OutboxMail).filter_by(state="drafted").one()
        assert waiting.facts["event"]["venue"] == "Opera House"


def test_what_still_holds_is_not_written_anew(
    db: Session, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    del boise
    before = db.query(OutboxMail).one().created_at
    clock.advance(timedelta(hours=1))
    refresh_drafts(db, event, clock.now)
    assert db.query(OutboxMail).one().created_at == before
    event.venue = "Opera House"
    refresh_drafts(db, event, clock.now)
    mail = db.query(OutboxMail).one()
    assert (mail.created_at, mail.facts["event"]["venue"]) == (clock.now, "Opera House")


def test_a_waiting_letter_says_whether_an_organiser_decides(
    db: Session, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    del boise
    told = [db.query(OutboxMail).one().facts["approves"]]
    event.approves_delegations = True
    refresh_drafts(db, event, clock.now)
    assert [*told, db.query(OutboxMail).one().facts["approves"]] == [False, True]
