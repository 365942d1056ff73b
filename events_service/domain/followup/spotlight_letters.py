"""A due step of a partnership becomes a drafted letter, which then waits for a person."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from events_service.config import Settings
from events_service.domain.delivery.approval import render_again
from events_service.domain.followup.due import today, working_day
from events_service.domain.followup.spotlights import STEP, finished_at, next_step, state_now
from events_service.domain.outbox import promise
from events_service.domain.recipients import city_language, somebody_in
from events_service.domain.snapshot import event_facts, person_facts
from events_service.letters.facts import PersonFacts
from events_service.letters.spotlight_facts import SpotlightFacts
from events_service.model import (
    Attendance,
    Contact,
    Member,
    OutboxMail,
    Practice,
    Spotlight,
    SpotlightStep,
)

TIME_TO_ANSWER = timedelta(weeks=2)


def draft_due_letters(session: Session, settings: Settings, *, now: datetime) -> int:
    """Draft a letter for every step that is due and next in its partnership; how many were drafted.

    A step whose letter has left is closed, which makes the one after it next. Drafts that waited
    since another day are written anew, so that their dates hold when they leave. A second run
    changes nothing: the letter's key is the step's.
    """
    drafted = 0
    for spotlight in _with_something_to_do(session, now):
        _close_sent(spotlight)
        step = next_step(spotlight)
        if step is None or step.due_on > today(now):
            continue
        if step.mail is None:
            drafted += _draft(session, settings, spotlight, step, now)
        elif step.mail.state == "drafted" and step.mail.created_at < _midnight(now):
            _bring_up_to_date(session, spotlight, step, step.mail, now)
    session.flush()
    return drafted


def contact_for(session: Session, spotlight: Spotlight) -> PersonFacts | None:
    """Whom the letters go to: the city's focal point, else who came from there with the practice.

    None when no address is known.
    """
    contact = session.scalar(
        select(Contact).where(Contact.city_id == spotlight.city_id).order_by(Contact.id).limit(1)
    )
    if contact is not None:
        return {"name": contact.name, "role": contact.role, "address": contact.address}
    came = session.scalar(
        select(Member)
        .join(Attendance, Attendance.member_id == Member.id)
        .join(Practice, Practice.event_id == Attendance.event_id)
        .where(Practice.id == spotlight.practice_id, Attendance.city_id == spotlight.city_id)
        .order_by(Member.position, Member.id)
        .limit(1)
    )
    return person_facts(came) if came is not None else None


def _midnight(now: datetime) -> datetime:
    return datetime.combine(today(now), time(), UTC)


def _with_something_to_do(session: Session, now: datetime) -> list[Spotlight]:
    """Partnerships that go on and have a step to close, to draft or to bring up to date. A tick
    asks every second, so that most of the time nothing but this question is put."""
    waits_since_yesterday = and_(
        OutboxMail.state == "drafted", OutboxMail.created_at < _midnight(now)
    )
    due = and_(
        SpotlightStep.due_on <= today(now),
        or_(SpotlightStep.mail_id.is_(None), waits_since_yesterday),
    )
    steps = (
        select(SpotlightStep.spotlight_id)
        .outerjoin(OutboxMail, SpotlightStep.mail_id == OutboxMail.id)
        .where(SpotlightStep.done_at.is_(None), or_(OutboxMail.state == "sent", due))
    )
    letters = selectinload(Spotlight.steps).selectinload(SpotlightStep.mail)
    return list(
        session.scalars(
            select(Spotlight)
            .where(Spotlight.state.in_(("open", "published")), Spotlight.id.in_(steps))
            .options(letters.defer(OutboxMail.rendered))
            .order_by(Spotlight.id)
        )
    )


def _close_sent(spotlight: Spotlight) -> None:
    for step in spotlight.steps:
        step.done_at = finished_at(step)
    spotlight.state = state_now(spotlight)


def _draft(
    session: Session, settings: Settings, spotlight: Spotlight, step: SpotlightStep, now: datetime
) -> int:
    contact = contact_for(session, spotlight)
    if contact is None:
        return 0  # the page asks for a contact
    key = f"spotlight-step:{step.id}"
    promise(
        session,
        STEP[step.key].letter,
        somebody_in(spotlight.city, contact["address"], contact["name"]),
        key=key,
        facts=_facts(spotlight, step, contact, now),
        now=now,
        mail_domain=settings.mail_domain,
        on_unknown="hold",
        for_approval=True,
        city_id=spotlight.city_id,
    )
    step.mail = session.scalar(select(OutboxMail).where(OutboxMail.dedupe_key == key))
    return 1


def _bring_up_to_date(
    session: Session, spotlight: Spotlight, step: SpotlightStep, mail: OutboxMail, now: datetime
) -> None:
    session.refresh(mail, with_for_update=True)
    contact = contact_for(session, spotlight)
    if mail.state != "drafted" or contact is None:
        return  # somebody approved it a moment ago
    mail.to_address, mail.to_name = contact["address"], contact["name"]
    mail.language = city_language(spotlight.city)
    mail.facts = {**_facts(spotlight, step, contact, now), "words": mail.facts["words"]}
    render_again(mail, now=now)


def _facts(
    spotlight: Spotlight, step: SpotlightStep, contact: PersonFacts, now: datetime
) -> SpotlightFacts:
    practice, owner = spotlight.practice, step.owner
    return {
        "event": event_facts(practice.event),
        "practice": {
            "title": practice.title,
            "challenge": practice.challenge,
            "approach": practice.approach,
            "impact": practice.impact,
            "slug": practice.slug,
        },
        "city": spotlight.city.name,
        "contact": contact,
        "owner": {"name": owner.name, "role": "", "address": owner.address},
        "answer_by": working_day(today(now) + TIME_TO_ANSWER).isoformat(),
        "words": "",
    }
