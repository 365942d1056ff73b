"""Reminding people who have not answered: drafted, read by a person, and only then queued.

Somebody who has answered is never reminded: not when it is drafted, nor released, nor when the
mail is claimed to be sent (`OutboxMail.only_while_unanswered`). Nor is somebody who was never
asked: their invitation waits in the outbox, or was left out.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.outbox import promised, write_down
from events_service.domain.recipients import recipient_of
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.runs import standing
from events_service.domain.snapshot import answer_link, event_facts, invitation_facts, person_facts
from events_service.itip.day_answers import waits_for_answer
from events_service.letters import LetterName
from events_service.letters.facts import EventFacts
from events_service.letters.member_facts import MemberNudgeFacts
from events_service.model import Delegation, Event, Invitation, Member, OutboxMail
from events_service.model.unheard import unheard_entries
from events_service.translation import gettext as _
from events_service.translation import number

NUDGE: LetterName = "member_nudge"
BETWEEN = timedelta(days=3)  # from one reminder of a person to the next, unless it is confirmed
LONGEST_WORDS = 2000  # characters of the organiser's own


class RemindedLately(Conflict):
    """Some of the people had a reminder in the last days, and nobody confirmed another."""


def unanswered(member: Member) -> list[Invitation]:
    """The invitations of a person that stand and wait for an answer, the earliest days first."""
    open_ones = [
        one
        for one in standing(member)
        if waits_for_answer(one.days, one.partstat, {a.day: a.partstat for a in one.day_answers})
    ]
    return sorted(open_ones, key=lambda one: (min(one.days), one.id))


def is_lately(nudged_at: datetime | None, now: datetime) -> bool:
    """Whether a reminder at that time is too fresh for another one."""
    return nudged_at is not None and now - nudged_at < BETWEEN


def draft_nudges(
    session: Session,
    settings: Settings,
    event: Event,
    member_ids: Collection[int],
    *,
    words: str,
    again: bool = False,
    now: datetime,
) -> int:
    """Draft a reminder to each of these people who has not answered; how many were drafted.

    One letter a person, with the earliest of their entries that wait; one that waits already takes
    the new words. People who answered, who were never asked, or who are not of this event, are
    passed over. RemindedLately when one of them had a reminder in the last three days, unless
    `again`.
    """
    check_may_nudge(event, words, now)
    asked = _asked(session, event, member_ids)
    people = list(asked)
    earlier = _earlier(session, people)
    if not again:
        _refuse_too_soon(people, earlier, now)
    facts = event_facts(event)
    waiting = _waiting(session, people)
    write_down(
        session,
        [
            _row(settings, facts, entry, _round(member, earlier), words, now)
            for member, entry in asked.items()
            if member.id not in waiting
        ],
    )
    for member, entry in asked.items():
        if member.id in waiting:
            _tell_anew(waiting[member.id], facts, entry, words, now)
    session.flush()
    return len(people)


def check_may_nudge(event: Event, words: str, now: datetime) -> None:
    if event.cancelled_at is not None:
        raise Conflict(_("This workshop was cancelled, so nobody is asked any more."))
    if event.ends_on < now.astimezone(event.zone).date():
        raise Conflict(_("This workshop is over, so nobody is asked any more."))
    if len(words) > LONGEST_WORDS:
        raise Refusal(_("Shorten your words to %(most)s characters.", most=number(LONGEST_WORDS)))


def _asked(session: Session, event: Event, numbers: Collection[int]) -> dict[Member, Invitation]:
    """Those of the people who have not answered, each with the earliest of the entries that they
    were told of and that wait."""
    unheard = set(session.scalars(unheard_entries(OutboxMail.event_id == event.id)))
    found = {}
    for member in coming_people(session, event, numbers):
        told = [one for one in unanswered(member) if one.id not in unheard]
        if told:
            found[member] = told[0]
    return found


def coming_people(session: Session, event: Event, numbers: Collection[int]) -> list[Member]:
    """Those of the people who are in a confirmed delegation to this event."""
    return list(
        session.scalars(
            select(Member)
            .join(Delegation)
            .where(
                Delegation.event_id == event.id,
                Delegation.state == "confirmed",
                Member.removed_at.is_(None),
                Member.id.in_(numbers),
            )
            .options(
                joinedload(Member.delegation, innerjoin=True),
                selectinload(Member.invitations).selectinload(Invitation.day_answers),
            )
            .order_by(Member.id)
        )
    )


def _waiting(session: Session, members: Sequence[Member]) -> dict[int | None, OutboxMail]:
    """Reminders of these people that nobody has released, by number of the person."""
    found = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.letter == NUDGE,
            OutboxMail.state == "drafted",
            OutboxMail.member_id.in_([one.id for one in members]),
        )
        .with_for_update()
    )
    return {mail.member_id: mail for mail in found}


def _tell_anew(
    mail: OutboxMail, event: EventFacts, entry: Invitation, words: str, now: datetime
) -> None:
    member = entry.member
    mail.invitation_id = entry.id
    approval.tell_anew(
        mail, recipient_of(member), nudge_facts(event, member, entry, words, now), now=now
    )


def _earlier(session: Session, members: Sequence[Member]) -> list[Any]:
    """The reminders that there are of these people, whatever became of them."""
    asked = select(OutboxMail.member_id, OutboxMail.state, OutboxMail.approved_at).where(
        OutboxMail.letter == NUDGE, OutboxMail.member_id.in_([one.id for one in members])
    )
    return list(session.execute(asked))


def _refuse_too_soon(people: Sequence[Member], earlier: Sequence[Any], now: datetime) -> None:
    lately = {
        one.member_id
        for one in earlier
        if one.state != "discarded" and is_lately(one.approved_at, now)
    }
    names = [member.name for member in people if member.id in lately]
    if names:
        raise RemindedLately(
            _(
                "Reminded in the last three days: %(names)s. Leave them out, or confirm that they "
                "are to be written to again.",
                names="; ".join(names),
            )
        )


def _round(member: Member, earlier: Sequence[Any]) -> int:
    return 1 + len([one for one in earlier if one.member_id == member.id])


def _row(
    settings: Settings,
    facts: EventFacts,
    entry: Invitation,
    time: int,
    words: str,
    now: datetime,
) -> dict[str, Any]:
    member = entry.member
    return promised(
        NUDGE,
        recipient_of(member),
        key=f"{NUDGE}:{member.id}:{time}",
        facts=nudge_facts(facts, member, entry, words, now),
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=True,
        only_while_unanswered=True,
        event_id=member.delegation.event_id,
        city_id=member.delegation.city_id,
        member_id=member.id,
        invitation_id=entry.id,
    )


def nudge_facts(
    event: EventFacts, member: Member, invitation: Invitation, words: str, now: datetime
) -> MemberNudgeFacts:
    """The REQUEST again: the same SEQUENCE, and a newer DTSTAMP."""
    return {
        "event": event,
        "city": member.delegation.city.name,
        "city_timezone": member.delegation.city.timezone,
        "member": person_facts(member),
        "named_by": member.delegation.contact_address,
        "copied_to_office": member.assistant_address is not None,
        "days": [day.isoformat() for day in member.days],
        "invitation": invitation_facts(invitation, now),
        "words": words,
        "link": answer_link(member),
    }
