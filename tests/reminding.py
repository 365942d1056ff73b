"""Reminders as tests draft, read and answer them."""

from datetime import date

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.registration.answers import answer
from events_service.domain.registration.nudging import draft_nudges
from events_service.model import DayAnswer, Event, Invitation, Member, OutboxMail
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


def read(mails: list[OutboxMail]) -> dict[int, str]:
    return {mail.id: approval.digest_of(mail) for mail in mails}


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
