"""Reminders as tests draft, read and answer them."""

from datetime import date

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import Released, release_letters
from events_service.domain.delivery.desk import leave_group_out
from events_service.domain.delivery.outbox_groups import hash_of, waiting_letters
from events_service.domain.registration.answers import answer
from events_service.domain.registration.nudging import draft_nudges
from events_service.model import Account, DayAnswer, Event, Invitation, Member, OutboxMail
from events_service.model.registration import ParticipationStatus
from tests.conftest import TestClock
from tests.follow_up import written


def nudge(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    *people: Member,
    words: str = "",
    again: bool = False,
) -> int:
    numbers = [one.id for one in people]
    return draft_nudges(db, settings, event, numbers, words=words, again=again, now=clock.now)


def nudges(db: Session, settings: Settings, state: str = "drafted") -> list[OutboxMail]:
    """The reminders in that state, rendered as a worker would."""
    found = db.query(OutboxMail).filter_by(letter="member_nudge", state=state)
    return [
        mail if mail.rendered else written(db, settings, mail)
        for mail in found.order_by(OutboxMail.id)
    ]


def read(db: Session, event: Event, letter: str = "member_nudge") -> str:
    """What a page carries of the letters of that kind that were read on it."""
    return hash_of(waiting_letters(db, event.id, letter))


def release(
    db: Session,
    clock: TestClock,
    event: Event,
    organiser: Account,
    *,
    seen: str = "",
    letter: str = "member_nudge",
) -> Released:
    """Letters of that kind, read (as `seen`, else as they are) and released."""
    seen = seen or read(db, event, letter)
    return release_letters(db, event, organiser, group=letter, read=seen, now=clock.now)


def leave_out(
    db: Session, clock: TestClock, event: Event, organiser: Account, letter: str = "member_nudge"
) -> int:
    return leave_group_out(db, event.id, letter, organiser, now=clock.now)


def say(
    db: Session, clock: TestClock, person: Member, said: ParticipationStatus = "ACCEPTED"
) -> None:
    answer(person, {one.id: said for one in person.invitations}, now=clock.now)
    db.flush()


def the_invitation(person: Member) -> Invitation:
    [one] = person.invitations
    return one


def said(day: date, partstat: ParticipationStatus, clock: TestClock) -> DayAnswer:
    """An answer to one day, by mail."""
    return DayAnswer(
        day=day,
        partstat=partstat,
        answered_at=clock.now,
        answered_by="mail",
        reply_sequence=0,
        reply_dtstamp=clock.now,
    )
