"""Sending somebody their calendar entry again because they asked for it (REFRESH, RFC 5546
§3.2.6): as it stands now, with its SEQUENCE and a new DTSTAMP, to the address that is on file."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import promised, write_down
from events_service.domain.rates import within_rate
from events_service.domain.recipients import recipient_of
from events_service.domain.refusals import Conflict, TooOften
from events_service.domain.snapshot import event_facts, invitation_facts
from events_service.letters.facts import EventFacts
from events_service.model import Invitation, OutboxMail
from events_service.model.unheard import UNTOLD
from events_service.translation import gettext as _

CALENDAR_LETTERS = ("member_invited", "member_updated", "member_cancelled")
AGAIN = "again:"  # how the keys of such letters begin
MOST, PER = 3, timedelta(days=1)


class SentTooOften(TooOften):
    """The invitation was sent again often enough for a day."""


class NeverSent(Conflict):
    """No letter with this calendar entry as it stands has left, so there is none to send again."""


def send_again(
    session: Session, settings: Settings, invitation: Invitation, *, cause: str, now: datetime
) -> None:
    """Promise the last letter with this entry once more: the REQUEST, or the CANCEL if it was
    cancelled. NeverSent while the letter about its last change waits to be read. At most three a
    day; SentTooOften above that. Once for each `cause`."""
    last = last_letters(session, [invitation.id]).get(invitation.id)
    if last is None:
        raise NeverSent(_("This invitation was never sent, so it can’t be sent again."))
    if last.facts["invitation"]["sequence"] != invitation.sequence:
        raise NeverSent(
            _(
                "Asked for the invitation, which has changed since it was sent. Release the letter "
                "that says so, which waits in the outbox."
            )
        )
    if not within_rate(session, f"refresh:{invitation.id}", limit=MOST, per=PER, now=now):
        raise SentTooOften(
            _(
                "Asked for the invitation, which was sent again %(times)s times today already.",
                times=MOST,
            )
        )
    facts = event_facts(invitation.member.delegation.event)
    row = once_more(settings, last.letter, last.facts, facts, invitation, cause=cause, now=now)
    write_down(session, [row])


def once_more(
    settings: Settings,
    letter: str,
    before: Mapping[str, Any],
    event: EventFacts,
    invitation: Invitation,
    *,
    cause: str,
    now: datetime,
    for_approval: bool = False,
) -> dict[str, Any]:
    """The row of a letter about this entry as it stands now. `letter`, `before`: name and facts of
    the last one. It is put aside instead of sent if the entry changes before it leaves."""
    member = invitation.member
    return promised(
        letter,
        recipient_of(member),
        key=f"{AGAIN}{invitation.uid}:{invitation.sequence}:{cause}",
        facts={**before, "event": event, "invitation": invitation_facts(invitation, now)},
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=for_approval,
        event_id=member.delegation.event_id,
        city_id=member.delegation.city_id,
        member_id=member.id,
        invitation_id=invitation.id,
    )


def last_letters(
    session: Session, entries: Collection[int], letters: Collection[str] = CALENDAR_LETTERS
) -> dict[int, Any]:
    """By entry: name and facts of the last of these letters that carried it and has left, or is
    leaving. One that waits to be read, or was left out, tells nobody anything."""
    found = session.execute(
        select(OutboxMail.invitation_id, OutboxMail.letter, OutboxMail.facts)
        .ext(distinct_on(OutboxMail.invitation_id))
        .where(
            OutboxMail.invitation_id.in_(entries),
            OutboxMail.letter.in_(letters),
            OutboxMail.state.not_in(UNTOLD),
        )
        .order_by(OutboxMail.invitation_id, OutboxMail.id.desc())
    )
    return {row.invitation_id: row for row in found}
