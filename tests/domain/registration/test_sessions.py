"""People who come to some sessions: their calendars hold those, and change by what differs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.form import draft_of, problems_of
from events_service.domain.registration.runs import run_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.registration.session_choice import coming_to
from events_service.model import AgendaSession, CityInvitation, Event, Member, OutboxMail
from tests import cast, office
from tests.conftest import TestClock

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]


@pytest.fixture
def event(db: Session) -> Event:
    """A session a day, and a reception on the first evening."""
    made = cast.event(db)
    made.calendar_style = "each_session"
    made.sessions.append(
        AgendaSession(held_on=DAYS[0], starts=time(18), ends=time(20), title="Reception")
    )
    db.flush()
    db.refresh(made)
    return made


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock, event: Event) -> CityInvitation:
    first = event.sessions[0]
    made = office.registered(
        db, settings, clock, event, "Newark", "Mayor", days=DAYS[:1], sessions=[first.id]
    )
    office.letters(db)
    return made


def titles(event: Event, member: Member) -> list[str]:
    standing = [one for one in member.invitations if one.cancelled_at is None]
    return sorted(run_of(one, event).title for one in standing)


def test_a_person_gets_the_chosen_sessions_only(event: Event, newark: CityInvitation) -> None:
    [mayor] = office.people_of(newark)
    assert mayor.session_ids == [event.sessions[0].id]
    assert titles(event, mayor) == ["Working day 1"]


def choose(
    db: Session,
    settings: Settings,
    clock: TestClock,
    city: CityInvitation,
    sessions: Sequence[AgendaSession],
) -> list[tuple[str, str]]:
    """The city ticks these; what its person is written about."""
    agenda = {one.id: one.held_on for one in city.event.sessions}
    draft = draft_of(city)
    person = coming_to(draft.people[0], {one.id for one in sessions}, agenda, DAYS)
    save_draft(db, city, replace(draft, people=(person,)), now=clock.now)
    db.expire_all()
    confirm_delegation(db, settings, city.id, now=clock.now)
    mails = db.query(OutboxMail).filter(OutboxMail.letter.like("member_%")).order_by(OutboxMail.id)
    found = [(mail.letter, mail.facts["invitation"]["run"]["title"]) for mail in mails]
    office.letters(db)
    return found


def test_only_what_differs_is_written_about(
    db: Session, settings: Settings, clock: TestClock, event: Event, newark: CityInvitation
) -> None:
    working, reception, second, third = event.sessions
    assert choose(db, settings, clock, newark, [working, second]) == [
        ("member_invited", "Working day 2")
    ]
    assert choose(db, settings, clock, newark, [second, reception]) == [
        ("member_cancelled", "Working day 1"),
        ("member_invited", "Reception"),
    ]
    assert choose(db, settings, clock, newark, [second, reception]) == []
    assert choose(db, settings, clock, newark, event.sessions) == [
        ("member_invited", "Working day 1"),
        ("member_invited", "Working day 3"),
    ]
    [mayor] = office.people_of(newark)
    assert (mayor.days, mayor.session_ids, third.title) == (DAYS, None, "Working day 3")


def test_fewer_sessions_are_said_to_be_the_citys_change(
    db: Session, settings: Settings, clock: TestClock, event: Event, newark: CityInvitation
) -> None:
    choose(db, settings, clock, newark, event.sessions)
    agenda = {one.id: one.held_on for one in event.sessions}
    draft = draft_of(newark)
    person = coming_to(draft.people[0], {event.sessions[0].id}, agenda, DAYS)
    save_draft(db, newark, replace(draft, people=(person,)), now=clock.now)
    db.expire_all()
    confirm_delegation(db, settings, newark.id, now=clock.now)
    cancelled = db.query(OutboxMail).filter_by(letter="member_cancelled").all()
    assert [mail.facts["reason"] for mail in cancelled] == ["days"] * 3


def test_a_draft_with_a_session_that_is_gone_is_not_confirmed(
    db: Session, clock: TestClock, event: Event
) -> None:
    boise = cast.invited(db, event, "Boise")
    draft = draft_of(boise)
    person = replace(
        draft.people[0],
        name="Mayor",
        address="mayor@boise.example.org",
        session_ids=(event.sessions[0].id, 0),
    )
    save_draft(db, boise, replace(draft, people=(person,)), now=clock.now)
    assert [one.field for one in problems_of(boise, draft_of(boise))] == ["sessions"]
