"""Keeping drafted letters true: whatever waits in the outbox of an event tells what holds now."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events_service.domain.delivery import approval
from events_service.domain.delivery.conditions import outdated_of
from events_service.domain.delivery.outbox_groups import waits_at
from events_service.domain.registration.sending_again import AGAIN
from events_service.domain.scheduling.untold_entries import (
    drop_news,
    first_letters,
    hold_new_entries,
)
from events_service.domain.snapshot import event_facts, invitation_facts
from events_service.letters.facts import EventFacts
from events_service.model import CityInvitation, Delegation, Event, Invitation, Member, OutboxMail


def refresh_drafts(session: Session, event: Event, now: datetime) -> None:
    """Have the letters that wait at this event tell its present facts, also those that were left
    out, and put those aside that have no use any more: all of them when it was cancelled.

    Call it once a change is carried out. What the change promised to people who have not been told
    of their entry yet is dropped: the first letter tells it. An entry that they get more waits
    with it. An entry that is sent again gives way to the news of a change.
    """
    session.flush()
    drafts = session.scalars(
        select(OutboxMail).where(waits_at(event.id)).order_by(OutboxMail.id).with_for_update()
    ).all()
    first = first_letters(session, event.id, now)
    if not drafts and not first:
        return
    drop_news(session, first, now)
    hold_new_entries(session, event.id, first, now)
    if event.cancelled_at is not None:
        for mail in drafts:
            mail.state = "discarded"
    else:
        left_out = [mail for mail in first if mail.state == "discarded"]  # may be put back
        _tell_anew(session, event, [*drafts, *left_out], now)
    session.flush()


def refresh_first_letters(
    session: Session, event: Event, members: Collection[int], now: datetime
) -> None:
    """As refresh_drafts, once a city has changed its delegation, of those of its people, by
    number, who have not been told of their entry yet."""
    session.flush()
    first = first_letters(session, event.id, now, members)
    if first:
        drop_news(session, first, now)
        hold_new_entries(session, event.id, first, now)
        _tell_anew(session, event, first, now)
        session.flush()


def _tell_anew(session: Session, event: Event, drafts: Sequence[OutboxMail], now: datetime) -> None:
    facts = event_facts(event)
    entries = _entries(session, drafts)
    asked = _asked(session, event, drafts)
    aside = _put_outdated_aside(session, [mail for mail in drafts if _again(mail)], now)
    for mail in drafts:
        if mail.id in aside:
            continue
        entry = entries.get(mail.invitation_id or 0)
        fresh = _facts(mail, facts, event, entry, asked.get(mail.city_id or 0), now)
        if _lasting(fresh) != _lasting(mail.facts):
            mail.facts = fresh
            approval.render_again(mail, now=now)
    _put_outdated_aside(session, drafts, now)


def _put_outdated_aside(
    session: Session, drafts: Sequence[OutboxMail], now: datetime
) -> Collection[int]:
    """Numbers of those."""
    outdated = outdated_of(session, [mail.id for mail in drafts], now=now)
    for mail in drafts:
        if mail.id in outdated:
            mail.state = "discarded"
    return outdated


def _again(mail: OutboxMail) -> bool:
    """Sends an entry that its person was told of before."""
    return mail.dedupe_key.startswith(AGAIN)


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
        facts["summary"], facts["approves"] = event.summary, event.approves_delegations
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
