"""Keeping drafted letters true: whatever waits in the outbox of an event tells what holds now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from events_service.domain.delivery import approval
from events_service.domain.delivery.conditions import outdated_of
from events_service.domain.delivery.outbox_groups import waits_at
from events_service.domain.snapshot import event_facts, invitation_facts
from events_service.letters.facts import EventFacts
from events_service.model import CityInvitation, Delegation, Event, Invitation, Member, OutboxMail

TELL_OF_AN_ENTRY = ("member_invited", "member_updated", "member_cancelled")


def refresh_drafts(session: Session, event: Event, now: datetime) -> None:
    """Have the letters that wait at this event tell its present facts, and put those aside that
    have no use any more: all of them when it was cancelled.

    Call it once a change is carried out. What the change promised to people who have not been told
    of their entry yet is dropped: the letter that waits tells it. An entry that they get more waits
    with it.
    """
    session.flush()
    drafts = session.scalars(
        select(OutboxMail).where(waits_at(event.id)).order_by(OutboxMail.id).with_for_update()
    ).all()
    if not drafts:
        return
    _drop_news_of_untold(session, drafts, now)
    _hold_new_entries(session, event.id, drafts, now)
    if event.cancelled_at is not None:
        for mail in drafts:
            mail.state = "discarded"
    else:
        _tell_anew(session, event, drafts, now)
    session.flush()


def _tell_anew(session: Session, event: Event, drafts: Sequence[OutboxMail], now: datetime) -> None:
    facts = event_facts(event)
    entries = _entries(session, drafts)
    asked = _asked(session, event, drafts)
    for mail in drafts:
        entry = entries.get(mail.invitation_id or 0)
        fresh = _facts(mail, facts, event, entry, asked.get(mail.city_id or 0), now)
        if _lasting(fresh) != _lasting(mail.facts):
            mail.facts = fresh
            approval.render_again(mail, now=now)
    outdated = outdated_of(session, [mail.id for mail in drafts], now=now)
    for mail in drafts:
        if mail.id in outdated:
            mail.state = "discarded"


def _facts(
    mail: OutboxMail,
    event_now: EventFacts,
    event: Event,
    entry: Invitation | None,
    asked: CityInvitation | None,
    now: datetime,
) -> dict[str, Any]:
    facts: dict[str, Any] = {**mail.facts, "event": event_now}
    if "closes_at" in facts:
        facts["closes_at"] = event.registration_closes_at.isoformat()
    if mail.letter == "city_invited":
        facts["summary"] = event.summary
    if mail.letter == "city_reminder" and asked is not None:
        facts["started"] = asked.delegation is not None
        facts["addressee"] = asked.addressee
        facts["seats"], facts["seats_elected"] = asked.seats, asked.seats_elected
    if entry is not None and entry.cancelled_at is None:
        facts["invitation"] = invitation_facts(entry, now)
        if "days" in facts:
            facts["days"] = [day.isoformat() for day in entry.member.days]
    return facts


def _lasting(facts: dict[str, Any]) -> dict[str, Any]:
    """Without when the entry was last written, which is other at each try."""
    if "invitation" not in facts:
        return facts
    return {**facts, "invitation": {**facts["invitation"], "dtstamp": ""}}


def _drop_news_of_untold(session: Session, drafts: Sequence[OutboxMail], now: datetime) -> None:
    untold = {mail.invitation_id for mail in drafts if mail.letter == "member_invited"} - {None}
    if untold:
        session.execute(
            delete(OutboxMail).where(
                OutboxMail.invitation_id.in_(untold),
                OutboxMail.letter.in_(TELL_OF_AN_ENTRY),
                OutboxMail.state == "queued",
                OutboxMail.created_at == now,
            )
        )


def _hold_new_entries(
    session: Session, event_id: int, drafts: Sequence[OutboxMail], now: datetime
) -> None:
    """Nobody hears that they have a place by the second of their entries, while the letter about
    the first still waits."""
    people = {mail.member_id for mail in drafts if mail.letter == "member_invited"} - {None}
    if people:
        session.execute(
            update(OutboxMail)
            .where(
                OutboxMail.event_id == event_id,
                OutboxMail.member_id.in_(people),
                OutboxMail.letter == "member_invited",
                OutboxMail.state == "queued",
                OutboxMail.created_at == now,
            )
            .values(state="drafted")
        )


def _entries(session: Session, drafts: Sequence[OutboxMail]) -> dict[int, Invitation]:
    numbers = [mail.invitation_id for mail in drafts if mail.invitation_id is not None]
    found = session.scalars(
        select(Invitation)
        .where(Invitation.id.in_(numbers))
        .options(
            joinedload(Invitation.member, innerjoin=True)
            .joinedload(Member.delegation, innerjoin=True)
            .joinedload(Delegation.event, innerjoin=True)
        )
    )
    return {one.id: one for one in found}


def _asked(
    session: Session, event: Event, drafts: Sequence[OutboxMail]
) -> dict[int, CityInvitation]:
    cities = [mail.city_id for mail in drafts if mail.letter == "city_reminder"]
    found = session.scalars(
        select(CityInvitation)
        .where(CityInvitation.event_id == event.id, CityInvitation.city_id.in_(cities))
        .options(joinedload(CityInvitation.delegation))
    )
    return {one.city_id: one for one in found}
