"""Decisions whose letters wait: what a city and its people know counts, whatever comes between."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.desk import leave_group_out, put_back
from events_service.domain.refusals import Conflict
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.declining import decline
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.form import days_of, draft_of, members_of
from events_service.domain.registration.queue import decisions_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.registration.untold import known_refusal, known_state, letters_wait
from events_service.domain.scheduling.event_change import Cancellation
from events_service.model import CityInvitation, OutboxMail
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of
from tests.domain.scheduling.test_changes import later, leave

OFFICE, MAYOR, LIAISON = (f"{name}@newark.example.org" for name in ("office", "mayor", "liaison"))


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


@pytest.fixture
def newark(desk: Desk) -> CityInvitation:
    return desk.handed_in("Newark", "Mayor", "Liaison")


def since(desk: Desk) -> list[tuple[str, str, str]]:
    """Letter, address and state of what has not left."""
    desk.db.expire_all()
    mails = desk.db.scalars(
        select(OutboxMail)
        .where(OutboxMail.state.not_in(("sent", "discarded")))
        .order_by(OutboxMail.id)
    )
    return [(one.letter, one.to_address, one.state) for one in mails]


def told(desk: Desk) -> None:
    """Every letter until now has left."""
    for mail in desk.db.scalars(select(OutboxMail).where(OutboxMail.state != "discarded")):
        mail.state = "sent"
    desk.db.flush()
    desk.clock.advance(timedelta(minutes=5))


def withdraws(desk: Desk, newark: CityInvitation) -> bool:
    desk.db.expire_all()
    desk.clock.advance(timedelta(minutes=1))
    return withdraw_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)


class TestMorePeople:
    """The mayor and the liaison come, on all days. The city asks that the mayor comes on the first
    day alone, with two others instead of the liaison; that is approved, and nobody is told yet."""

    @pytest.fixture(autouse=True)
    def approved(self, desk: Desk, newark: CityInvitation) -> None:
        desk.approve(newark)
        told(desk)
        draft, days = draft_of(newark), tuple(days_of(desk.event))
        new = [PersonDraft(one, "Planner", f"{one}@new.example.org", days=days) for one in "ab"]
        people = (replace(draft.people[0], days=days[:1]), *new)
        save_draft(desk.db, newark, replace(draft, people=people), now=desk.clock.now)
        confirm_delegation(desk.db, desk.settings, newark.id, now=desk.clock.now)
        told(desk)
        desk.approve(newark)

    def test_whoever_has_an_entry_hears_that_the_city_withdraws(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        """Control: those who were never told of a place hear nothing."""
        mayor, liaison = sorted(of(newark).members, key=lambda one: one.id)[:2]
        assert withdraws(desk, newark)
        assert since(desk) == [
            ("member_cancelled", MAYOR, "queued"),
            ("member_cancelled", LIAISON, "queued"),
            ("delegation_withdrawn", OFFICE, "queued"),
        ]
        ended = [one.invitations[0] for one in (mayor, liaison)]
        assert [(one.sequence, one.cancelled_at) for one in ended] == [(2, desk.clock.now)] * 2
        assert [list(one.days) for one in ended] == [list(days_of(desk.event))] * 2
        assert [len(one.invitations) for one in of(newark).members] == [1, 1, 0, 0]

    def test_also_when_part_of_the_letters_has_left(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        """The mayor's own has, and the liaison's has not."""
        for mail in desk.db.scalars(select(OutboxMail).where(OutboxMail.state == "drafted")):
            mail.state = "sent" if mail.to_address in (MAYOR, OFFICE) else "drafted"
        assert withdraws(desk, newark)
        assert since(desk) == [
            ("member_cancelled", MAYOR, "queued"),
            ("member_cancelled", LIAISON, "queued"),
            ("delegation_withdrawn", OFFICE, "queued"),
        ]

    def test_the_decision_stays_untold_when_the_event_moves(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        leave(desk.db, desk.settings, desk.clock, desk.event, later(desk.event))
        assert ("member_updated", MAYOR, "queued") in since(desk)
        assert letters_wait(desk.db, of(newark))
        told(desk)  # control
        assert not letters_wait(desk.db, of(newark))


class TestLeftOut:
    """The delegation is approved, and its letters are left out: nobody hears of it."""

    @pytest.fixture(autouse=True)
    def left_out(self, desk: Desk, newark: CityInvitation) -> None:
        told(desk)
        desk.approve(newark)
        leave_group_out(
            desk.db, desk.event.id, f"city-{newark.city_id}", desk.me, now=desk.clock.now
        )
        desk.clock.advance(timedelta(hours=1))

    def test_a_move_tells_nobody_of_a_change_to_what_they_never_had(self, desk: Desk) -> None:
        leave(desk.db, desk.settings, desk.clock, desk.event, later(desk.event))
        assert since(desk) == [("delegation_moved", OFFICE, "queued")]

    def test_a_letter_that_is_put_back_tells_the_new_days(self, desk: Desk) -> None:
        leave(desk.db, desk.settings, desk.clock, desk.event, later(desk.event))
        left_out = select(OutboxMail).where(OutboxMail.to_address == MAYOR)
        (mail,) = desk.db.scalars(left_out.where(OutboxMail.letter == "member_invited"))
        put_back(desk.db, desk.event.id, mail.id, now=desk.clock.now)
        days = [day.isoformat() for day in days_of(desk.event)]
        assert (mail.state, mail.facts["days"]) == ("drafted", days)
        assert ("member_invited", MAYOR, "drafted") in since(desk)

    def test_nor_is_it_called_off_for_them(self, desk: Desk) -> None:
        leave(desk.db, desk.settings, desk.clock, desk.event, Cancellation("Flooded."))
        assert since(desk) == [("event_cancelled_city", OFFICE, "queued")]

    def test_nor_withdrawn(self, desk: Desk, newark: CityInvitation) -> None:
        assert withdraws(desk, newark)
        assert since(desk) == [("delegation_withdrawn", OFFICE, "queued")]


class TestTurnedDownAndTold:
    @pytest.fixture(autouse=True)
    def turned_down(self, desk: Desk, newark: CityInvitation) -> None:
        desk.turn_down(newark, "The series is for cities of the north.")
        told(desk)

    @pytest.mark.parametrize("decided", ["approve", "waitlist"])
    def test_undoing_another_decision_leaves_what_the_city_has_read(
        self, desk: Desk, newark: CityInvitation, decided: str
    ) -> None:
        stood = of(newark).decided_at
        getattr(desk, decided)(newark)
        refused = known_refusal(of(newark))
        assert known_state(of(newark)) == "turned_down"
        assert refused and refused.because == "The series is for cities of the north."
        desk.undo(newark)
        found = of(newark)
        assert (found.state, found.decided_at, found.decided_because, desk.taken()) == (
            "turned_down",
            stood,
            "The series is for cities of the north.",
            0,
        )
        assert decisions_of(desk.db, desk.event).submitted == ()
        with pytest.raises(Conflict):  # the city was told
            desk.undo(newark)

    def test_control_a_list_that_was_sent_in_again_awaits_a_decision(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        desk.names(newark, "Mayor")
        desk.clock.advance(timedelta(minutes=1))
        desk.approve(newark)
        assert known_state(of(newark)) == "submitted"
        desk.undo(newark)
        assert (of(newark).state, of(newark).decided_because) == ("submitted", "")

    def test_control_one_that_was_told_it_waits_goes_on_waiting(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        desk.waitlist(newark)
        told(desk)
        desk.approve(newark)
        assert known_state(of(newark)) == "waitlisted"
        desk.undo(newark)
        assert of(newark).state == "waitlisted"


class TestTurningDownWaits:
    """The city sees that its list is sent in, and may do what it could before."""

    @pytest.fixture(autouse=True)
    def turned_down(self, desk: Desk, newark: CityInvitation) -> None:
        told(desk)
        desk.turn_down(newark)

    def test_it_withdraws(self, desk: Desk, newark: CityInvitation) -> None:
        assert known_state(of(newark)) == "submitted"
        assert withdraws(desk, newark)
        assert of(newark).state == "withdrawn"
        assert since(desk) == [("delegation_withdrawn", OFFICE, "queued")]

    def test_it_does_not_decline(self, desk: Desk, newark: CityInvitation) -> None:
        with pytest.raises(Conflict, match="Withdraw the delegation"):
            decline(desk.db, desk.settings, newark.id, "", now=desk.clock.now)

    def test_control_once_it_is_told_there_is_nothing_to_withdraw(
        self, desk: Desk, newark: CityInvitation
    ) -> None:
        told(desk)
        assert not withdraws(desk, newark)
        assert of(newark).state == "turned_down"
        desk.approve(newark)  # and the city knows nothing of it
        assert not withdraws(desk, newark)
        assert (of(newark).state, len(members_of(of(newark)))) == ("confirmed", 2)
