"""Somebody is replaced, and replaced again, before the letters leave: it ends as one change."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import desk
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.form import members_of
from events_service.domain.registration.seats import take_seats
from events_service.domain.registration.substituting import substitute
from events_service.model import CityInvitation, Delegation, Invitation, Member, OutboxMail
from tests import cast, follow_up, office
from tests.conftest import TestClock

OFFICE = "office@newark.example.org"
MAYOR, CHIEF, CLERK = (f"{role}@newark.example.org" for role in ("mayor", "chief", "clerk"))
Put = Callable[..., Member]


def person(role: str) -> PersonDraft:
    return PersonDraft(f"{role}, Newark", role, f"{role.lower()}@newark.example.org")


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    """Its mayor and adviser were told of their places."""
    return told(db, clock, office.registered(db, settings, clock, cast.event(db), "Newark", *PAIR))


PAIR = ("Mayor", "Adviser")


def told(db: Session, clock: TestClock, invitation: CityInvitation) -> CityInvitation:
    for mail in db.query(OutboxMail):
        mail.state = "sent"
    db.flush()
    clock.advance(timedelta(minutes=5))
    return invitation


@pytest.fixture
def put(db: Session, settings: Settings, clock: TestClock, newark: CityInvitation) -> Put:
    return putting(db, settings, clock, newark)


def putting(db: Session, settings: Settings, clock: TestClock, invitation: CityInvitation) -> Put:
    """Has these come in the first place, one after the other."""

    def put(*roles: str, for_approval: bool = True) -> Member:
        for role in roles:
            clock.advance(timedelta(minutes=1))
            leads = members_of(of(invitation))[0]
            made = substitute(
                db, settings, leads, person(role), now=clock.now, for_approval=for_approval
            )
        return made

    return put


def of(invitation: CityInvitation) -> Delegation:
    assert invitation.delegation is not None
    return invitation.delegation


def letters(db: Session, state: str = "drafted") -> list[tuple[str, str]]:
    mails = db.query(OutboxMail).filter_by(state=state).order_by(OutboxMail.id)
    return [(one.letter, one.to_address) for one in mails]


def facts(db: Session, letter: str) -> dict[str, object]:
    return db.query(OutboxMail).filter_by(letter=letter, state="drafted").one().facts


def calendars(db: Session) -> list[tuple[str, int, bool]]:
    """Address, SEQUENCE and whether it stands."""
    db.expire_all()
    rows = db.query(Invitation).order_by(Invitation.id)
    return [(one.member.address, one.sequence, one.cancelled_at is None) for one in rows]


ADVISERS = ("adviser@newark.example.org", 0, True)


def test_who_was_never_told_gets_nothing_and_the_city_one_receipt(db: Session, put: Put) -> None:
    put("Chief", "Clerk")
    assert letters(db) == [
        ("member_cancelled", MAYOR),
        ("member_invited", CLERK),
        ("delegation_confirmed", OFFICE),
    ]
    assert facts(db, "member_invited")["in_place_of"] == "Mayor, Newark"
    assert facts(db, "delegation_confirmed")["removed"] == ["Mayor, Newark"]
    assert calendars(db) == [(MAYOR, 1, False), ADVISERS, (CLERK, 0, True)]


def test_who_comes_back_gets_nothing(db: Session, put: Put, newark: CityInvitation) -> None:
    mayors = of(newark).members[0].invitations[0]
    mayors.partstat = "ACCEPTED"
    put("Chief", "Clerk", "Mayor")
    assert letters(db) == [("delegation_confirmed", OFFICE)]
    assert facts(db, "delegation_confirmed")["removed"] == []
    assert calendars(db) == [(MAYOR, 1, True), ADVISERS]
    assert mayors.partstat == "ACCEPTED"  # what they answered holds


def test_who_was_told_that_they_come_is_told_that_they_do_not(
    db: Session, put: Put, newark: CityInvitation, clock: TestClock
) -> None:
    """Control: the letters about the first have left."""
    put("Chief")
    told(db, clock, newark)
    put("Clerk")
    assert letters(db) == [
        ("member_cancelled", CHIEF),
        ("member_invited", CLERK),
        ("delegation_confirmed", OFFICE),
    ]
    assert facts(db, "member_invited")["in_place_of"] == "Chief, Newark"
    assert facts(db, "delegation_confirmed")["removed"] == ["Chief, Newark"]
    put("Mayor")
    assert letters(db) == [
        ("member_cancelled", CHIEF),
        ("member_invited", MAYOR),
        ("delegation_confirmed", OFFICE),
    ]
    assert facts(db, "member_invited")["reason"] == "readmitted"
    assert facts(db, "member_invited")["in_place_of"] == "Chief, Newark"


def test_who_knows_that_they_are_out_and_back_unsent_is_out_again(
    db: Session, put: Put, newark: CityInvitation, clock: TestClock
) -> None:
    put("Chief")
    told(db, clock, newark)
    put("Mayor", "Clerk")
    assert letters(db) == [
        ("member_cancelled", CHIEF),
        ("member_invited", CLERK),
        ("delegation_confirmed", OFFICE),
    ]
    assert calendars(db) == [
        (MAYOR, 2, False),
        ADVISERS,
        (CHIEF, 1, False),
        (CLERK, 0, True),
    ]


def test_a_letter_that_was_left_out_tells_nobody(
    db: Session, put: Put, newark: CityInvitation, clock: TestClock
) -> None:
    put("Chief")
    account = follow_up.colleague(db, "Organiser")
    for mail in db.query(OutboxMail).filter_by(state="drafted"):
        desk.leave_out(db, newark.event_id, mail.id, account, now=clock.now)
    put("Mayor")
    assert letters(db) == [("delegation_confirmed", OFFICE)]
    assert calendars(db) == [(MAYOR, 1, True), ADVISERS]
    left_out = db.query(OutboxMail).where(OutboxMail.left_at.is_not(None))
    assert [one.letter for one in left_out] == ["delegation_confirmed"]


def test_what_the_city_does_meanwhile_leaves_at_once(db: Session, put: Put) -> None:
    put("Chief")
    put("Clerk", for_approval=False)
    assert letters(db) == [("member_cancelled", MAYOR)]
    assert letters(db, "queued") == [("member_invited", CLERK), ("delegation_confirmed", OFFICE)]


def test_who_comes_back_to_other_days_is_told_of_those(
    db: Session, put: Put, newark: CityInvitation
) -> None:
    every = [day.isoformat() for day in of(newark).members[0].days]
    chief = put("Chief")
    chief.days = chief.days[:1]
    put("Mayor")
    assert letters(db) == [("member_updated", MAYOR), ("delegation_confirmed", OFFICE)]
    said = facts(db, "member_updated")
    assert (said["days_before"], said["days"]) == (every, every[:1])


def test_of_a_delegation_that_waits_too(db: Session, settings: Settings, clock: TestClock) -> None:
    event = cast.event(db)
    take_seats(db, event.id, 60)
    waits = told(db, clock, office.registered(db, settings, clock, event, "Newark", *PAIR))
    put = putting(db, settings, clock, waits)
    put("Chief", "Clerk")
    assert letters(db) == [
        ("waiting_ended", MAYOR),
        ("delegation_waitlisted", OFFICE),
        ("delegation_waitlisted", CLERK),
    ]
    put("Mayor")
    assert letters(db) == [("delegation_waitlisted", OFFICE)]
