"""Registration end to end in the domain: who gets which letter, and what their calendars hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration import confirmation
from events_service.domain.registration.confirming import (
    DraftIncomplete,
    Outcome,
    Overtaken,
    WorkshopFull,
    confirm_delegation,
    withdraw_delegation,
)
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import (
    RegistrationClosed,
    draft_of,
    members_of,
)
from events_service.domain.registration.saving import save_draft
from events_service.model import CityInvitation, Invitation, OutboxMail
from tests import cast
from tests.conftest import TestClock

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]
OFFICE = "office@newark.example.org"


class Town:
    """A city's office at its form."""

    def __init__(
        self, db: Session, settings: Settings, clock: TestClock, invitation: CityInvitation
    ) -> None:
        self.db, self.settings, self.clock, self.invitation = db, settings, clock, invitation

    def types(self, people: Sequence[dict[str, Any]]) -> None:
        draft = DelegationDraft.from_json({"contact_address": OFFICE, "people": list(people)})
        save_draft(self.db, self.invitation, draft, now=self.clock.now)
        self.db.expire_all()

    def names(self, *roles: str, days: Sequence[date] = tuple(DAYS)) -> None:
        self.types(cast.people(*roles, where=self.invitation.city.name, days=days))

    def confirms(self) -> Outcome:
        return confirm_delegation(self.db, self.settings, self.invitation.id, now=self.clock.now)

    def registers(self, *roles: str) -> Outcome:
        self.names(*roles)
        return self.confirms()

    def withdraws(self) -> bool:
        return withdraw_delegation(self.db, self.settings, self.invitation.id, now=self.clock.now)

    def people_as_typed(self) -> list[dict[str, Any]]:
        people: list[dict[str, Any]] = draft_of(self.invitation).as_json()["people"]
        return people


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> Town:
    return Town(db, settings, clock, cast.invited(db, cast.event(db), "Newark"))


def letters(db: Session) -> list[tuple[str, str]]:
    mails = db.query(OutboxMail).order_by(OutboxMail.id)
    return [(mail.letter, mail.to_address) for mail in mails]


def calendars(db: Session) -> list[tuple[str, int, bool]]:
    rows = db.query(Invitation).order_by(Invitation.id)
    return [(one.member.role, one.sequence, one.cancelled_at is not None) for one in rows]


def clear_outbox(db: Session) -> None:
    db.query(OutboxMail).delete()


def test_confirming_takes_seats_and_writes_to_everyone(newark: Town, db: Session) -> None:
    assert newark.registers("Mayor", "Adviser") == Outcome("confirmed")
    event = newark.invitation.event
    db.refresh(event)
    assert (event.seats_taken, event.revision) == (2, 2)
    assert letters(db) == [
        ("member_invited", "mayor@newark.example.org"),
        ("member_invited", "adviser@newark.example.org"),
        ("delegation_confirmed", OFFICE),
    ]
    assert calendars(db) == [("Mayor", 0, False), ("Adviser", 0, False)]


def test_every_letter_is_told_the_clocks_of_the_city(newark: Town, db: Session) -> None:
    newark.registers("Mayor", "Adviser")
    newark.registers("Mayor")
    newark.withdraws()
    told = {mail.letter: mail.facts["city_timezone"] for mail in db.query(OutboxMail)}
    letters = ("member_invited", "member_cancelled", "delegation_confirmed", "delegation_withdrawn")
    assert told == dict.fromkeys(letters, "America/New_York")


def test_with_ample_seats_they_are_taken_last(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    workshop = cast.event(db, capacity=200)
    town = Town(db, settings, clock, cast.invited(db, workshop, "Newark"))
    assert town.registers("Mayor", "Adviser") == Outcome("confirmed")
    db.refresh(workshop)
    assert (workshop.seats_taken, workshop.revision) == (2, 2)
    assert len(letters(db)) == 3


def test_ample_seats_that_are_gone_at_last_refuse_the_whole(
    db: Session, settings: Settings, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if others took them meanwhile: what counts as ample is put below nothing."""
    monkeypatch.setattr(confirmation, "AMPLE", -10)
    workshop = cast.event(db, capacity=1)
    town = Town(db, settings, clock, cast.invited(db, workshop, "Newark"))
    town.names("Mayor", "Adviser")
    with pytest.raises(Overtaken), db.begin_nested():
        town.confirms()
    db.expire_all()
    assert (workshop.seats_taken, letters(db), calendars(db)) == (0, [], [])


def test_pressing_confirm_twice_changes_nothing(newark: Town, db: Session) -> None:
    newark.registers("Mayor")
    assert newark.confirms() == Outcome("unchanged")
    assert len(letters(db)) == 2


def test_the_letter_says_who_named_them_and_copies_the_assistant(newark: Town, db: Session) -> None:
    people = cast.people("Mayor", where="Newark", days=DAYS)
    people[0]["assistant_address"] = "assistant@newark.example.org"
    newark.types(people)
    newark.confirms()
    mail = db.query(OutboxMail).filter_by(letter="member_invited").one()
    assert mail.cc_address == "assistant@newark.example.org"
    assert (mail.facts["named_by"], mail.facts["copied_to_office"]) == (OFFICE, True)


def test_days_apart_come_as_a_calendar_object_each(newark: Town, db: Session) -> None:
    newark.names("Mayor", days=[DAYS[0], DAYS[2]])
    newark.confirms()
    assert [one.days for one in db.query(Invitation).order_by(Invitation.id)] == [
        [DAYS[0]],
        [DAYS[2]],
    ]
    assert [letter for letter, _ in letters(db)] == [
        "member_invited",
        "member_invited",
        "delegation_confirmed",
    ]


def test_a_changed_delegation_writes_only_to_those_it_touches(newark: Town, db: Session) -> None:
    newark.registers("Mayor", "Adviser", "Schools liaison")
    clear_outbox(db)
    people = newark.people_as_typed()
    people[0]["days"] = [day.isoformat() for day in DAYS[:2]]  # the mayor leaves early
    people[1:2] = cast.people("Police liaison", where="Newark", days=DAYS)  # for the adviser
    newark.types(people)
    assert newark.confirms() == Outcome("confirmed", changed=True)
    assert letters(db) == [
        ("member_cancelled", "adviser@newark.example.org"),
        ("member_invited", "police.liaison@newark.example.org"),
        ("member_updated", "mayor@newark.example.org"),
        ("delegation_confirmed", OFFICE),
    ]
    assert calendars(db) == [
        ("Mayor", 1, False),
        ("Adviser", 1, True),
        ("Schools liaison", 0, False),
        ("Police liaison", 0, False),
    ]
    assert [one.role for one in members_of(newark.invitation.delegation or pytest.fail())] == [
        "Mayor",
        "Police liaison",
        "Schools liaison",
    ]


def test_withdrawing_clears_calendars_and_frees_seats(newark: Town, db: Session) -> None:
    newark.registers("Mayor", "Adviser")
    clear_outbox(db)
    assert newark.withdraws()
    assert not newark.withdraws()
    db.refresh(newark.invitation.event)
    assert newark.invitation.event.seats_taken == 0
    assert letters(db) == [
        ("member_cancelled", "mayor@newark.example.org"),
        ("member_cancelled", "adviser@newark.example.org"),
        ("delegation_withdrawn", OFFICE),
    ]


def test_who_comes_again_keeps_the_uid_with_a_sequence_above_the_cancel(
    newark: Town, db: Session
) -> None:
    newark.registers("Mayor")
    (uid,) = [one.uid for one in db.query(Invitation)]
    newark.withdraws()
    db.expire_all()
    clear_outbox(db)
    newark.types(newark.people_as_typed())
    assert newark.confirms() == Outcome("confirmed")
    (again,) = db.query(Invitation)
    assert (again.uid, again.sequence, again.cancelled_at) == (uid, 2, None)
    (mail,) = db.query(OutboxMail).filter_by(letter="member_invited")
    assert (mail.facts["reason"], mail.facts["invitation"]["sequence"]) == ("readmitted", 2)


def test_past_capacity_a_delegation_waits_whole_and_gets_no_calendar(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=3)
    first = Town(db, settings, clock, cast.invited(db, event, "Newark"))
    second = Town(db, settings, clock, cast.invited(db, event, "Boise"))
    first.registers("Mayor", "Adviser")
    clear_outbox(db)
    assert second.registers("Mayor", "Adviser") == Outcome("waitlisted")
    assert letters(db) == [
        ("delegation_waitlisted", OFFICE),
        ("delegation_waitlisted", "mayor@boise.example.org"),
        ("delegation_waitlisted", "adviser@boise.example.org"),
    ]
    db.refresh(event)
    assert (event.seats_taken, len(calendars(db))) == (2, 2)


def test_seats_that_free_up_go_to_the_first_delegation_that_fits_whole(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=3)
    towns = {
        name: Town(db, settings, clock, cast.invited(db, event, name))
        for name in ("Newark", "Bratislava", "Boise", "Cape Town")
    }
    towns["Newark"].registers("Mayor", "Adviser", "Liaison")
    for name, roles in {
        "Bratislava": ["Mayor", "Adviser", "Liaison"],
        "Boise": ["Mayor", "Adviser"],
        "Cape Town": ["Mayor"],
    }.items():
        clock.advance(timedelta(minutes=1))
        assert towns[name].registers(*roles) == Outcome("waitlisted")
    people = towns["Newark"].people_as_typed()[:1]
    clear_outbox(db)
    towns["Newark"].types(people)
    towns["Newark"].confirms()
    states = {name: town.invitation.delegation for name, town in towns.items()}
    assert {name: one.state for name, one in states.items() if one} == {
        "Newark": "confirmed",
        "Bratislava": "waitlisted",  # three do not fit into two seats
        "Boise": "confirmed",
        "Cape Town": "waitlisted",
    }
    assert ("delegation_promoted", OFFICE) in letters(db)
    assert ("member_invited", "mayor@boise.example.org") in letters(db)
    db.refresh(event)
    assert event.seats_taken == 3


def test_a_confirmed_delegation_that_asks_for_too_much_stands_as_it_was(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    town = Town(db, settings, clock, cast.invited(db, cast.event(db, capacity=1), "Newark"))
    town.registers("Mayor")
    clear_outbox(db)
    town.types([*town.people_as_typed(), *cast.people("Adviser", where="Newark", days=DAYS)])
    with pytest.raises(WorkshopFull, match=r"no places are left\. You ask for 1 more"):
        town.confirms()
    assert letters(db) == []


def test_closed_cancelled_and_incomplete_are_refused(newark: Town, db: Session) -> None:
    newark.names()
    with pytest.raises(DraftIncomplete, match="Name at least one person"):
        newark.confirms()
    newark.names("Mayor")
    newark.clock.now = datetime(2027, 5, 1, 22, 0, tzinfo=UTC)
    with pytest.raises(RegistrationClosed, match="has closed"):
        newark.confirms()
    newark.invitation.event.cancelled_at = newark.clock.now
    with pytest.raises(RegistrationClosed, match="was cancelled"):
        newark.confirms()
    assert letters(db) == []


def test_people_who_waited_are_told_when_they_no_longer_do(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=1)
    Town(db, settings, clock, cast.invited(db, event, "Newark")).registers("Mayor")
    boise = Town(db, settings, clock, cast.invited(db, event, "Boise"))
    boise.registers("Mayor", "Adviser")
    clear_outbox(db)
    boise.types(boise.people_as_typed()[:1])
    assert boise.confirms() == Outcome("waitlisted")
    assert letters(db) == [
        ("waiting_ended", "adviser@boise.example.org"),
        ("delegation_waitlisted", OFFICE),
    ]
    clear_outbox(db)
    boise.withdraws()
    assert letters(db) == [
        ("waiting_ended", "mayor@boise.example.org"),
        ("delegation_withdrawn", OFFICE),
    ]
