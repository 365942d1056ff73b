from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from events_service import db as database_module
from events_service.config import Settings
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.offering import let_offer_go, offer_part
from events_service.model import AccessRequest, Event, OutboxMail, PendingChange
from events_service.model.registration import ParticipationStatus
from events_service.queries.answers import overall
from events_service.queries.board import Board, board_of
from events_service.queries.needs import needs_of
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    engine = database_module.engine()
    sqlalchemy_event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], "NEEDS-ACTION"),
        (["ACCEPTED", "NEEDS-ACTION"], "NEEDS-ACTION"),
        (["ACCEPTED", "TENTATIVE"], "TENTATIVE"),
        (["ACCEPTED", "DECLINED"], "ACCEPTED"),
        (["DECLINED", "DECLINED"], "DECLINED"),
    ],
)
def test_several_runs_of_days_come_to_one_answer(
    answers: list[ParticipationStatus], expected: ParticipationStatus
) -> None:
    assert overall(answers) == expected


def shown(board: Board) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    return {
        "delegations": [(row.city, row.questions) for row in board.delegations],
        "waiting": [(row.city, row.questions) for row in board.waiting],
        "silent": [(row.city, row.questions) for row in board.silent],
        "withdrawn": [(row.city, row.questions) for row in board.withdrawn],
    }


def test_every_city_stands_where_it_belongs(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=3)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.registered(db, settings, clock, event, "Boise", "Mayor", "Adviser")
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    withdraw_delegation(db, settings, bratislava.id, now=clock.now)
    cast.invited(db, event, "Cape Town")
    cast.invited(db, event, "Dijon", at=clock.now).revoked_at = clock.now
    db.flush()
    db.expire_all()

    fresh = board_of(db, event, now=clock.now)
    assert shown(fresh) == {
        "delegations": [("Newark", ())],
        "waiting": [("Boise", ("waiting",))],
        "silent": [("Cape Town", ("city_silent",)), ("Dijon", ())],
        "withdrawn": [("Bratislava", ())],
    }

    mayor, adviser = office.people_of(newark)
    mayor.invitations[0].partstat, mayor.invitations[0].answered_by = "ACCEPTED", "mail"
    adviser.invitations[0].partstat = "DECLINED"
    db.flush()
    later = board_of(db, event, now=clock.now + timedelta(days=15))
    assert later.delegations[0].questions == ("declined",)
    assert dict(later.answers) == {"ACCEPTED": 1, "DECLINED": 1}
    assert (later.answered_by_mail, later.complete) == (1, 0)
    adviser.invitations[0].partstat = "NEEDS-ACTION"
    db.flush()
    later = board_of(db, event, now=clock.now + timedelta(days=15))
    assert later.delegations[0].questions == ("unanswered",)


def test_offered_seats_are_neither_free_nor_anybody_s_yet(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: before they are offered, and once they are let go, there are none."""
    event = cast.event(db, capacity=5)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Liaison")
    roles = ("Mayor", "Liaison", "Adviser", "Planner")
    waiting = [
        office.registered(db, settings, clock, event, city, *roles) for city in ("Boise", "Dijon")
    ]
    for mail in db.query(OutboxMail):
        mail.state = "sent"
    until = [clock.now + timedelta(days=days) for days in (7, 3)]

    def offers() -> tuple[int, list[datetime], int]:
        board = board_of(db, event, now=clock.now)
        return board.offered, board.offers_end, board.answers.total()

    assert offers() == (0, [], 2)
    me = colleague(db)
    for city, places, ends_at in zip(waiting, (2, 1), until, strict=True):
        assert city.delegation is not None
        offer_part(db, settings, city.delegation, me, places, ends_at, now=clock.now)
    assert offers() == (3, [until[1], until[0]], 2)
    for mail in db.query(OutboxMail):
        mail.state = "sent"
    for city in waiting:
        let_offer_go(db, settings, city.id, now=clock.now)
    assert offers() == (0, [], 2)
    assert newark.delegation is not None and newark.delegation.seats == 2


def test_a_move_asks_anew_so_nobody_is_late(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: without the move, the same answer is an open question."""
    event = cast.event(db)
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    late = clock.now + timedelta(days=20)
    assert board_of(db, event, now=late).delegations[0].questions == ("unanswered",)
    db.add(
        PendingChange(
            event_id=event.id,
            kind="move",
            details={},
            asked_by_id=colleague(db).id,
            asked_at=late,
            due_at=late,
            applied_at=late - timedelta(days=1),
        )
    )
    db.flush()
    assert board_of(db, event, now=late).delegations[0].questions == ()


def test_a_cancelled_event_still_shows_what_people_had_answered(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    [one] = office.people_of(newark)[0].invitations
    one.partstat, one.cancelled_at, event.cancelled_at = "ACCEPTED", clock.now, clock.now
    db.flush()
    assert dict(board_of(db, event, now=clock.now).answers) == {"ACCEPTED": 1}


@pytest.mark.parametrize("cities", [["Newark"], ["Newark", "Boise", "Bratislava"]])
def test_the_board_takes_seven_queries_however_many_come(
    db: Session, settings: Settings, clock: TestClock, cities: list[str]
) -> None:
    event = cast.event(db)
    for name in cities:
        office.registered(db, settings, clock, event, name, "Mayor", "Adviser", "Liaison")
    db.expire_all()
    db.refresh(event)
    with counted_queries() as statements:
        board = board_of(db, event, now=clock.now)
        people = [person.answer for row in board.rows for person in row.people]
    assert (len(people), len(statements)) == (3 * len(cities), 7)


def ask(db: Session, event: Event, clock: TestClock) -> AccessRequest:
    made = AccessRequest(event_id=event.id, address="a@dijon.example.org", asked_at=clock.now)
    db.add(made)
    db.flush()
    return made


def test_what_needs_a_person_today(db: Session, clock: TestClock) -> None:
    quiet, busy = cast.event(db, slug="quiet"), cast.event(db, slug="busy")
    cast.invited(db, quiet, "Newark", at=clock.now)
    cast.invited(db, busy, "Newark")
    cast.invited(db, busy, "Boise", at=clock.now - timedelta(days=13))
    asking = ask(db, busy, clock)
    settled = AccessRequest(
        event_id=busy.id, address="b@x.example.org", asked_at=clock.now, settled_at=clock.now
    )
    dead = OutboxMail(
        dedupe_key="dead",
        letter="city_invited",
        facts={},
        to_address="a@example.org",
        message_id="<dead@example.org>",
        created_at=clock.now,
        due_at=clock.now,
        state="dead",
        event_id=busy.id,
    )
    db.add_all([settled, dead])
    db.flush()
    [needs] = needs_of(db, [quiet, busy], now=clock.now)
    assert (needs.event, needs.requests, needs.silent, needs.held, needs.report) == (
        busy,
        (asking,),
        ("Newark",),
        1,
        False,
    )


def test_an_event_that_is_over_needs_its_report_and_nothing_else(
    db: Session, clock: TestClock
) -> None:
    event = cast.event(db)
    cast.invited(db, event, "Newark")
    ask(db, event, clock)
    after = event.registration_closes_at + timedelta(days=60)
    [needs] = needs_of(db, [event], now=after)
    assert (needs.report, needs.requests, needs.silent) == (True, (), ())
    event.cancelled_at = clock.now
    assert needs_of(db, [event], now=after) == []


def test_cities_asked_on_one_day_are_in_the_alphabet(db: Session, clock: TestClock) -> None:
    event = cast.event(db)
    for name in ("Newark", "Dijon", "Boise"):
        cast.invited(db, event, name)
    cast.city(db, "Dijon").name = "Évry"
    db.flush()
    assert [row.city for row in board_of(db, event, now=clock.now).silent] == [
        "Boise",
        "Évry",
        "Newark",
    ]
    [needs] = needs_of(db, [event], now=clock.now)
    assert needs.silent == ("Boise", "Évry", "Newark")
