"""Reminders to cities that were drafted: reworded, put aside, or released once they were read."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.domain.delivery import approval
from events_service.domain.delivery.batch import Released, check_were_read, drafts_of, release
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.form import closed_because
from events_service.domain.registration.nudging import LONGEST_WORDS
from events_service.domain.scheduling.city_reminders import (
    REMINDER,
    invitations_of,
    reminder_facts,
)
from events_service.model import Account, Event


def reword_reminders(
    session: Session, event: Event, words: str, *, read: Mapping[int, str], now: datetime
) -> None:
    """Put other words into every reminder that waits; each is written anew, of what holds now.

    `read`: digests of what the person saw, by number of the mail.
    """
    _refuse_when_closed(event, now)
    if len(words) > LONGEST_WORDS:
        raise Refusal(f"Shorten your words to {LONGEST_WORDS:,} characters.")
    drafts = drafts_of(session, event, REMINDER)
    check_were_read(drafts, read)
    asked = invitations_of(session, event, drafts)
    for mail in drafts:
        assert mail.city_id is not None
        mail.facts = {**reminder_facts(asked[mail.city_id], words)}
        approval.render_again(mail, now=now)
    session.flush()


def release_reminders(
    session: Session, event: Event, approver: Account, *, read: Mapping[int, str], now: datetime
) -> Released:
    """Let every reminder go that was read; those whose city has answered are put aside.

    Conflict, and nothing leaves, when one of them is not what the person read, when none waits, or
    when registration has closed.
    """
    _refuse_when_closed(event, now)
    drafts = drafts_of(session, event, REMINDER)
    return release(session, drafts, approver, read=read, now=now)


def put_reminders_aside(session: Session, event: Event, city_id: int | None = None) -> int:
    """Send none of the reminders that wait, or not the one to this city; how many those were."""
    waiting = drafts_of(session, event, REMINDER)
    drafts = [one for one in waiting if city_id in (None, one.city_id)]
    for mail in drafts:
        approval.put_aside(session, mail.id)
    return len(drafts)


def _refuse_when_closed(event: Event, now: datetime) -> None:
    if reason := closed_because(event, now):
        raise Conflict(reason)
