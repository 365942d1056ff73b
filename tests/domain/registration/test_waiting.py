"""The waiting list: who comes off it, when, and by which letters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.deciding import undo_decision
from events_service.domain.registration.deciding_many import decide
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.keeping import keep_seats
from events_service.domain.registration.offering import offer_part
from events_service.domain.registration.saving import save_draft, standing
from events_service.domain.registration.untold import known_state
from events_service.domain.scheduling import changes
from events_service.domain.scheduling.event_change import Cancellation
from events_service.domain.scheduling.events import edit_event
from events_service.model import Account, CityInvitation, OutboxMail, Quota
from tests import cast, follow_up, office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of

Letters = list[tuple[str, str]]


class Queue:
    """Three places, all of them Newark's; Boise waits with two people."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock) -> None:
        self.db, self.settings, self.clock = db, settings, clock
        self.event = cast.event(db, capacity=3)
        self.newark = self.registered("Newark", "Mayor", "Liaison", "Adviser")
        self.boise = self.registered("Boise", "Mayor", "Liaison")
        self.tell()

    def registered(self, city: str, *roles: str) -> CityInvitation:
        return office.registered(self.db, self.settings, self.clock, self.event, city, *roles)

    def tell(self) -> None:
        for mail in self.db.scalars(select(OutboxMail)):
            mail.state = "sent"
        self.db.flush()
        self.clock.advance(timedelta(minutes=1))

    def newark_withdraws(self) -> None:
        assert withdraw_delegation(self.db, self.settings, self.newark.id, now=self.clock.now)

    def letters_to_boise(self) -> Letters:
        mails = self.db.scalars(
            select(OutboxMail)
            .where(OutboxMail.state != "sent", OutboxMail.city_id == self.boise.city_id)
            .order_by(OutboxMail.id)
        )
        return [(one.letter, one.state) for one in mails]


@pytest.fixture
def queue(db: Session, settings: Settings, clock: TestClock) -> Queue:
    return Queue(db, settings, clock)


PROMOTED_AT_ONCE = [
    ("member_invited", "queued"),
    ("member_invited", "queued"),
    ("delegation_promoted", "queued"),
]


def test_seats_that_a_city_gives_back_go_to_whoever_waits_at_once(queue: Queue) -> None:
    queue.newark_withdraws()
    assert (of(queue.boise).state, queue.letters_to_boise()) == ("confirmed", PROMOTED_AT_ONCE)


def test_nobody_is_invited_to_what_was_cancelled(queue: Queue) -> None:
    changes.carry_out(
        queue.db, queue.settings, queue.event, Cancellation("Flood."), now=queue.clock.now
    )
    queue.tell()
    queue.newark_withdraws()
    assert (of(queue.boise).state, queue.letters_to_boise()) == ("waitlisted", [])


@pytest.mark.parametrize(
    ("now", "state", "letters"),
    [
        (datetime(2027, 5, 30, 21, 59, tzinfo=UTC), "confirmed", PROMOTED_AT_ONCE),
        (datetime(2027, 5, 30, 22, tzinfo=UTC), "waitlisted", []),  # the first day, in Stockholm
        (datetime(2027, 6, 5, 9, tzinfo=UTC), "waitlisted", []),
    ],
)
def test_nobody_is_invited_to_what_has_begun(
    queue: Queue, now: datetime, state: str, letters: Letters
) -> None:
    queue.clock.now = now
    queue.newark_withdraws()
    assert (of(queue.boise).state, queue.letters_to_boise()) == (state, letters)


PROMOTED_TO_BE_READ = [(letter, "drafted") for letter, _state in PROMOTED_AT_ONCE]


def raise_places(queue: Queue) -> None:
    plan = office.plan(queue.db, title=queue.event.title, capacity=5)
    assert edit_event(queue.db, queue.settings, queue.event, plan, now=queue.clock.now) == 1


def keep_fewer_seats(queue: Queue) -> None:
    queue.event.capacity = 5
    queue.db.add(Quota(event_id=queue.event.id, kind="host_region", seats=5))
    queue.db.flush()
    keep_seats(queue.db, queue.settings, queue.event, {}, {}, now=queue.clock.now)


def turn_down_an_offer(queue: Queue) -> None:
    """Of Dijon, which has waited longer and does not fit whole."""
    queue.event.capacity = 5
    dijon = queue.registered("Dijon", "Mayor", "Liaison", "Adviser")
    of(dijon).waitlisted_at = queue.clock.now - timedelta(days=1)
    me, until = follow_up.colleague(queue.db, "Organiser"), queue.clock.now + timedelta(days=1)
    offer_part(queue.db, queue.settings, of(dijon), me, 2, until, now=queue.clock.now)
    queue.tell()
    assert of(queue.boise).state == "waitlisted"
    turn_down(queue, me, dijon)


def turn_down(queue: Queue, me: Account, *invitations: CityInvitation) -> None:
    decide(
        queue.db,
        queue.settings,
        queue.event,
        {of(one).id: standing(of(one)) for one in invitations},
        "turn_down",
        me,
        now=queue.clock.now,
        because="Too late.",
    )


@pytest.mark.parametrize("act", [raise_places, keep_fewer_seats, turn_down_an_offer])
def test_letters_that_follow_from_what_an_organiser_does_wait_to_be_read(
    queue: Queue, act: Callable[[Queue], None]
) -> None:
    act(queue)
    boise = of(queue.boise)
    assert (boise.state, queue.letters_to_boise()) == ("confirmed", PROMOTED_TO_BE_READ)
    assert known_state(boise) == "waitlisted"  # until they have left
    queue.tell()
    assert known_state(boise) == "confirmed"


def test_one_that_was_promoted_unheard_keeps_its_turn_when_that_is_undone(queue: Queue) -> None:
    since = of(queue.boise).waitlisted_at
    raise_places(queue)
    undo_decision(queue.db, queue.settings, of(queue.boise), now=queue.clock.now)
    boise = of(queue.boise)
    assert (boise.state, boise.waitlisted_at, boise.seats) == ("waitlisted", since, 0)
    assert queue.letters_to_boise() == [(letter, "discarded") for letter, _ in PROMOTED_AT_ONCE]


def test_one_that_was_promoted_unheard_withdraws_and_the_next_comes(queue: Queue) -> None:
    raise_places(queue)
    dijon = queue.registered("Dijon", "Mayor")
    assert of(dijon).state == "waitlisted"
    assert withdraw_delegation(queue.db, queue.settings, queue.boise.id, now=queue.clock.now)
    assert [one for one in queue.letters_to_boise() if one[1] != "discarded"] == [
        ("waiting_ended", "queued"),
        ("waiting_ended", "queued"),
        ("delegation_withdrawn", "queued"),
    ]
    queue.db.refresh(queue.event)
    assert (of(dijon).state, queue.event.seats_taken) == ("confirmed", 4)


def test_one_that_does_not_know_yet_that_it_waits_reads_only_that_it_has_places(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: one that was told reads that it came off the waiting list."""
    desk = Desk(db, settings, clock)
    newark = desk.handed_in("Newark", "Mayor", "Liaison", "Adviser", "Planner", "Chief")
    desk.approve(newark)
    boise, dijon = desk.handed_in("Boise", "Mayor"), desk.handed_in("Dijon", "Mayor")
    desk.waitlist(boise)
    desk.send_letters()
    desk.waitlist(dijon)
    clock.advance(timedelta(minutes=1))
    withdraw_delegation(db, settings, newark.id, now=clock.now)
    assert [of(one).state for one in (boise, dijon)] == ["confirmed", "confirmed"]
    assert desk.letters("drafted") == [
        ("member_invited", "mayor@boise.example.org"),
        ("delegation_promoted", "office@boise.example.org"),
        ("member_invited", "mayor@dijon.example.org"),
        ("delegation_approved", "office@dijon.example.org"),
    ]
    assert [known_state(of(one)) for one in (boise, dijon)] == ["waitlisted", "submitted"]
    desk.undo(dijon)
    assert (of(dijon).state, of(dijon).waitlisted_at, desk.taken()) == ("submitted", None, 1)


@pytest.mark.parametrize("told", [True, False])
def test_places_of_some_who_are_turned_down_go_to_none_of_these(queue: Queue, told: bool) -> None:
    """One had an offer, and another would have come in its place."""
    dijon, cape = queue.registered("Dijon", "A", "B"), queue.registered("Cape Town", "Mayor")
    queue.event.capacity = 4
    me, until = follow_up.colleague(queue.db, "Organiser"), queue.clock.now + timedelta(days=1)
    of(dijon).waitlisted_at = queue.clock.now - timedelta(days=1)
    of(cape).waitlisted_at = queue.clock.now - timedelta(hours=1)
    offer_part(queue.db, queue.settings, of(dijon), me, 1, until, now=queue.clock.now)
    bratislava = queue.registered("Bratislava", "Mayor")
    if told:
        queue.tell()
    turn_down(queue, me, dijon, cape)
    states = [of(one).state for one in (dijon, cape, bratislava)]
    assert states == ["turned_down", "turned_down", "confirmed"]


def test_one_that_was_promoted_unheard_and_comes_with_fewer_leaves_room_for_the_next(
    queue: Queue,
) -> None:
    raise_places(queue)
    dijon = queue.registered("Dijon", "Mayor")
    typed = draft_of(queue.boise)
    fewer = replace(typed, people=typed.people[:1])
    save_draft(queue.db, queue.boise, fewer, now=queue.clock.now)
    confirm_delegation(queue.db, queue.settings, queue.boise.id, now=queue.clock.now)
    queue.db.refresh(queue.event)
    assert [of(one).state for one in (queue.boise, dijon)] == ["confirmed", "confirmed"]
    assert (of(queue.boise).seats, queue.event.seats_taken) == (1, 5)
