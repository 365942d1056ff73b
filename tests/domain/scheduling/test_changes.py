"""Moves and cancellations: the minute, everybody's calendar (RFC 5546 §2.1.4), every letter."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.registration.answers import answer
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling.agenda import plans_of
from events_service.domain.scheduling.change_preview import PersonPreview, preview_change
from events_service.domain.scheduling.changes import apply_due_changes, ask_for_change
from events_service.domain.scheduling.event_change import (
    Cancellation,
    Move,
    MoveRefused,
    as_it_stands,
)
from events_service.domain.scheduling.event_lock import hold_event_alone, hold_event_steady
from events_service.domain.scheduling.pending import (
    change_in,
    open_change,
    throw_away,
    undo_change,
    why_returned,
)
from events_service.itip.days import Hours, Run
from events_service.model import Event, OutboxMail, PendingChange
from events_service.queries.needs import needs_of
from tests import cast, office
from tests.conftest import Databases, TestClock, alchemy
from tests.follow_up import colleague
from tests.releasing import ask_and_release, release

OLD = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]
WEEK = timedelta(days=7)
FULL = Hours(time(9), time(17))


def later(event: Event, by: timedelta = WEEK, **other: Any) -> Move:
    """The event a week on, with its agenda."""
    move = Move(
        event.starts_on + by,
        event.venue,
        event.venue_address,
        tuple(one.moved(by) for one in plans_of(event)),
    )
    return replace(move, **other)


def leave(
    db: Session, settings: Settings, clock: TestClock, event: Event, change: Move | Cancellation
) -> PendingChange:
    """Ask, release, let the minute pass, and have the worker carry it out."""
    pending = ask_and_release(db, settings, clock, event, change)
    clock.advance(timedelta(seconds=60))
    assert apply_due_changes(db, settings, clock.now) == 1
    return pending


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


def test_nothing_leaves_before_its_minute_is_over(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    office.letters(db)
    pending = ask_and_release(db, settings, clock, event, later(event))
    assert pending.due_at is not None
    assert (pending.due_at - clock.now, open_change(db, event.id)) == (
        timedelta(seconds=60),
        pending,
    )
    clock.advance(timedelta(seconds=59))
    assert apply_due_changes(db, settings, clock.now) == 0
    assert (event.starts_on, office.letters(db)) == (OLD[0], [])


@pytest.mark.parametrize("thrown_away", [False, True])
def test_what_is_undone_never_leaves(
    db: Session, settings: Settings, clock: TestClock, event: Event, thrown_away: bool
) -> None:
    """It waits in the outbox again, until it is thrown away."""
    pending = ask_and_release(db, settings, clock, event, later(event))
    undo_change(db, event.id, pending.id)
    assert (pending.due_at, pending.released_by_id, pending.released_hash) == (None, None, None)
    if thrown_away:
        throw_away(db, event.id, pending.id, now=clock.now)
    clock.advance(timedelta(hours=1))
    assert apply_due_changes(db, settings, clock.now) == 0
    waits = None if thrown_away else pending
    assert (event.starts_on, open_change(db, event.id)) == (OLD[0], waits)


def test_what_has_left_is_not_undone(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    pending = leave(db, settings, clock, event, later(event))
    with pytest.raises(Conflict, match="has left already"):
        undo_change(db, event.id, pending.id)


def test_nothing_is_changed_while_a_change_is_about_to_leave(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Control: as long as it waits in the outbox, another takes its place."""
    account = colleague(db)
    ask_for_change(db, event, Cancellation("Not enough cities."), account, now=clock.now)
    ask_for_change(db, event, later(event), account, now=clock.now)
    release(db, settings, clock, event, account)
    with pytest.raises(Conflict, match="about to leave"):
        ask_for_change(db, event, Cancellation(""), account, now=clock.now)


def test_a_move_takes_everybody_along(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    newark = office.registered(
        db, settings, clock, event, "Newark", "Mayor", "Adviser", days=OLD[1:]
    )
    mayor, _adviser = office.people_of(newark)
    [invitation] = mayor.invitations
    uid = invitation.uid
    answer(mayor, {invitation.id: "ACCEPTED"}, now=clock.now)
    office.letters(db)

    pending = leave(db, settings, clock, event, later(event))

    days = [day + WEEK for day in OLD]
    assert [one.held_on for one in event.sessions] == days
    assert (event.starts_on, event.ends_on) == (days[0], days[2])
    assert mayor.days == days[1:]
    assert (
        invitation.uid,
        invitation.days,
        invitation.sequence,
        invitation.min_sequence,
        invitation.partstat,
        invitation.answered_at,
    ) == (uid, days[1:], 1, 1, "NEEDS-ACTION", None)
    assert pending.written_to == 3
    [mail, _other, _office] = db.query(OutboxMail).order_by(OutboxMail.id).all()
    assert mail.letter == "member_updated"
    assert {key: mail.facts[key] for key in ("days_before", "days")} == {
        "days_before": ["2027-06-01", "2027-06-02"],
        "days": ["2027-06-08", "2027-06-09"],
    }
    assert mail.facts["event_before"]["starts_on"] == "2027-05-31"


def test_another_place_keeps_the_answers(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    [mayor] = office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))
    [invitation] = mayor.invitations
    invitation.partstat = "ACCEPTED"
    leave(db, settings, clock, event, replace(as_it_stands(event), venue="Opera House"))
    assert (
        event.venue,
        invitation.sequence,
        invitation.min_sequence,
        invitation.partstat,
    ) == ("Opera House", 1, 0, "ACCEPTED")


def test_only_those_whose_hours_change_are_written_to(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor", days=OLD[:1])
    office.registered(db, settings, clock, event, "Boise", "Mayor", days=OLD[2:])
    office.letters(db)
    first, second, third = plans_of(event)
    move = replace(as_it_stands(event), sessions=(first, second, replace(third, ends=time(12))))
    pending = leave(db, settings, clock, event, move)
    assert (pending.written_to, office.letters(db)) == (
        2,
        [
            ("member_updated", "mayor@boise.example.org"),
            ("delegation_moved", "office@boise.example.org"),
        ],
    )


def test_hours_that_part_a_run_make_two_entries(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    [mayor] = office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))
    office.letters(db)
    first, second, third = plans_of(event)
    short = replace(third, ends=time(12))
    move = replace(as_it_stands(event), sessions=(first, second, short))
    leave(db, settings, clock, event, move)
    db.refresh(mayor)
    assert [(one.days, one.sequence) for one in mayor.invitations] == [
        (OLD[:2], 1),
        (OLD[2:], 0),
    ]
    assert office.letters(db) == [
        ("member_updated", "mayor@newark.example.org"),
        ("member_invited", "mayor@newark.example.org"),
        ("delegation_moved", "office@newark.example.org"),
    ]


def test_those_who_wait_and_those_who_have_not_answered_hear_of_a_move(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=1)
    waiting = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    silent = cast.invited(db, event, "Boise")
    typed = cast.people("Mayor", where="Boise", days=OLD)
    draft = DelegationDraft.from_json({"contact_address": "a@boise.example.org", "people": typed})
    save_draft(db, silent, draft, now=clock.now)
    ended = cast.invited(db, event, "Dijon")
    ended.revoked_at = clock.now
    db.flush()
    office.letters(db)
    leave(db, settings, clock, event, later(event))
    assert office.letters(db) == [
        ("delegation_moved", "office@newark.example.org"),
        ("delegation_moved", "mayor@newark.example.org"),
        ("delegation_moved", "adviser@newark.example.org"),
        ("city_invited", "boise@cities.example.org"),
    ]
    days = [day + WEEK for day in OLD]
    assert [one.days for one in office.people_of(waiting)] == [days, days]
    assert draft_of(silent).people[0].days == tuple(days)


def test_cancelling_clears_calendars_and_tells_every_city(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    cast.invited(db, event, "Boise")
    office.letters(db)
    pending = leave(db, settings, clock, event, Cancellation("The hall is flooded."))
    mails = db.query(OutboxMail).order_by(OutboxMail.id).all()
    assert [(one.letter, one.to_address) for one in mails] == [
        ("member_cancelled", "mayor@newark.example.org"),
        ("event_cancelled_city", "office@newark.example.org"),
        ("event_cancelled_city", "boise@cities.example.org"),
    ]
    assert [one.facts["words"] for one in mails] == ["The hall is flooded."] * 3
    assert mails[0].facts["reason"] == "event"
    [invitation] = office.people_of(newark)[0].invitations
    assert (invitation.cancelled_at, invitation.sequence) == (clock.now, 1)
    assert (event.cancelled_at, pending.written_to) == (clock.now, 3)


def test_what_the_public_sees_is_a_new_revision(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    before = event.revision
    leave(db, settings, clock, event, later(event))
    assert event.revision == before + 1


def test_the_preview_is_what_happens_and_changes_nothing(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    cast.invited(db, event, "Boise")
    office.letters(db)
    move = later(event, venue="Opera House")
    preview = preview_change(db, settings, event, move, now=clock.now)
    assert preview.people == (
        PersonPreview(
            "Mayor, Newark",
            "Mayor",
            "Newark",
            False,
            (Run(tuple(OLD), FULL),),
            (Run(tuple(day + WEEK for day in OLD), FULL),),
        ),
    )
    assert (preview.before["venue"], preview.after["venue"]) == ("City Hall", "Opera House")
    assert (preview.written_to, preview.cities_again) == (3, ("Boise",))
    assert [one.letter for one in preview.one_of_each()] == [
        "member_updated",
        "delegation_moved",
        "city_invited",
    ]
    assert (event.starts_on, event.venue, office.letters(db)) == (OLD[0], "City Hall", [])

    pending = leave(db, settings, clock, event, move)
    assert pending.written_to == preview.written_to


def test_the_preview_of_a_cancellation_empties_calendars(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    preview = preview_change(db, settings, event, Cancellation(""), now=clock.now)
    assert [(one.before, one.after) for one in preview.people] == [((Run(tuple(OLD), FULL),), ())]
    assert event.cancelled_at is None


@pytest.mark.parametrize(
    ("other", "field", "message"),
    [
        ({"venue": " "}, "venue", "Say where it takes place"),
        ({"venue": "a\nb"}, "venue", "Write one line of at most 200 characters"),
        ({"starts_on": date(2026, 11, 22)}, "starts_on", "Choose a first day that lies ahead"),
        (
            {"starts_on": date(2027, 4, 1)},
            "starts_on",
            "Registration closes on Sunday 2\u00a0May 2027, 00:00: close it earlier first, "
            "or choose a later day",
        ),
    ],
)
def test_what_speaks_against_a_move(
    db: Session, clock: TestClock, event: Event, other: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(MoveRefused) as refused:
        ask_for_change(db, event, later(event, **other), colleague(db), now=clock.now)
    first = refused.value.problems[0]
    assert (first.field, first.message) == (field, message)


def test_a_move_to_where_it_is_says_so(db: Session, clock: TestClock, event: Event) -> None:
    with pytest.raises(MoveRefused, match="all is as it was"):
        ask_for_change(db, event, as_it_stands(event), colleague(db), now=clock.now)


def test_a_time_that_the_new_day_does_not_have_is_refused(db: Session, clock: TestClock) -> None:
    event = cast.event(db, starts_on=date(2028, 3, 19), days=1)
    event.sessions[0].starts = time(2, 30)
    with pytest.raises(MoveRefused, match="02:30 on 26\u00a0March 2028 does not exist"):
        ask_for_change(db, event, later(event), colleague(db), now=clock.now)


@pytest.mark.parametrize(
    ("state", "message"),
    [("draft", "is a draft"), ("cancelled", "was cancelled"), ("over", "is over")],
)
def test_what_can_not_be_changed(db: Session, clock: TestClock, state: str, message: str) -> None:
    starts_on = date(2026, 11, 1) if state == "over" else OLD[0]
    event = cast.event(db, published=state != "draft", starts_on=starts_on)
    event.cancelled_at = clock.now if state == "cancelled" else None
    with pytest.raises(Conflict, match=message):
        ask_for_change(db, event, Cancellation(""), colleague(db), now=clock.now)


@pytest.mark.parametrize("ended", ["cancelled", "over"])
def test_a_change_of_an_event_that_is_past_is_undone_with_its_reason(
    db: Session, settings: Settings, clock: TestClock, event: Event, ended: str
) -> None:
    """Control: the change of another event leaves at the same time."""
    other = cast.event(db, slug="other")
    account = colleague(db)
    stale = ask_for_change(db, event, later(event), account, now=clock.now)
    good = ask_for_change(db, other, later(other), account, now=clock.now)
    for one in (event, other):
        release(db, settings, clock, one, account)
    if ended == "cancelled":
        event.cancelled_at = clock.now
    else:
        event.starts_on = event.ends_on = clock.now.date() - WEEK
    clock.advance(timedelta(seconds=61))
    assert apply_due_changes(db, settings, clock.now) == 1
    reasons = {
        "cancelled": "This workshop was cancelled, so there is nothing left to change.",
        "over": "This workshop is over, so it can’t be moved or cancelled.",
    }
    assert (stale.undone_at, stale.details["refused"], good.applied_at) == (
        clock.now,
        reasons[ended],
        clock.now,
    )
    assert open_change(db, event.id) is None


def test_a_change_that_no_longer_fits_waits_again_with_its_reason(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Nothing of it is lost, and once it fits it leaves."""
    pending = ask_and_release(db, settings, clock, event, later(event))
    closed_at = event.registration_closes_at
    event.registration_closes_at = closed_at + 10 * WEEK
    clock.advance(timedelta(seconds=60))
    assert apply_due_changes(db, settings, clock.now) == 0
    assert (open_change(db, event.id), change_in(pending)) == (pending, later(event))
    assert (pending.due_at, pending.released_by_id, pending.released_hash) == (None, None, None)
    assert (event.starts_on, office.letters(db)) == (OLD[0], [])
    assert why_returned(pending) == (
        "It did not leave, since it no longer fitted. Registration closes on "
        "Sunday 11\u00a0July 2027, 00:00: close it earlier first, or choose a later day."
    )
    event.registration_closes_at = closed_at
    release(db, settings, clock, event)
    assert why_returned(pending) == ""
    clock.advance(timedelta(seconds=60))
    assert apply_due_changes(db, settings, clock.now) == 1
    assert event.starts_on == OLD[0] + WEEK


@pytest.mark.parametrize("altered", [True, False])
def test_what_waits_again_is_altered_or_thrown_away(
    db: Session, settings: Settings, clock: TestClock, event: Event, altered: bool
) -> None:
    pending = ask_and_release(db, settings, clock, event, later(event))
    event.registration_closes_at += 10 * WEEK
    clock.advance(timedelta(seconds=60))
    apply_due_changes(db, settings, clock.now)
    if altered:
        ask_for_change(db, event, later(event, 20 * WEEK), colleague(db), now=clock.now)
    else:
        throw_away(db, event.id, pending.id, now=clock.now)
    [needs] = needs_of(db, [event], now=clock.now) or [None]
    if altered:
        assert needs is not None
        assert (needs.pending, needs.refused, why_returned(pending)) == (pending, None, "")
    else:
        assert needs is None  # it is not said to have failed: somebody decided about it


def test_a_registration_under_way_holds_a_move_back(databases: Databases) -> None:
    """Control: a registration of another event holds nothing back."""
    engine = create_engine(alchemy(databases.fresh()))
    with Session(engine) as one, Session(engine) as two:
        here, there = cast.event(one), cast.event(one, slug="elsewhere")
        invitation = cast.invited(one, here, "Newark").id
        one.commit()
        numbers = here.id, there.id
        one.commit()
        hold_event_steady(one, invitation)
        two.execute(text("set lock_timeout = '200ms'"))
        hold_event_alone(two, numbers[1])
        with pytest.raises(OperationalError, match="lock timeout"):
            hold_event_alone(two, numbers[0])
        two.rollback()
        one.commit()
        hold_event_alone(two, numbers[0])
    engine.dispose()


def test_the_preview_lists_cities_in_the_alphabet(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    for name in ("Newark", "Dijon", "Boise"):
        office.registered(db, settings, clock, event, name, "Mayor")
    cast.city(db, "Dijon").name = "Évry"
    preview = preview_change(db, settings, event, later(event), now=clock.now)
    assert [one.city for one in preview.people] == ["Boise", "Évry", "Newark"]
