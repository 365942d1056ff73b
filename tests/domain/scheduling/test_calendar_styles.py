"""How an event fills calendars: one entry for like days, one a day, one a session, whole days."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.registration.answers import answer
from events_service.domain.registration.runs import run_of
from events_service.domain.scheduling.agenda import SessionPlan, plans_of, set_agenda
from events_service.domain.scheduling.calendar_style import (
    nobody_is_invited,
    set_calendar_style,
)
from events_service.domain.scheduling.change_preview import preview_change
from events_service.domain.scheduling.event_change import MoveRefused, as_it_stands
from events_service.itip.days import Hours, Run
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import Event, Member, OutboxMail
from events_service.model.event import CalendarStyle
from tests import cast, office
from tests.conftest import TestClock
from tests.domain.scheduling.workshop import Workshop, states
from tests.itip.entries import named

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]
FULL = Hours(time(9), time(17))


def calendar(event: Event, member: Member) -> list[Run]:
    entries = [run_of(one, event) for one in member.invitations if one.cancelled_at is None]
    return sorted(entries, key=lambda run: (run.days, run.hours or ()))


ONE_A_DAY = [Run((day,), FULL) for day in DAYS]
DAILY = [Run(tuple(DAYS), FULL)]
WHOLE = [Run(tuple(DAYS), None)]


def titled(event: Event) -> list[Run]:
    return [Run((one.held_on,), FULL, one.id, one.title) for one in event.sessions]


@pytest.mark.parametrize(
    ("style", "expected"),
    [("daily", DAILY), ("each_day", ONE_A_DAY), ("all_day", WHOLE), ("each_session", [])],
)
def test_people_are_invited_in_the_style_of_the_event(
    shop: Workshop, style: CalendarStyle, expected: list[Run]
) -> None:
    shop.event.calendar_style = style
    mayor = shop.register("Newark")
    assert calendar(shop.event, mayor) == (expected or titled(shop.event))


@pytest.mark.parametrize("before", ["daily", "each_day", "each_session", "all_day"])
@pytest.mark.parametrize("after", ["daily", "each_day", "each_session", "all_day"])
def test_nobody_is_left_with_two_entries_of_the_same(
    shop: Workshop, before: CalendarStyle, after: CalendarStyle
) -> None:
    shop.event.calendar_style = before
    mayor = shop.register("Newark")
    if before == after:
        with pytest.raises(MoveRefused, match="all is as it was"):
            shop.fill(after)
        return
    shop.fill(after)
    expected = {"daily": DAILY, "each_day": ONE_A_DAY, "all_day": WHOLE}
    assert calendar(shop.event, mayor) == expected.get(after, titled(shop.event))
    uids = [one.uid for one in mayor.invitations]
    assert len(set(uids)) == len(uids)


def test_a_style_that_splits_keeps_one_entry_and_adds_the_others(shop: Workshop) -> None:
    mayor = shop.register("Newark")
    shop.fill("each_day")
    assert shop.written() == [
        ("member_updated", "05-31", 1),
        ("member_invited", "06-01", 0),
        ("member_invited", "06-02", 0),
    ]
    shop.fill("daily")
    assert shop.written() == [
        ("member_cancelled", "06-01", 1),
        ("member_cancelled", "06-02", 1),
        ("member_updated", "05-31 06-01 06-02", 2),
    ]
    assert calendar(shop.event, mayor) == DAILY


def test_entries_of_days_give_way_to_entries_of_sessions(shop: Workshop) -> None:
    shop.register("Newark", days=DAYS[:1])
    shop.fill("each_session")
    mail, *_ = shop.db.query(OutboxMail).filter_by(letter="member_cancelled")
    assert mail.facts["reason"] == "replaced"
    assert shop.written() == [
        ("member_cancelled", "05-31", 1),
        ("member_invited", "Working day 1", 0),
    ]


def test_another_style_tells_nobody_but_those_with_entries(shop: Workshop) -> None:
    """Whoever registered, whoever waits and whoever has not answered hears of days and place."""
    shop.register("Newark")
    shop.event.capacity = 1
    office.registered(shop.db, shop.settings, shop.clock, shop.event, "Boise", "Mayor")
    cast.invited(shop.db, shop.event, "Dijon")
    office.letters(shop.db)
    move = replace(as_it_stands(shop.event), style="all_day")
    preview = preview_change(shop.db, shop.settings, shop.event, move, now=shop.clock.now)
    assert preview.written_to == 1
    assert [(one.before, one.after) for one in preview.people if not one.waits] == [
        (tuple(DAILY), tuple(WHOLE))
    ]
    assert shop.event.calendar_style == "daily"
    shop.leave(move)
    assert office.letters(shop.db) == [("member_updated", "mayor@newark.example.org")]


def test_a_draft_just_takes_its_style(db: Session, clock: TestClock) -> None:
    event = cast.event(db, published=False)
    assert nobody_is_invited(db, event)
    set_calendar_style(db, event, "all_day", now=clock.now)
    assert (event.calendar_style, event.calendar_changed_at) == ("all_day", None)


def test_entries_that_stand_are_not_changed_without_a_preview(shop: Workshop) -> None:
    shop.register("Newark")
    with pytest.raises(Conflict, match="was just invited"):
        set_calendar_style(shop.db, shop.event, "all_day", now=shop.clock.now)


def test_only_the_people_of_a_session_that_moves_are_asked_again(by_session: Workshop) -> None:
    shop = by_session
    first, second, third, _ = shop.event.sessions
    newark = shop.register("Newark", sessions=[first.id, third.id])
    boise = shop.register("Boise", sessions=[second.id])
    for member in (newark, boise):
        answer(member, {one.id: "ACCEPTED" for one in member.invitations}, now=shop.clock.now)
    one, two, *others = plans_of(shop.event)
    shop.holds(replace(one, starts=time(10)), two, *others)
    assert shop.written() == [("member_updated", "Working day 1", 1)]
    assert states(newark) == [
        (DAYS[:1], 1, 1, "NEEDS-ACTION", False),
        (DAYS[2:], 0, 0, "ACCEPTED", False),
    ]
    assert states(boise) == [(DAYS[1:2], 0, 0, "ACCEPTED", False)]


def test_a_longer_reception_concerns_no_day_entry_but_its_own(by_session: Workshop) -> None:
    """Control: with an entry a day, the day of the reception changes."""
    for style, expected in (("each_session", "Reception"), ("each_day", "06-02")):
        shop = by_session
        shop.event.calendar_style = style
        shop.register("Newark" if style == "each_session" else "Boise", days=DAYS[2:])
        *others, reception = plans_of(shop.event)
        shop.holds(*others, replace(reception, ends=time(19 if style == "each_session" else 20)))
        assert expected in [about for _, about, _ in shop.written()]


def test_a_session_that_is_gone_is_taken_out_and_a_new_one_invites_those_who_come_to_all(
    by_session: Workshop,
) -> None:
    shop = by_session
    first, _, _, reception = shop.event.sessions
    everything = shop.register("Newark")
    some = shop.register("Boise", sessions=[first.id, reception.id])
    *others, _reception = plans_of(shop.event)
    shop.holds(*others, SessionPlan(DAYS[2], time(18), time(19), "Walk"))
    cancelled = shop.db.query(OutboxMail).filter_by(letter="member_cancelled").all()
    assert [mail.facts["reason"] for mail in cancelled] == ["session", "session"]
    ics = LETTERS["member_cancelled"](cancelled[0].facts, sender_in(shop.settings)).calendar
    assert ics is not None
    assert named(ics.ics, "DTSTART") == ["DTSTART;TZID=Europe/Stockholm:20270602T170000"]
    assert named(ics.ics, "SUMMARY") == ["SUMMARY:Reception — Public space and trust\\, Stockholm"]
    assert shop.written() == [
        ("member_cancelled", "Reception", 1),
        ("member_invited", "Walk", 0),
        ("member_cancelled", "Reception", 1),
    ]
    assert some.session_ids == [first.id]
    assert [run.title for run in calendar(shop.event, some)] == ["Working day 1"]
    assert [run.title for run in calendar(shop.event, everything)][-1] == "Walk"


def test_a_move_takes_entries_of_sessions_along(by_session: Workshop) -> None:
    shop = by_session
    first, *_ = shop.event.sessions
    mayor = shop.register("Newark", days=DAYS[:1], sessions=[first.id])
    [invitation] = mayor.invitations
    uid, week = invitation.uid, timedelta(days=7)
    move = as_it_stands(shop.event)
    later = tuple(one.moved(week) for one in move.sessions)
    shop.leave(replace(move, starts_on=move.starts_on + week, sessions=later))
    assert [(one.uid, one.days, one.sequence) for one in mayor.invitations] == [
        (uid, [DAYS[0] + week], 1)
    ]


def test_what_public_calendars_show_counts_its_changes(shop: Workshop) -> None:
    event = shop.event
    assert (event.calendar_sequence, event.calendar_changed_at) == (0, None)
    first, *others = plans_of(event)
    set_agenda(shop.db, event, [replace(first, title="Opening"), *others], now=shop.clock.now)
    assert (event.calendar_sequence, event.calendar_changed_at) == (0, shop.clock.now)
    shop.holds(replace(first, ends=time(16)), *others)
    assert (event.calendar_sequence, event.calendar_changed_at) == (1, shop.clock.now)
    shop.leave(replace(as_it_stands(event), venue="Opera House"))
    assert event.calendar_sequence == 2
    shop.fill("each_day")
    assert (event.calendar_sequence, event.calendar_changed_at) == (2, shop.clock.now)


def test_hours_of_sessions_with_entries_change_by_a_preview(by_session: Workshop) -> None:
    """Control: where days have the entries, hours inside of a day are words of the agenda."""
    shop = by_session
    *others, third, reception = plans_of(shop.event)
    wanted = [*others, replace(third, ends=time(16)), reception]
    with pytest.raises(Conflict, match="hours change by moving it"):
        set_agenda(shop.db, shop.event, wanted, now=shop.clock.now)
    shop.event.calendar_style = "daily"
    set_agenda(shop.db, shop.event, wanted, now=shop.clock.now)
    assert shop.event.calendar_sequence == 1


def test_control_where_people_chose_sessions_hours_inside_of_a_day_concern_them(
    by_session: Workshop,
) -> None:
    shop = by_session
    shop.register("Newark", days=DAYS[2:], sessions=[shop.event.sessions[2].id])
    shop.event.calendar_style = "daily"
    *others, third, reception = plans_of(shop.event)
    with pytest.raises(Conflict, match="hours change by moving it"):
        set_agenda(
            shop.db,
            shop.event,
            [*others, replace(third, ends=time(16)), reception],
            now=cast.LONG_AGO,
        )
