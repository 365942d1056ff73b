"""The organisers' cast: plans of an event, and cities that have registered their people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import Released, release_event
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import days_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling.event_plan import EventPlan
from events_service.model import Account, CityInvitation, Event, Member, OutboxMail
from tests import cast, follow_up
from tests.conftest import TestClock


def plan(db: Session, **other: Any) -> EventPlan:
    """Three days in Stockholm, closing at noon a month before."""
    made = EventPlan(
        title="Public space and trust",
        city_id=cast.city(db, "Stockholm").id,
        timezone="Europe/Stockholm",
        starts_on=date(2027, 5, 31),
        ends_on=date(2027, 6, 2),
        capacity=60,
        closes_on=date(2027, 4, 30),
        closes_at=time(12),
        summary="Three working days.",
        venue="City Hall",
    )
    return replace(made, **other)


def registered(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    city: str,
    *roles: str,
    days: Sequence[date] = (),
    sessions: Sequence[int] | None = None,
) -> CityInvitation:
    """The city was invited and has confirmed these people, on all days unless others are given,
    and to all sessions unless some are chosen."""
    invitation = cast.invited(db, event, city)
    people = [
        {**one, "session_ids": sessions}
        for one in cast.people(*roles, where=city, days=days or days_of(event))
    ]
    office = f"office@{invitation.city.slug}.example.org"
    draft = DelegationDraft.from_json({"contact_address": office, "people": people})
    save_draft(db, invitation, draft, now=clock.now)
    db.expire_all()
    confirm_delegation(db, settings, invitation.id, now=clock.now)
    return invitation


def people_of(invitation: CityInvitation) -> list[Member]:
    assert invitation.delegation is not None
    return invitation.delegation.members


def letters(db: Session, *names: str) -> list[tuple[str, str]]:
    """Letter and address of every mail promised since the last call, in order."""
    mails = db.query(OutboxMail).order_by(OutboxMail.id).all()
    found = [(mail.letter, mail.to_address) for mail in mails if not names or mail.letter in names]
    for mail in mails:
        db.delete(mail)
    db.flush()
    return found


def release_all(
    db: Session, settings: Settings, clock: TestClock, event: Event, account: Account | None = None
) -> Released:
    """Everything in the outbox of the event, written, read and released; it leaves in a minute."""
    waiting = db.query(OutboxMail).filter_by(event_id=event.id, state="drafted", rendered=None)
    for mail in waiting.order_by(OutboxMail.id):
        follow_up.written(db, settings, mail)
    account = account or follow_up.colleague(db, f"Releases {clock.now}", "organiser")
    return release_event(db, event, account, now=clock.now)
