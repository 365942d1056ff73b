"""An organiser decides about each delegation: seats at the decision, letters that wait."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.deciding import (
    DoesNotFit,
    NothingToDecide,
    ReasonMissing,
    approve_delegation,
    turn_down_delegation,
    undo_decision,
    waitlist_delegation,
)
from events_service.domain.registration.deciding_many import decide
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.form import days_of, draft_of, members_of
from events_service.domain.registration.queue import decisions_of
from events_service.domain.registration.saving import save_draft, standing
from events_service.domain.registration.substituting import not_replaceable_because
from events_service.domain.registration.untold import known_state
from events_service.model import Account, CityInvitation, Delegation, Event, OutboxMail
from tests import cast, follow_up, office
from tests.conftest import TestClock


class Desk:
    """An organiser at an event that approves each delegation."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock) -> None:
        self.db, self.settings, self.clock = db, settings, clock
        self.event = cast.event(db, capacity=5)
        self.event.approves_delegations = True
        db.flush()
        self.me: Account = follow_up.colleague(db, "Organiser")

    def handed_in(self, city: str, *roles: str) -> CityInvitation:
        return office.registered(self.db, self.settings, self.clock, self.event, city, *roles)

    def approve(self, invitation: CityInvitation) -> None:
        approve_delegation(self.db, self.settings, of(invitation), self.me, now=self.clock.now)

    def turn_down(self, invitation: CityInvitation, because: str = "Too late.") -> None:
        turn_down_delegation(
            self.db, self.settings, of(invitation), self.me, now=self.clock.now, because=because
        )

    def waitlist(self, invitation: CityInvitation) -> None:
        waitlist_delegation(self.db, self.settings, of(invitation), self.me, now=self.clock.now)

    def undo(self, invitation: CityInvitation) -> None:
        undo_decision(self.db, self.settings, of(invitation), now=self.clock.now)

    def send_letters(self) -> None:
        """As if the organiser had released them and they had left."""
        for mail in self.db.scalars(select(OutboxMail).where(OutboxMail.state == "drafted")):
            mail.state = "sent"
        self.db.flush()
        self.clock.advance(timedelta(minutes=5))

    def names(self, invitation: CityInvitation, *roles: str) -> str:
        """The city sends in these people, those it named before and others."""
        known = {one.role: one for one in draft_of(invitation).people}
        days = tuple(days_of(self.event))
        people = tuple(
            known.get(role)
            or PersonDraft(f"{role}, new", role, f"{role.lower()}@new.example.org", days=days)
            for role in roles
        )
        draft = replace(draft_of(invitation), people=people)
        save_draft(self.db, invitation, draft, now=self.clock.now)
        outcome = confirm_delegation(self.db, self.settings, invitation.id, now=self.clock.now)
        return outcome.state

    def taken(self) -> int:
        self.db.refresh(self.event)
        return self.event.seats_taken

    def letters(self, state: str) -> list[tuple[str, str]]:
        mails = self.db.scalars(
            select(OutboxMail).where(OutboxMail.state == state).order_by(OutboxMail.id)
        )
        return [(one.letter, one.to_address) for one in mails]


def of(invitation: CityInvitation) -> Delegation:
    assert invitation.delegation is not None
    return invitation.delegation


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


NEWARK = "office@newark.example.org"


def test_a_city_hands_its_list_in_and_only_whoever_registers_is_told(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison")
    assert (of(newark).state, of(newark).seats, desk.taken()) == ("submitted", 0, 0)
    assert [one.role for one in members_of(of(newark))] == ["Mayor", "Liaison"]
    assert desk.letters("queued") == [("delegation_submitted", NEWARK)]


def test_approving_takes_the_seats_and_drafts_every_letter(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison")
    desk.approve(newark)
    found = of(newark)
    assert (found.state, found.seats, desk.taken()) == ("confirmed", 2, 2)
    assert (found.decided_by_id, found.decided_at) == (desk.me.id, desk.clock.now)
    assert desk.letters("drafted") == [
        ("member_invited", "mayor@newark.example.org"),
        ("member_invited", "liaison@newark.example.org"),
        ("delegation_approved", NEWARK),
    ]
    assert known_state(found) == "submitted"  # until the letters have left
    desk.send_letters()
    assert known_state(found) == "confirmed"


def test_undoing_gives_the_seats_back_and_no_letter_leaves(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison")
    desk.approve(newark)
    desk.undo(newark)
    assert (of(newark).state, of(newark).seats, desk.taken()) == ("submitted", 0, 0)
    assert desk.letters("drafted") == []
    assert [one.invitations for one in members_of(of(newark))] == [[], []]
    desk.clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    assert len(desk.letters("drafted")) == 3


def test_control_what_people_were_told_of_stays(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    desk.send_letters()
    with pytest.raises(Conflict):
        desk.undo(newark)
    assert desk.taken() == 1


def test_one_that_does_not_fit_is_not_approved_in_part(desk: Desk) -> None:
    desk.approve(desk.handed_in("Newark", "Mayor", "Liaison", "Adviser"))
    boise = desk.handed_in("Boise", "Mayor", "Liaison", "Adviser")
    with pytest.raises(DoesNotFit, match="only 2 places for the 3 people of Boise"):
        desk.approve(boise)
    assert (of(boise).state, desk.taken()) == ("submitted", 3)


def test_a_city_reads_why_it_is_turned_down_and_may_hand_in_again(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    with pytest.raises(ReasonMissing):
        desk.turn_down(newark, "  ")
    desk.turn_down(newark, "The series is for cities of the north.")
    assert of(newark).state == "turned_down"
    assert desk.letters("drafted") == [("delegation_turned_down", NEWARK)]
    desk.send_letters()
    assert desk.names(newark, "Mayor", "Adviser") == "submitted"
    assert (of(newark).decided_because, len(members_of(of(newark)))) == ("", 2)


def test_from_the_waiting_list_the_first_that_fits_whole_has_places_and_letters_wait(
    desk: Desk,
) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison", "Adviser", "Planner")
    desk.approve(newark)
    boise, dijon = desk.handed_in("Boise", "Mayor", "Liaison"), desk.handed_in("Dijon", "Mayor")
    for one in (boise, dijon):
        desk.waitlist(one)
    desk.send_letters()
    withdraw_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)
    assert [(of(one).state, of(one).seats) for one in (boise, dijon)] == [
        ("confirmed", 2),
        ("confirmed", 1),
    ]
    assert ("delegation_promoted", "office@boise.example.org") in desk.letters("drafted")
    desk.undo(boise)
    assert (of(boise).state, desk.taken()) == ("waitlisted", 1)


def test_fewer_or_other_people_at_once_and_more_by_another_decision(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison")
    desk.approve(newark)
    desk.send_letters()
    assert desk.names(newark, "Mayor", "Adviser") == "confirmed"
    assert desk.names(newark, "Mayor", "Adviser", "Planner") == "asked"
    assert desk.names(newark, "Mayor", "Adviser", "Planner") == "asked"
    assert (of(newark).seats, desk.taken()) == (2, 2)
    (asking,) = decisions_of(desk.db, desk.event).submitted
    assert (asking.city, asking.more, asking.fits) == ("Newark", 1, True)
    desk.clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    assert (of(newark).seats, desk.taken()) == (3, 3)
    assert ("member_invited", "planner@new.example.org") in desk.letters("drafted")
    assert known_state(of(newark)) == "confirmed"


def test_more_people_are_turned_down_and_the_others_stay(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    desk.send_letters()
    desk.names(newark, "Mayor", "Adviser")
    desk.turn_down(newark)
    assert (of(newark).state, of(newark).seats) == ("confirmed", 1)
    assert decisions_of(desk.db, desk.event).submitted == ()
    assert [one.role for one in draft_of(newark).people] == ["Mayor", "Adviser"]


def test_a_city_that_changes_its_list_takes_back_what_nobody_knows_of(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison")
    desk.approve(newark)
    desk.clock.advance(timedelta(minutes=1))
    assert desk.names(newark, "Mayor") == "submitted"
    assert (of(newark).state, desk.taken()) == ("submitted", 0)
    assert desk.letters("drafted") == []


def test_withdrawing_what_nobody_was_told_of_writes_to_nobody_but_the_registrant(
    desk: Desk,
) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    office.letters(desk.db)
    desk.approve(newark)
    assert withdraw_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)
    assert (of(newark).state, desk.taken()) == ("withdrawn", 0)
    assert desk.letters("queued") == [("delegation_withdrawn", NEWARK)]
    assert desk.letters("drafted") == []


def test_several_are_decided_in_the_order_they_came_or_none_is(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Liaison", "Adviser")
    desk.clock.advance(timedelta(hours=1))
    boise = desk.handed_in("Boise", "Mayor", "Liaison", "Adviser")
    read = {of(one).id: standing(of(one)) for one in (boise, newark)}
    save = desk.db.begin_nested()
    with pytest.raises(DoesNotFit, match="Boise"):
        decide(desk.db, desk.settings, desk.event, read, "approve", desk.me, now=desk.clock.now)
    save.rollback()
    desk.db.expire_all()
    assert (of(newark).state, desk.taken()) == ("submitted", 0)
    read[of(boise).id] = "1-0"
    with pytest.raises(NothingToDecide, match="Boise"):
        decide(desk.db, desk.settings, desk.event, read, "waitlist", desk.me, now=desk.clock.now)


def test_nobody_is_replaced_while_the_letters_of_a_decision_wait(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    (mayor,) = members_of(of(newark))
    assert "An organiser is deciding" in (not_replaceable_because(mayor, desk.clock.now) or "")
    desk.send_letters()
    assert not_replaceable_because(mayor, desk.clock.now) is None


def test_control_an_event_without_approval_confirms_at_once(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event: Event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    assert (of(newark).state, of(newark).decided_at) == ("confirmed", None)
