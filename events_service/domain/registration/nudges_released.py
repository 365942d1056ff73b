"""Reminders that were drafted: reworded, put aside, or released once a person has read them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.domain.delivery import approval
from events_service.domain.delivery.batch import Released, check_were_read, drafts_of, release
from events_service.domain.registration.nudging import (
    NUDGE,
    check_may_nudge,
    coming_people,
    nudge_facts,
    unanswered,
)
from events_service.domain.snapshot import event_facts
from events_service.model import Account, Event, OutboxMail


def reword_nudges(
    session: Session, event: Event, words: str, *, read: Mapping[int, str], now: datetime
) -> None:
    """Put other words into every reminder that waits; each is written anew, of what holds now.

    `read`: digests of what the person saw, by number of the mail, so that one edit can't undo
    another unseen.
    """
    check_may_nudge(event, words, now)
    drafts = drafts_of(session, event, NUDGE)
    check_were_read(drafts, read)
    facts = event_facts(event)
    people = {one.id: one for one in coming_people(session, event, [_to(mail) for mail in drafts])}
    for mail in drafts:
        member = people.get(_to(mail))
        open_ones = unanswered(member) if member else []
        if member is None or not open_ones:
            approval.put_aside(session, mail.id)
            continue
        mail.invitation_id = open_ones[0].id
        mail.facts = {**nudge_facts(facts, member, open_ones[0], words, now)}
        approval.render_again(mail, now=now)
    session.flush()


def release_nudges(
    session: Session, event: Event, approver: Account, *, read: Mapping[int, str], now: datetime
) -> Released:
    """Let every reminder go that was read; those that have no use any more are put aside.

    Conflict, and nothing leaves, when one of them is not what the person read (`read`: digests by
    number of the mail), or when none waits.
    """
    check_may_nudge(event, "", now)
    drafts = drafts_of(session, event, NUDGE)
    return release(session, drafts, approver, read=read, now=now)


def put_nudges_aside(session: Session, event: Event, member_id: int | None = None) -> int:
    """Send none of the reminders that wait, or not the one to this person; how many those were."""
    waiting = drafts_of(session, event, NUDGE)
    drafts = [one for one in waiting if member_id in (None, one.member_id)]
    for mail in drafts:
        approval.put_aside(session, mail.id)
    return len(drafts)


def _to(mail: OutboxMail) -> int:
    assert mail.member_id is not None
    return mail.member_id
