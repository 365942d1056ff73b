"""Part of its places for a delegation that waits, in whatever order things happen."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.confirming import (
    DraftIncomplete,
    confirm_delegation,
    withdraw_delegation,
)
from events_service.domain.registration.form import draft_of, members_of
from events_service.domain.registration.offering import (
    end_offer,
    ended_offers,
    let_offer_go,
    offer_part,
)
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling import changes
from events_service.domain.scheduling.event_change import Cancellation
from events_service.model import CityInvitation, Delegation, Event, OutboxMail
from tests import cast, follow_up, office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import of

WEEK = timedelta(days=7)


class Hall:
    """Five places, three of them Newark's; Boise waits with three people, Dijon with four."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock) -> None:
        self.db, self.settings, self.clock = db, settings, clock
        self.event: Event = cast.event(db, capacity=5)
        self.me = follow_up.colleague(db, "Organiser")
        self.newark = self._registered("Newark", "Mayor", "Liaison", "Adviser")
        self.boise = self._registered("Boise", "Mayor", "Liaison", "Adviser")
        self.dijon = self._registered("Dijon", "Mayor", "Liaison", "Adviser", "Planner")
        self.tell()

    def _registered(self, city: str, *roles: str) -> CityInvitation:
        return office.registered(self.db, self.settings, self.clock, self.event, city, *roles)

    def offer(self, places: int = 2, until: datetime | None = None) -> None:
        until = until or self.clock.now + WEEK
        offer_part(
            self.db, self.settings, of(self.boise), self.me, places, until, now=self.clock.now
        )

    def tell(self) -> None:
        for mail in self.db.scalars(select(OutboxMail)):
            mail.state = "sent"
        self.db.flush()
        self.clock.advance(timedelta(minutes=1))

    def chooses(self, invitation: CityInvitation, people: int) -> str:
        draft = draft_of(invitation)
        fewer = type(draft)(draft.contact_address, draft.people[:people])
        save_draft(self.db, invitation, fewer, now=self.clock.now)
        outcome = confirm_delegation(self.db, self.settings, invitation.id, now=self.clock.now)
        return outcome.state

    def ends(self) -> list[bool]:
        return [
            end_offer(self.db, self.settings, number, now=self.clock.now)
            for number in ended_offers(self.db, now=self.clock.now)
        ]

    def holds(self) -> tuple[int, int]:
        """Seats that are taken, and those that delegations hold or were offered."""
        self.db.flush()
        self.db.refresh(self.event)
        held = self.db.scalar(
            select(func.sum(Delegation.seats + Delegation.offered_seats)).where(
                Delegation.event_id == self.event.id
            )
        )
        return self.event.seats_taken, held or 0

    def letters(self, *states: str) -> list[tuple[str, str]]:
        mails = self.db.scalars(
            select(OutboxMail).where(OutboxMail.state.in_(states)).order_by(OutboxMail.id)
        )
        return [(one.letter, one.to_address) for one in mails]


@pytest.fixture
def hall(db: Session, settings: Settings, clock: TestClock) -> Hall:
    return Hall(db, settings, clock)


BOISE = "office@boise.example.org"


def test_an_offer_holds_the_places_and_its_letter_waits(hall: Hall) -> None:
    hall.offer()
    found = of(hall.boise)
    assert (found.state, found.seats, found.offered_seats) == ("waitlisted", 0, 2)
    assert hall.holds() == (5, 5)
    assert hall.letters("drafted") == [("delegation_offered", BOISE)]


def test_the_city_chooses_who_comes_and_the_others_are_told(hall: Hall) -> None:
    hall.offer()
    hall.tell()
    with pytest.raises(DraftIncomplete, match="2 places and 3 people"):
        hall.chooses(hall.boise, 3)
    assert hall.chooses(hall.boise, 2) == "confirmed"
    found = of(hall.boise)
    assert (found.state, found.seats, found.offered_seats) == ("confirmed", 2, 0)
    assert [one.role for one in members_of(found)] == ["Mayor", "Liaison"]
    assert hall.holds() == (5, 5)
    assert hall.letters("queued") == [
        ("waiting_ended", "adviser@boise.example.org"),
        ("member_invited", "mayor@boise.example.org"),
        ("member_invited", "liaison@boise.example.org"),
        ("delegation_confirmed", BOISE),
    ]


def test_whoever_takes_fewer_gives_the_rest_back(hall: Hall) -> None:
    hall.offer()
    hall.tell()
    assert hall.chooses(hall.boise, 1) == "confirmed"
    assert hall.holds() == (4, 4)


def test_an_offer_that_ends_gives_the_places_back_and_says_so(hall: Hall) -> None:
    hall.offer()
    hall.tell()
    hall.clock.advance(WEEK - timedelta(minutes=2))
    assert hall.ends() == []
    hall.clock.advance(timedelta(minutes=2))
    assert hall.ends() == [True]
    assert hall.ends() == []
    assert (of(hall.boise).state, hall.holds()) == ("waitlisted", (3, 3))
    assert hall.letters("queued") == [("delegation_offer_ended", BOISE)]


def test_an_offer_that_nobody_was_told_of_ends_without_a_word(hall: Hall) -> None:
    hall.offer()
    hall.clock.advance(WEEK)
    assert hall.ends() == [True]
    assert hall.letters("drafted", "queued") == []
    assert (of(hall.boise).state, hall.holds()) == ("waitlisted", (3, 3))


def test_an_offer_ends_without_a_word_when_the_workshop_was_cancelled(hall: Hall) -> None:
    hall.offer()
    hall.tell()
    cape = office.registered(hall.db, hall.settings, hall.clock, hall.event, "Cape Town", "Mayor")
    changes.carry_out(
        hall.db, hall.settings, hall.event, Cancellation("Flood."), now=hall.clock.now
    )
    hall.tell()
    hall.clock.advance(WEEK)
    assert (hall.ends(), hall.ends()) == ([True], [])
    assert hall.letters("drafted", "queued") == []
    found = of(hall.boise)
    assert (found.state, found.offered_seats, found.decided_at) == ("waitlisted", 0, None)
    assert (of(cape).state, hall.holds()) == ("waitlisted", (3, 3))


def test_a_city_that_lets_its_places_go_keeps_its_turn(hall: Hall) -> None:
    hall.offer()
    hall.tell()
    before = of(hall.boise).waitlisted_at
    assert let_offer_go(hall.db, hall.settings, hall.boise.id, now=hall.clock.now)
    assert not let_offer_go(hall.db, hall.settings, hall.boise.id, now=hall.clock.now)
    assert (of(hall.boise).waitlisted_at, hall.holds()) == (before, (3, 3))


@pytest.mark.parametrize("places", [0, 3, 4])
def test_only_part_is_offered(hall: Hall, places: int) -> None:
    with pytest.raises(Refusal):
        hall.offer(places)
    assert hall.holds() == (3, 3)


def test_no_more_is_offered_than_is_free_and_not_beyond_the_deadline(hall: Hall) -> None:
    with pytest.raises(Refusal):
        hall.offer(until=hall.event.registration_closes_at + timedelta(seconds=1))
    withdrawn = of(hall.newark)
    hall.offer()
    with pytest.raises(Conflict):
        hall.offer()
    assert withdrawn.state == "confirmed"


STEPS = ("answer", "late", "end", "go", "withdraw_newark", "withdraw_boise")


@pytest.mark.parametrize("told", [True, False])
def test_in_whatever_order_things_happen_seats_add_up(hall: Hall, told: bool) -> None:
    """Every order of three steps after an offer, whether the city was told of it or not. The seats
    that are taken are those that somebody holds, never more than there are; and a city that took
    its offer is never told that it has ended."""
    start = hall.clock.now
    for steps in permutations(STEPS, 3):
        save = hall.db.begin_nested()
        hall.clock.now = start
        hall.offer()
        if told:
            hall.tell()
        took_it = False
        for step in steps:
            offered = of(hall.boise).offered_seats > 0
            _take(hall, step)
            taken, held = hall.holds()
            assert taken == held <= 5, (*steps, step)
            took_it = took_it or (step == "answer" and offered and of(hall.boise).seats == 2)
        ended = [one for one in hall.letters("queued", "sent") if "offer_ended" in one[0]]
        assert len(ended) <= (0 if took_it or not told else 1), steps
        save.rollback()
        hall.db.expire_all()


def _take(hall: Hall, step: str) -> None:
    now = hall.clock.now
    if step == "late":
        hall.clock.advance(WEEK)
    elif step == "end":
        hall.ends()
    elif step == "go":
        let_offer_go(hall.db, hall.settings, hall.boise.id, now=now)
    elif step.startswith("withdraw"):
        which = hall.newark if step.endswith("newark") else hall.boise
        withdraw_delegation(hall.db, hall.settings, which.id, now=now)
    else:
        inner = hall.db.begin_nested()
        try:
            hall.chooses(hall.boise, 2)
        except Refusal:
            inner.rollback()
            hall.db.expire_all()
