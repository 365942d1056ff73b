"""How the answers to several days and entries come to one, and what differs from it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.itip.day_answers import by_day, waits_for_answer
from events_service.model import DayAnswer, Member, OutboxMail, SuppressedAddress
from events_service.model.registration import ParticipationStatus
from events_service.queries.answers import Comment, DayState, Person, SessionsState, person_of
from events_service.queries.board import board_of
from events_service.queries.troubles import Trouble, troubles_of
from tests import cast, office
from tests.conftest import TestClock

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock) -> Member:
    """Invited to all three days of one workshop."""
    newark = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor")
    return office.people_of(newark)[0]


def say(
    mayor: Member, clock: TestClock, whole: ParticipationStatus, **single: ParticipationStatus
) -> None:
    """An answer by page to all days an hour ago, and by mail now to single ones (`d0`, `d1`, …)."""
    [invitation] = mayor.invitations
    invitation.partstat = whole
    if whole != "NEEDS-ACTION":
        invitation.answered_at, invitation.answered_by = clock.now - timedelta(hours=1), "page"
    invitation.day_answers = [
        DayAnswer(
            day=DAYS[int(name[1:])],
            partstat=said,
            answered_at=clock.now,
            answered_by="mail",
            reply_sequence=0,
            reply_dtstamp=clock.now,
            reply_comment=f"About {name}.",
        )
        for name, said in single.items()
    ]


@pytest.mark.parametrize(
    ("whole", "single", "expected", "waits"),
    [
        ("NEEDS-ACTION", {}, ["NEEDS-ACTION"] * 3, True),
        ("ACCEPTED", {}, ["ACCEPTED"] * 3, False),
        ("ACCEPTED", {1: "DECLINED"}, ["ACCEPTED", "DECLINED", "ACCEPTED"], False),
        ("NEEDS-ACTION", {0: "ACCEPTED"}, ["ACCEPTED", "NEEDS-ACTION", "NEEDS-ACTION"], True),
        ("NEEDS-ACTION", dict.fromkeys(range(3), "DECLINED"), ["DECLINED"] * 3, False),
    ],
)
def test_an_answer_to_one_day_stands_for_that_day_alone(whole, single, expected, waits) -> None:
    given = {DAYS[place]: said for place, said in single.items()}
    assert by_day(DAYS, whole, given) == dict(zip(DAYS, expected, strict=True))
    assert waits_for_answer(DAYS, whole, given) is waits


def test_days_that_differ_are_told_with_how_they_came(mayor: Member, clock: TestClock) -> None:
    say(mayor, clock, "ACCEPTED", d1="DECLINED")
    hour = timedelta(hours=1)
    assert person_of(mayor, None) == Person(
        mayor.id,
        "Mayor, Newark",
        "Mayor",
        "ACCEPTED",
        "page",
        clock.now - hour,
        days=(DayState(DAYS[1], "DECLINED", "mail", clock.now),),
        comments=(Comment(DAYS[1], "About d1."),),
    )


def test_single_days_do_not_answer_for_the_others(mayor: Member, clock: TestClock) -> None:
    say(mayor, clock, "NEEDS-ACTION", d0="ACCEPTED")
    person = person_of(mayor, None)
    assert (person.answer, person.route) == ("NEEDS-ACTION", None)
    assert person.days == (DayState(DAYS[0], "ACCEPTED", "mail", clock.now),)
    say(mayor, clock, "NEEDS-ACTION", d0="DECLINED", d1="DECLINED", d2="DECLINED")
    person = person_of(mayor, None)
    assert (person.answer, person.route, person.days) == ("DECLINED", "mail", ())


def test_sessions_are_counted_and_no_day_is_told_of(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: while all sessions have the same answer nothing is counted."""
    event = cast.event(db)
    event.calendar_style = "each_session"
    [mayor] = office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))
    assert (person_of(mayor, None).days, person_of(mayor, None).sessions) == ((), ())
    first = mayor.invitations[0]
    first.partstat, first.reply_comment = "ACCEPTED", "Only the first."
    person = person_of(mayor, None)
    assert (person.answer, person.days) == ("NEEDS-ACTION", ())
    assert person.sessions == (
        SessionsState("NEEDS-ACTION", 2, 3),
        SessionsState("ACCEPTED", 1, 3),
    )
    assert person.comments == (Comment(DAYS[0], "Only the first."),)


def test_the_board_keeps_a_list_of_who_has_not_answered(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.registered(db, settings, clock, event, "Boise", "Mayor")
    mayor, _ = office.people_of(newark)
    mayor.invitations[0].partstat = "DECLINED"
    db.flush()
    board = board_of(db, event, now=clock.now)
    silent = [(row.city, [one.name for one in row.people]) for row in board.unanswered]
    assert silent == [("Newark", ["Adviser, Newark"]), ("Boise", ["Mayor, Boise"])]


def left(mayor: Member, clock: TestClock, number: int, **other: object) -> OutboxMail:
    return OutboxMail(
        dedupe_key=f"letter {number}",
        letter="member_invited",
        facts={},
        to_address=mayor.address.upper(),
        message_id=f"<{number}@events.example.org>",
        created_at=clock.now,
        due_at=clock.now,
        state="sent",
        sent_at=clock.now,
        event_id=mayor.delegation.event_id,
        member_id=mayor.id,
        **other,
    )


def test_an_address_in_trouble_is_told_at_the_person(
    db: Session, clock: TestClock, mayor: Member
) -> None:
    """Controls: without a bounce nothing is told, and a later letter that stays ends it."""
    event_id = mayor.delegation.event_id
    assert troubles_of(db, event_id) == {}
    db.add(left(mayor, clock, 1, bounced_at=clock.now, bounce="5.2.2 full"))
    db.flush()
    bounced = {mayor.id: Trouble("bounced", clock.now, "5.2.2 full")}
    assert troubles_of(db, event_id) == bounced
    assert troubles_of(db, event_id, mayor.id) == bounced
    assert troubles_of(db, event_id, mayor.id + 1) == {}
    assert board_of(db, mayor.delegation.event, now=clock.now).delegations[0].people[0].trouble
    db.add(left(mayor, clock, 2))
    db.flush()
    assert troubles_of(db, event_id) == {}
    refused = SuppressedAddress(address=mayor.address.lower(), since=clock.now, answer="550 no")
    db.add(refused)
    db.flush()
    assert troubles_of(db, event_id) == {mayor.id: Trouble("refused", clock.now, "550 no")}
    mayor.removed_at = clock.now
    db.flush()
    assert troubles_of(db, event_id) == {}
