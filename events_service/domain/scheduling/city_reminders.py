"""Reminding cities that have not answered before registration closes: drafted by a worker, read by
an organiser, and only then queued.

A city that has answered is never reminded: not when it is drafted, nor when it is released, nor
when it is claimed (see events_service.domain.delivery.conditions).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.outbox import promised, write_down
from events_service.domain.recipients import invited_by
from events_service.domain.registration.form import closed_because
from events_service.domain.scheduling.refreshing import refresh_drafts
from events_service.domain.scheduling.reminder_rounds import AHEAD, RESPITE, Round, due_round
from events_service.domain.snapshot import city_link, event_facts
from events_service.letters import LetterName
from events_service.letters.city_facts import CityReminderFacts
from events_service.model import CityInvitation, Delegation, Event, OutboxMail
from events_service.model.first_letters import first_letter

REMINDER: LetterName = "city_reminder"


def draft_due_reminders(session: Session, settings: Settings, *, now: datetime) -> int:
    """Draft a reminder to each city that is silent when a round is due; how many were drafted.

    A second run changes nothing: a letter's key is its city's invitation, the deadline and the
    round. Drafts that wait are kept true: put aside when the city has answered, written anew when
    the workshop has changed.
    """
    drafted = 0
    for event in _to_look_at(session, now):
        refresh_drafts(session, event, now)
        due = due_round(event.registration_closes_at, event.zone, now)
        if due is not None and closed_because(event, now) is None:
            drafted += _draft(session, settings, event, due, now)
    return drafted


def reminder_facts(invitation: CityInvitation, words: str) -> CityReminderFacts:
    event, city = invitation.event, invitation.city
    return {
        "event": event_facts(event),
        "city": city.name,
        "city_timezone": city.timezone,
        "addressee": invitation.addressee,
        "seats": invitation.seats,
        "seats_elected": invitation.seats_elected,
        "started": invitation.delegation is not None,
        "closes_at": event.registration_closes_at.isoformat(),
        "words": words,
        "link": city_link(invitation),
    }


def _to_look_at(session: Session, now: datetime) -> list[Event]:
    """Events whose registration closes soon, and those for which a reminder waits."""
    closes_at = Event.registration_closes_at
    waits = exists().where(
        OutboxMail.event_id == Event.id,
        OutboxMail.letter == REMINDER,
        OutboxMail.state == "drafted",
    )
    soon = and_(closes_at > now, closes_at <= now + AHEAD)
    return list(
        session.scalars(
            select(Event)
            .where(closes_at > now - AHEAD, or_(soon, waits))
            .options(selectinload(Event.sessions))
            .order_by(Event.id)
        )
    )


def _draft(session: Session, settings: Settings, event: Event, due: Round, now: datetime) -> int:
    silent = _silent(session, event, due)
    rows = [_row(settings, one, due, now) for one in silent]
    if rows:
        _put_earlier_aside(session, event, [one.city_id for one in silent])
    write_down(session, rows)
    return len(rows)


def _silent(session: Session, event: Event, due: Round) -> list[CityInvitation]:
    """Cities that were asked in time before the round, and again or reminded of it no later, that
    have not answered and for which there is no letter of this round."""
    long_enough = due.due_at - RESPITE
    key = func.concat(f"{REMINDER}:", cast(CityInvitation.id, String), _of_round(event, due))
    return list(
        session.scalars(
            select(CityInvitation)
            .outerjoin(Delegation, Delegation.city_invitation_id == CityInvitation.id)
            .where(
                CityInvitation.event_id == event.id,
                CityInvitation.revoked_at.is_(None),
                CityInvitation.declined_at.is_(None),
                func.coalesce(Delegation.state, "draft") == "draft",
                first_letter() == "gone",
                CityInvitation.invited_at <= long_enough,
                or_(
                    CityInvitation.sent_again_at.is_(None),
                    CityInvitation.sent_again_at <= long_enough,
                ),
                ~exists().where(OutboxMail.dedupe_key == key),
                ~exists().where(_reminded_since(long_enough)),
            )
            .options(joinedload(CityInvitation.delegation))
            .order_by(CityInvitation.id)
        )
    )


def _reminded_since(moment: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMail.event_id == CityInvitation.event_id,
        OutboxMail.city_id == CityInvitation.city_id,
        OutboxMail.letter == REMINDER,
        OutboxMail.approved_at > moment,
    )


def _put_earlier_aside(session: Session, event: Event, city_ids: Collection[int]) -> None:
    """Nobody released the letters of the round before, and this one takes their place."""
    session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.event_id == event.id,
            OutboxMail.letter == REMINDER,
            OutboxMail.state == "drafted",
            OutboxMail.city_id.in_(city_ids),
        )
        .values(state="discarded")
    )


def _of_round(event: Event, due: Round) -> str:
    """The end of a letter's key: a new deadline has rounds of its own."""
    return f":{int(event.registration_closes_at.timestamp())}:{due.days}"


def _row(
    settings: Settings, invitation: CityInvitation, due: Round, now: datetime
) -> dict[str, Any]:
    return promised(
        REMINDER,
        invited_by(invitation),
        key=f"{REMINDER}:{invitation.id}{_of_round(invitation.event, due)}",
        facts=reminder_facts(invitation, ""),
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=True,
        event_id=invitation.event_id,
        city_id=invitation.city_id,
    )
