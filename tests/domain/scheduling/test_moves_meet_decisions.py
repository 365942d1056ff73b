"""The event moves while a decision about a delegation waits to be told: what the city hears goes
by what it knows, and the letters that wait tell the new days."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.form import members_of
from events_service.domain.registration.untold import known_state, known_states
from events_service.domain.scheduling.agenda import plans_of
from events_service.domain.scheduling.change_preview import preview_change
from events_service.domain.scheduling.event_change import Cancellation, as_it_stands
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import OutboxMail
from tests import office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of
from tests.domain.scheduling.test_changes import OLD, later, leave

OFFICE, MAYOR, ADVISER = (f"{name}@newark.example.org" for name in ("office", "mayor", "adviser"))


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


def letters(desk: Desk, state: str) -> list[tuple[str, str]]:
    mails = desk.db.scalars(
        select(OutboxMail).where(OutboxMail.state == state).order_by(OutboxMail.id)
    )
    return [(one.letter, one.to_address) for one in mails]


def moves(desk: Desk) -> None:
    leave(desk.db, desk.settings, desk.clock, desk.event, later(desk.event))


def text_of(desk: Desk, letter: str) -> str:
    mail = desk.db.scalars(select(OutboxMail).where(OutboxMail.letter == letter)).first()
    assert mail is not None
    text = LETTERS[letter](mail.facts, sender_in(desk.settings)).text
    return " ".join(text.split()).replace("\u00a0", " ")


@pytest.mark.parametrize("decided", ["nothing", "approve", "turn_down", "waitlist"])
def test_a_city_whose_decision_waits_hears_what_one_without_a_decision_hears(
    desk: Desk, decided: str
) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Adviser")
    office.letters(desk.db)
    if decided != "nothing":
        getattr(desk, decided)(newark)
    waits = letters(desk, "drafted")
    moves(desk)
    assert letters(desk, "queued") == [("delegation_moved", OFFICE)]
    assert letters(desk, "drafted") == waits
    said = text_of(desk, "delegation_moved")
    assert "for which we have the list of Newark, has changed" in said
    assert "we write to you as soon as an organiser has decided" in said
    assert "registered, has" not in said and "waiting list" not in said
    assert known_state(of(newark)) == "submitted"


def test_what_waits_tells_the_new_days_and_can_still_be_undone(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    office.letters(desk.db)
    desk.approve(newark)
    moves(desk)
    first = (OLD[0] + timedelta(weeks=1)).isoformat()
    waiting = desk.db.scalars(select(OutboxMail).where(OutboxMail.state == "drafted")).all()
    assert [one.facts["event"]["starts_on"] for one in waiting] == [first] * len(waiting)
    desk.undo(newark)
    assert (of(newark).state, of(newark).seats) == ("submitted", 0)


def test_control_a_city_that_was_told_is_registered(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    desk.send_letters()
    office.letters(desk.db)
    moves(desk)
    assert letters(desk, "queued") == [("member_updated", MAYOR), ("delegation_moved", OFFICE)]
    assert "for which Newark is registered, has changed" in text_of(desk, "delegation_moved")


def test_a_city_that_waited_still_waits_as_far_as_it_knows(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor", "Adviser")
    desk.waitlist(newark)
    desk.send_letters()
    desk.approve(newark)
    desk.db.query(OutboxMail).filter(OutboxMail.state == "queued").delete()
    moves(desk)
    told = [("delegation_moved", to) for to in (OFFICE, MAYOR, ADVISER)]
    assert letters(desk, "queued") == told
    assert "is on the waiting list, has changed" in text_of(desk, "delegation_moved")


def test_people_whose_place_nobody_knows_of_are_not_named(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    desk.send_letters()
    desk.names(newark, "Mayor", "Envoy")
    office.letters(desk.db)
    desk.approve(newark)
    assert [one.role for one in members_of(of(newark))] == ["Mayor", "Envoy"]
    moves(desk)
    assert letters(desk, "queued") == [("member_updated", MAYOR), ("delegation_moved", OFFICE)]
    said = text_of(desk, "delegation_moved")
    assert ("Mayor, Newark" in said, "Envoy" in said) == (True, False)


@pytest.mark.parametrize("told", [False, True])
def test_a_second_entry_waits_with_the_first(desk: Desk, told: bool) -> None:
    """Hours that part a run of days make two entries. Control: who was told gets both at once."""
    newark = desk.handed_in("Newark", "Mayor")
    desk.approve(newark)
    if told:
        desk.send_letters()
        office.letters(desk.db)
    else:
        desk.db.query(OutboxMail).filter(OutboxMail.state == "queued").delete()
    first, second, third = plans_of(desk.event)
    move = replace(
        as_it_stands(desk.event), sessions=(first, second, replace(third, ends=time(12)))
    )
    pending = leave(desk.db, desk.settings, desk.clock, desk.event, move)
    entries = [("member_updated", MAYOR), ("member_invited", MAYOR)]
    if told:
        assert letters(desk, "queued") == [*entries, ("delegation_moved", OFFICE)]
        assert pending.written_to == 2
        return
    assert letters(desk, "queued") == [("delegation_moved", OFFICE)]
    assert pending.written_to == 1
    assert [one for one in letters(desk, "drafted") if one[1] == MAYOR] == [entries[1]] * 2
    assert known_state(of(newark)) == "submitted"


@pytest.mark.parametrize("decided", ["nothing", "approve", "turn_down", "waitlist"])
def test_when_it_is_called_off_no_decision_shows_either(desk: Desk, decided: str) -> None:
    """Control: a city that was told is told with the names of those who come."""
    newark, boise = (desk.handed_in(name, "Mayor") for name in ("Newark", "Boise"))
    desk.approve(boise)
    desk.send_letters()
    office.letters(desk.db)
    if decided != "nothing":
        getattr(desk, decided)(newark)
    leave(desk.db, desk.settings, desk.clock, desk.event, Cancellation("Flooded."))
    queued = desk.db.scalars(
        select(OutboxMail).where(OutboxMail.state == "queued").order_by(OutboxMail.id)
    )
    told = {
        (one.letter, one.to_address): [person["name"] for person in one.facts.get("members", [])]
        for one in queued
    }
    assert told == {
        ("event_cancelled_city", OFFICE): [],
        ("member_cancelled", "mayor@boise.example.org"): [],
        ("event_cancelled_city", "office@boise.example.org"): ["Mayor, Boise"],
    }


def test_many_are_known_as_each_is(desk: Desk) -> None:
    cities = [desk.handed_in(name, "Mayor") for name in ("Newark", "Boise", "Dijon")]
    desk.approve(cities[0])
    desk.send_letters()
    desk.approve(cities[1])
    desk.turn_down(cities[2])
    each = [of(one) for one in cities]
    found = known_states(desk.db, desk.event.id, each)
    assert found == {one.id: known_state(one) for one in each}
    assert list(found.values()) == ["confirmed", "submitted", "submitted"]


@pytest.mark.parametrize("calls_off", [False, True])
def test_the_preview_shows_no_entry_to_who_was_not_told_of_it(desk: Desk, calls_off: bool) -> None:
    """Control: somebody whose letter has left."""
    boise, newark = desk.handed_in("Boise", "Mayor"), desk.handed_in("Newark", "Mayor")
    office.letters(desk.db)
    desk.approve(boise)
    desk.send_letters()
    desk.approve(newark)
    change = Cancellation("") if calls_off else later(desk.event)
    preview = preview_change(desk.db, desk.settings, desk.event, change, now=desk.clock.now)
    assert [
        (one.city, one.unheard, [list(run.days) for run in one.before], bool(one.after))
        for one in preview.people
    ] == [("Boise", False, [OLD], not calls_off), ("Newark", True, [], False)]
