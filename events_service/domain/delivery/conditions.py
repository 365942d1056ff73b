"""Whether a mail still fits what is there now. Asked where it is approved, and again inside the
claim, so that what was approved in the morning does not leave when it has no use any more."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

# Of a reminder: the person has answered, their place was taken back, or what their calendar shows
# has changed, so that its REQUEST is an old one. A row of `outbox_mail` is called `mail` here. A
# subquery for one value, not `exists`: that one the planner might compute for all invitations.
PERSON_ANSWERED = """
(mail.only_while_unanswered and not coalesce((
    select asked.cancelled_at is null
           and asked.changed_at <= mail.created_at
           and asked.sequence = cast(mail.facts #>> '{invitation,sequence}' as integer)
           and asked.partstat = 'NEEDS-ACTION'
           and cardinality(asked.days) > (
               select count(*) from day_answer as one_day
               where one_day.invitation_id = asked.id and one_day.day = any(asked.days)
                     and one_day.partstat <> 'NEEDS-ACTION')
    from invitation as asked where asked.id = mail.invitation_id), false))
"""

# Of a reminder to a city: it has registered, withdrawn or declined, its link or its address was
# changed, or the workshop's days or its deadline are others or over.
CITY_ANSWERED = """
(mail.letter = 'city_reminder' and not coalesce((
    select city_asked.revoked_at is null
           and city_asked.declined_at is null
           and city_asked.address = mail.to_address
           and city_asked.link_version = cast(mail.facts #>> '{link,version}' as integer)
           and coalesce(theirs.state, 'draft') = 'draft'
           and event.cancelled_at is null
           and event.starts_on = cast(mail.facts #>> '{event,starts_on}' as date)
           and event.registration_closes_at = cast(mail.facts ->> 'closes_at' as timestamptz)
           and event.registration_closes_at > :now
    from city_invitation as city_asked
    join event on event.id = city_asked.event_id
    left join delegation as theirs on theirs.city_invitation_id = city_asked.id
    where city_asked.event_id = mail.event_id and city_asked.city_id = mail.city_id), false))
"""

# Of an invitation to a city that an organiser drafted: its link was ended or replaced, it goes to
# another address now, or registration is over.
CITY_NOT_ASKED = """
(mail.letter = 'city_invited' and (mail.state = 'drafted' or mail.approved_at is not null)
 and not coalesce((
    select city_asked.revoked_at is null
           and city_asked.address = mail.to_address
           and city_asked.link_version = cast(mail.facts #>> '{link,version}' as integer)
           and event.cancelled_at is null
           and event.registration_closes_at > :now
    from city_invitation as city_asked
    join event on event.id = city_asked.event_id
    where city_asked.event_id = mail.event_id and city_asked.city_id = mail.city_id), false))
"""
# Of an invitation that is sent once more (domain/registration/sending_again.py), or that waited in
# the outbox: what the calendar shows has changed since, and a newer letter says so.
CHANGED_SINCE = """
((starts_with(mail.dedupe_key, 'again:')
  or (mail.letter in ('member_invited', 'member_updated')
      and (mail.state = 'drafted' or mail.approved_at is not null)))
 and not coalesce((
    select asked.changed_at <= mail.created_at
           and asked.sequence = cast(mail.facts #>> '{invitation,sequence}' as integer)
    from invitation as asked where asked.id = mail.invitation_id), false))
"""
OUTDATED = f"({PERSON_ANSWERED} or {CITY_ANSWERED} or {CITY_NOT_ASKED} or {CHANGED_SINCE})"

_ASK = text(f"select id from outbox_mail as mail where id = any(:mail_ids) and {OUTDATED}")  # noqa: S608 (words of ours)


def is_outdated(session: Session, mail_id: int, *, now: datetime) -> bool:
    """Whether the mail would be put aside instead of sent."""
    return bool(outdated_of(session, [mail_id], now=now))


def outdated_of(session: Session, mail_ids: Collection[int], *, now: datetime) -> set[int]:
    """Which of these mails would be put aside instead of sent."""
    session.flush()
    return set(session.scalars(_ASK, {"mail_ids": list(mail_ids), "now": now}))
