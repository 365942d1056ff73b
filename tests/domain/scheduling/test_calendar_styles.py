"""How an event fills calendars: one entry for like days, one a day, one a session, whole days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.registration.answers import answer
from events_service.domain.registration.runs import run_of
from events_service.domain.scheduling.agenda import SessionPlan, plans_of, set_agenda
from events_service.domain.scheduling.calendar_style import (
    calendars_behind,
    nobody_is_invited,
    set_calendar_style,
)
from events_service.domain.scheduling.change_preview import preview_change
from events_service.domain.scheduling.changes import apply_due_changes, ask_for_change
from events_service.domain.scheduling.event_change import Move, MoveRefused, as_it_stands
from events_service.itip.days import Hours, Run
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import Event, Member, OutboxMail
from events_service.model.event import CalendarStyle
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague
from tests.itip.entries import named

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]
FULL = Hours(time(9), time(17))


class Workshop:
    """An event, and an organiser who changes it."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock, event: Event) -> None:
        self.db, self.settings, self.clock, self.event = db, settings, clock, event

    def register(
        self,
        city: str,
        *,
        days: Sequence[date] = (),
        sessions: Sequence[int] | None = None,
        keep: bool = False,
    ) -> Member:
        """`keep` the letters: what calendars hold is read from them."""
        [mayor] = office.people_of(
            office.registered(
                self.db,
                self.settings,
                self.clock,
                self.event,
                city,
                "Mayor",
                days=days,
                sessions=sessions,
            )
        )
        if not keep:
            office.letters(self.db)
        return mayor

    def leave(self, move: Move) -> None:
        """Ask, let the minute pass, and have the worker carry it out."""
        now = self.clock.now
        ask_for_change(self.db, self.event, move, colleague(self.db, f"At {now}"), now=now)
        self.clock.advance(timedelta(seconds=60))
        assert apply_due_changes(self.db, self.settings, self.clock.now) == 1
        self.db.expire_all()

    def fill(self, style: CalendarStyle) -> None:
        self.leave(replace(as_it_stands(self.event), style=style))

    def holds(self, *sessions: SessionPlan) -> None:
        self.leave(replace(as_it_stands(self.event), sessions=sessions))

    def written(self) -> list[tuple[str, str, int]]:
        """Letter, what it is about and SEQUENCE of each mail to a person since the last call."""
        mails = self.db.query(OutboxMail).order_by(OutboxMail.id).all()
        found = [
            (mail.letter, _about(mail), mail.facts["invitation"]["sequence"])
            for mail in mails
            if mail.letter.startswith("member_")
        ]
        office.letters(self.db)
        return found

    def behind(self) -> int:
        return calendars_behind(self.db, self.settings, self.event, now=self.clock.now)


def _about(mail: OutboxMail) -> str:
    run = mail.facts["invitation"]["run"]
    return run["title"] or " ".join(day[5:] for day in run["days"])


def calendar(event: Event, member: Member) -> list[Run]:
    entries = [run_of(one, event) for one in member.invitations if one.cancelled_at is None]
    return sorted(entries, key=lambda run: (run.days, run.hours or ()))


def states(member: Member) -> list[tuple[list[date], int, int, str, bool]]:
    return [
        (one.days, one.sequence, one.min_sequence, one.partstat, one.cancelled_at is not None)
        for one in member.invitations
    ]


@pytest.fixture
def shop(db: Session, settings: Settings, clock: TestClock) -> Workshop:
    return Workshop(db, settings, clock, cast.event(db))


@pytest.fixture
def by_session(shop: Workshop) -> Workshop:
    """Three sessions on three days, and a second one on the last."""
    last = SessionPlan(DAYS[2], time(17), time(18), "Reception")
    shop.event.calendar_style = "each_session"
    set_agenda_of(shop, *plans_of(shop.event), last)
    return shop


def set_agenda_of(shop: Workshop, *plans: SessionPlan) -> None:
    shop.event.published_at = None
    set_agenda(shop.db, shop.event, plans, now=shop.clock.now)
    shop.event.published_at = cast.LONG_AGO
    shop.db.flush()


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


class TestTexts:
    def test_new_words_are_sent_only_when_asked_for(self, shop: Workshop) -> None:
        shop.register("Newark", keep=True)
        first, *others = plans_of(shop.event)
        set_agenda(
            shop.db, shop.event, [replace(first, title="Opening"), *others], now=shop.clock.now
        )
        assert [one.letter for one in self.sent(shop)] == ["member_invited"]
        assert shop.behind() == 1

    def test_new_words_keep_sequence_and_answers_and_have_a_newer_dtstamp(
        self, shop: Workshop
    ) -> None:
        mayor = shop.register("Newark", keep=True)
        [invitation] = mayor.invitations
        answer(mayor, {invitation.id: "ACCEPTED"}, now=shop.clock.now)
        for title in ("Opening", "A better opening"):
            first, *others = plans_of(shop.event)
            set_agenda(
                shop.db, shop.event, [replace(first, title=title), *others], now=shop.clock.now
            )
            shop.leave(replace(as_it_stands(shop.event), texts=True))
        assert states(mayor) == [(DAYS, 0, 0, "ACCEPTED", False)]
        mails = self.sent(shop)
        assert [(one.letter, one.facts["invitation"]["sequence"]) for one in mails] == [
            ("member_invited", 0),
            ("member_updated", 0),
            ("member_updated", 0),
        ]
        parts = [LETTERS[one.letter](one.facts, sender_in(shop.settings)).calendar for one in mails]
        stamps = [named(part.ics, "DTSTAMP") for part in parts if part]
        assert stamps == sorted(stamps) and len({stamp[0] for stamp in stamps}) == 3
        assert "A better opening" in named(parts[2].ics, "DESCRIPTION")[0] if parts[2] else False
        assert shop.behind() == 0

    def test_only_the_people_of_a_renamed_session_are_written_to(
        self, by_session: Workshop
    ) -> None:
        shop = by_session
        first, second, *_ = shop.event.sessions
        shop.register("Newark", sessions=[first.id], keep=True)
        shop.register("Boise", sessions=[second.id], keep=True)
        one, *others = plans_of(shop.event)
        set_agenda(shop.db, shop.event, [replace(one, title="Opening"), *others], now=cast.LONG_AGO)
        assert shop.behind() == 1
        before = len(self.sent(shop))
        shop.leave(replace(as_it_stands(shop.event), texts=True))
        assert [(mail.letter, mail.to_address) for mail in self.sent(shop)[before:]] == [
            ("member_updated", "mayor@newark.example.org")
        ]

    def test_a_new_title_concerns_everybody(self, shop: Workshop) -> None:
        shop.register("Newark", keep=True)
        shop.register("Boise", days=DAYS[:1], keep=True)
        assert shop.behind() == 0
        shop.event.title = "Trust"
        shop.db.flush()
        assert shop.behind() == 2

    def test_new_words_may_be_sent_while_it_takes_place(self, shop: Workshop) -> None:
        shop.register("Newark", keep=True)
        shop.event.title = "Trust"
        shop.clock.advance(timedelta(days=191))  # its second day
        shop.leave(replace(as_it_stands(shop.event), texts=True))
        assert [one.letter for one in self.sent(shop)] == ["member_invited", "member_updated"]

    def sent(self, shop: Workshop) -> list[OutboxMail]:
        mails = shop.db.query(OutboxMail).order_by(OutboxMail.id).all()
        return [mail for mail in mails if mail.letter.startswith("member_")]


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
