"""Somebody comes in place of a person: who is written to, what calendars hold, what stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import draft_from, members_of
from events_service.domain.registration.queue import decisions_of
from events_service.domain.registration.seats import take_seats
from events_service.domain.registration.substituting import (
    not_replaceable_because,
    problems_of_substitute,
    substitute,
)
from events_service.model import (
    CityInvitation,
    Delegation,
    Invitation,
    Member,
    OutboxMail,
    Particulars,
)
from tests import cast, office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk

CHIEF = PersonDraft(
    "Chief of staff, Newark", "Chief of staff", "chief@newark.example.org", "desk@example.org"
)
Replace = Callable[..., Member]


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    made = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor", "Adviser")
    office.letters(db)
    return made


@pytest.fixture
def replace_mayor(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> Replace:
    def put(person: PersonDraft = CHIEF, **other: bool) -> Member:
        return substitute(db, settings, mayor_of(newark), person, now=clock.now, **other)

    return put


def delegation_of(invitation: CityInvitation) -> Delegation:
    assert invitation.delegation is not None
    return invitation.delegation


def mayor_of(invitation: CityInvitation) -> Member:
    return delegation_of(invitation).members[0]


def calendars(db: Session) -> list[tuple[str, int, bool]]:
    rows = db.query(Invitation).order_by(Invitation.id)
    return [(one.member.address, one.sequence, one.cancelled_at is not None) for one in rows]


MAYOR, ADVISER = "mayor@newark.example.org", "adviser@newark.example.org"
REGISTRANT = "office@newark.example.org"


def test_the_seat_stays_and_calendars_change_hands(
    db: Session, newark: CityInvitation, replace_mayor: Replace
) -> None:
    days = mayor_of(newark).days
    chief = replace_mayor()
    assert (chief.name, chief.role, chief.address, chief.assistant_address, chief.days) == (
        CHIEF.name,
        CHIEF.role,
        CHIEF.address,
        CHIEF.assistant_address,
        days,
    )
    assert [(one.position, one.address) for one in members_of(delegation_of(newark))] == [
        (0, CHIEF.address),
        (1, ADVISER),
    ]
    assert calendars(db) == [(MAYOR, 1, True), (ADVISER, 0, False), (CHIEF.address, 0, False)]
    db.refresh(newark.event)
    assert (delegation_of(newark).seats, newark.event.seats_taken) == (2, 2)
    assert office.letters(db) == [
        ("member_cancelled", MAYOR),
        ("member_invited", CHIEF.address),
        ("delegation_confirmed", REGISTRANT),
    ]


def test_it_works_after_registration_has_closed_and_until_the_last_evening(
    newark: CityInvitation, replace_mayor: Replace, clock: TestClock
) -> None:
    clock.now = newark.event.registration_closes_at + timedelta(days=20)
    assert replace_mayor().address == CHIEF.address
    clock.advance(timedelta(days=365))
    adviser = members_of(delegation_of(newark))[1]
    assert not_replaceable_because(adviser, clock.now) == (
        "This workshop is over or was cancelled, so nobody takes a place."
    )


def test_for_an_organiser_the_letters_wait(db: Session, replace_mayor: Replace) -> None:
    replace_mayor(for_approval=True)
    assert [one.state for one in db.query(OutboxMail)] == ["drafted"] * 3


def test_a_waiting_delegation_exchanges_in_place_without_calendars(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    take_seats(db, event.id, 60)
    waits = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.letters(db)
    substitute(db, settings, mayor_of(waits), CHIEF, now=clock.now)
    assert office.letters(db) == [
        ("waiting_ended", MAYOR),
        ("delegation_waitlisted", REGISTRANT),
        ("delegation_waitlisted", CHIEF.address),
    ]
    assert (calendars(db), delegation_of(waits).state) == ([], "waitlisted")
    assert [one.address for one in members_of(delegation_of(waits))] == [CHIEF.address, ADVISER]


def test_what_the_person_told_stays_theirs(
    db: Session, newark: CityInvitation, replace_mayor: Replace
) -> None:
    mayor = mayor_of(newark)
    told = Particulars(delegation_id=delegation_of(newark).id, member_id=mayor.id)
    db.add(told)
    replace_mayor()
    assert told.member_id == mayor.id


def test_what_is_being_typed_names_the_new_one(
    newark: CityInvitation, replace_mayor: Replace
) -> None:
    delegation = delegation_of(newark)
    typed = draft_from(REGISTRANT, members_of(delegation))
    delegation.draft = typed.as_json()
    chief = replace_mayor()
    stands = draft_from(REGISTRANT, [chief, members_of(delegation)[1]])
    assert delegation.draft is not None
    assert DelegationDraft.from_json(delegation.draft) == stands


def test_who_comes_back_keeps_their_calendar_entry(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation, replace_mayor
) -> None:
    mayor, chief = mayor_of(newark), replace_mayor()
    again = PersonDraft("mayor,  newark", "Mayor", MAYOR)
    assert substitute(db, settings, chief, again, now=clock.now) is mayor
    assert calendars(db) == [(MAYOR, 2, False), (ADVISER, 0, False), (CHIEF.address, 1, True)]


def test_two_people_may_share_an_address_in_turn(
    db: Session, newark: CityInvitation, replace_mayor: Replace
) -> None:
    """Somebody else at the mayor's mailbox is somebody else: a person and an entry of their own."""
    vice = replace_mayor(PersonDraft("Vice mayor, Newark", "Vice mayor", MAYOR))
    assert vice is not mayor_of(newark)
    assert calendars(db) == [(MAYOR, 1, True), (ADVISER, 0, False), (MAYOR, 0, False)]


@pytest.mark.parametrize("address", [ADVISER, "ADVISER@newark.example.org"])
def test_nobody_comes_twice(
    db: Session, newark: CityInvitation, replace_mayor: Replace, address: str
) -> None:
    twice = PersonDraft("Adviser, Newark", "", address)
    with pytest.raises(Conflict, match="is part of the delegation already"):
        replace_mayor(twice)
    [problem] = problems_of_substitute(mayor_of(newark), twice)
    assert (problem.field, problem.message) == (
        "address",
        f"{address} is part of the delegation already",
    )
    assert office.letters(db) == []


def test_nobody_takes_a_place_that_is_gone(
    settings: Settings, db: Session, clock: TestClock, newark: CityInvitation, replace_mayor
) -> None:
    mayor = mayor_of(newark)
    replace_mayor()
    with pytest.raises(Conflict, match="has no place at this workshop any more"):
        substitute(db, settings, mayor, replace(CHIEF, address="x@example.org"), now=clock.now)
    delegation_of(newark).state = "withdrawn"
    adviser = members_of(delegation_of(newark))[1]
    with pytest.raises(Conflict, match="has no place"):
        substitute(db, settings, adviser, replace(CHIEF, address="x@example.org"), now=clock.now)


class TestKinds:
    """A city with places for elected officials."""

    @pytest.fixture
    def mayor(self, newark: CityInvitation) -> Member:
        newark.seats, newark.seats_elected = 2, 1
        mayor, adviser = members_of(delegation_of(newark))
        mayor.is_elected, adviser.is_elected = True, False
        return mayor

    def fields(self, member: Member, is_elected: bool | None) -> list[str]:
        person = replace(CHIEF, is_elected=is_elected)
        return [one.field for one in problems_of_substitute(member, person)]

    def test_each_place_keeps_its_kind(self, mayor: Member) -> None:
        assert self.fields(mayor, True) == []
        assert self.fields(mayor, False) == ["is_elected"]

    def test_it_has_to_be_said(self, mayor: Member) -> None:
        assert self.fields(mayor, None) == ["is_elected"]
        mayor.delegation.city_invitation.seats_elected = 0
        assert self.fields(mayor, None) == []  # control

    def test_of_whom_only_the_address_is_known_it_is_that_of_the_place(
        self, mayor: Member, replace_mayor: Replace
    ) -> None:
        chief = replace_mayor(PersonDraft("a@example.org", "", "a@example.org"))
        assert (chief.is_elected, mayor.is_elected) == (True, True)


def test_a_request_for_more_people_stands_with_the_substitute(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    desk = Desk(db, settings, clock)
    newark = desk.handed_in("Newark", "Mayor", "Adviser")
    desk.approve(newark)
    desk.send_letters()
    assert desk.names(newark, "Mayor", "Adviser", "Planner") == "asked"
    asked_at = delegation_of(newark).submitted_at
    substitute(db, settings, members_of(delegation_of(newark))[0], CHIEF, now=clock.now)
    (asking,) = decisions_of(db, desk.event).submitted
    assert (asking.city, asking.more, asking.since) == ("Newark", 1, asked_at)
    assert [(one.role, one.new) for one in asking.people] == [
        ("Chief of staff", False),
        ("Adviser", False),
        ("Planner", True),
    ]
    clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    people = [one.role for one in members_of(delegation_of(newark))]
    assert people == ["Chief of staff", "Adviser", "Planner"]
