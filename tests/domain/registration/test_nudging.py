"""Reminders are drafted to whoever has not answered, and to nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.domain.registration.nudging import (
    RemindedLately,
    is_lately,
    unanswered,
)
from events_service.domain.registration.texts import behind
from events_service.letters.sender import sender_in
from events_service.model import Account, Event, Member
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague
from tests.reminding import leave_out, nudge, nudges, release, said, say, the_invitation


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def people(db: Session, settings: Settings, clock: TestClock, event: Event) -> list[Member]:
    """Two people of Newark, invited three days ago, whose first letters are out of the way."""
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.letters(db)
    clock.advance(timedelta(days=3))
    return office.people_of(newark)


@pytest.fixture
def organiser(db: Session) -> Account:
    return colleague(db, "Workshop lead", "organiser")


def test_a_reminder_carries_the_same_request_with_a_newer_stamp(
    db: Session, settings: Settings, clock: TestClock, event: Event, people: list[Member]
) -> None:
    mayor, _ = people
    assert nudge(db, settings, clock, event, mayor, words="Do come.") == 1
    [mail] = nudges(db, settings)
    invitation = the_invitation(mayor)
    assert (mail.state, mail.only_while_unanswered, mail.to_address, mail.created_at) == (
        "drafted",
        True,
        "mayor@newark.example.org",
        clock.now,
    )
    assert (mail.event_id, mail.member_id, mail.invitation_id) == (
        event.id,
        mayor.id,
        invitation.id,
    )
    entry = mail.facts["invitation"]
    assert (entry["uid"], entry["sequence"], entry["partstat"], entry["dtstamp"]) == (
        invitation.uid,
        invitation.sequence,
        "NEEDS-ACTION",
        clock.now.isoformat(),
    )
    assert mail.rendered is not None
    assert b"METHOD:REQUEST" in mail.rendered and b"RSVP=TRUE" in mail.rendered
    assert b"DTSTAMP:20261125T120000Z" in mail.rendered
    assert "Do come." in mail.rendered.decode()
    assert (mail.subject or "").startswith("Reminder: Stockholm")


def test_only_people_who_have_not_answered_are_reminded(
    db: Session, settings: Settings, clock: TestClock, event: Event, people: list[Member]
) -> None:
    """Control: the other one of the same delegation is."""
    mayor, adviser = people
    say(db, clock, mayor, "DECLINED")
    assert nudge(db, settings, clock, event, mayor, adviser) == 1
    assert [mail.member_id for mail in nudges(db, settings)] == [adviser.id]


def test_nobody_of_another_event_or_of_the_waiting_list_is_reminded(
    db: Session, settings: Settings, clock: TestClock, event: Event, people: list[Member]
) -> None:
    other = cast.event(db, host="Bratislava", capacity=1)
    office.registered(db, settings, clock, other, "Boise", "Mayor")
    waiting = office.registered(db, settings, clock, other, "Cape Town", "Mayor")
    assert nudge(db, settings, clock, other, *people, *office.people_of(waiting)) == 0
    assert nudge(db, settings, clock, event, *people) == 2


@pytest.mark.parametrize(
    ("days_answered", "waits"), [((), True), ((0,), True), ((0, 1), True), ((0, 1, 2), False)]
)
def test_whoever_answered_each_day_singly_has_answered(
    db: Session,
    clock: TestClock,
    people: list[Member],
    days_answered: tuple[int, ...],
    waits: bool,
) -> None:
    invitation = the_invitation(people[0])
    invitation.day_answers = [
        said(invitation.days[place], "ACCEPTED", clock) for place in days_answered
    ]
    db.flush()
    assert bool(unanswered(people[0])) is waits


def test_one_draft_a_person_however_often_it_is_asked_for(
    db: Session, settings: Settings, clock: TestClock, event: Event, people: list[Member]
) -> None:
    assert nudge(db, settings, clock, event, *people, words="Do come.") == 2
    clock.advance(timedelta(minutes=1))
    assert nudge(db, settings, clock, event, *people, words="Please do.") == 2
    assert [(one.facts["words"], one.created_at) for one in nudges(db, settings)] == [
        ("Please do.", clock.now),
        ("Please do.", clock.now),
    ]


def test_a_person_with_several_entries_gets_one_reminder_about_the_first_that_waits(
    db: Session, settings: Settings, clock: TestClock, event: Event, organiser: Account
) -> None:
    days = [event.starts_on, event.ends_on]  # apart, so that each is an entry
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", days=days)
    [mayor] = office.people_of(newark)
    first, second = sorted(mayor.invitations, key=lambda one: one.days)
    assert nudge(db, settings, clock, event, mayor) == 1
    assert [mail.invitation_id for mail in nudges(db, settings)] == [first.id]
    answer(mayor, {first.id: "ACCEPTED"}, now=clock.now)
    db.flush()
    leave_out(db, clock, event, organiser)
    assert nudge(db, settings, clock, event, mayor) == 1
    [mail] = nudges(db, settings)
    assert mail.invitation_id == second.id
    assert mail.rendered is not None
    assert "You are also expected on Monday" in " ".join(mail.rendered.decode().split())


@pytest.mark.parametrize(
    ("ago", "lately"), [(timedelta(days=3), False), (timedelta(days=3, seconds=-1), True)]
)
def test_three_days_lie_between_two_reminders(
    clock: TestClock, ago: timedelta, lately: bool
) -> None:
    assert is_lately(clock.now - ago, clock.now) is lately
    assert is_lately(None, clock.now) is False


def test_another_reminder_within_three_days_has_to_be_confirmed(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    mayor, adviser = people
    nudge(db, settings, clock, event, mayor)
    nudges(db, settings)
    release(db, clock, event, organiser)
    clock.advance(timedelta(days=2))
    with pytest.raises(RemindedLately, match="Mayor, Newark"):
        nudge(db, settings, clock, event, mayor, adviser)
    assert nudges(db, settings) == []
    assert nudge(db, settings, clock, event, adviser) == 1
    assert nudge(db, settings, clock, event, mayor, again=True) == 1
    leave_out(db, clock, event, organiser)
    clock.advance(timedelta(days=1))
    assert nudge(db, settings, clock, event, mayor) == 1


def test_a_reminder_that_was_left_out_counts_for_nothing(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    assert leave_out(db, clock, event, organiser) == 2
    assert leave_out(db, clock, event, organiser) == 0
    db.expire_all()
    assert nudge(db, settings, clock, event, *people) == 2
    assert len(nudges(db, settings, "discarded")) == 2


def test_a_reminder_that_is_only_drafted_is_not_what_a_calendar_shows(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    """Control: a reminder that was released is."""
    mayor, _ = people

    def send() -> None:
        nudges(db, settings)
        release(db, clock, event, organiser)

    def out_of_date() -> bool:
        found = behind(db, sender_in(settings), event, [mayor.delegation])
        return the_invitation(mayor).id in found

    nudge(db, settings, clock, event, mayor)
    send()
    assert not out_of_date()
    event.title = "Reworded entirely"
    db.flush()
    nudge(db, settings, clock, event, mayor, again=True)
    assert out_of_date()
    send()
    assert not out_of_date()
