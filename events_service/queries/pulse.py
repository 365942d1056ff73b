"""Whether something on an organiser's board is new, asked every few seconds by every open board."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# Every subquery goes by an index on its event; none reads what a text or a letter says.
_PULSE = text("""
select md5(concat_ws('|',
    (select concat_ws(',', revision, cancelled_at, published_at) from event where id = :event),
    (select concat_ws(',', count(*), max(coalesce(sent_again_at, invited_at)), max(revoked_at),
                      count(declined_at), max(declined_at))
     from city_invitation where event_id = :event),
    (select concat_ws(',', count(*), sum(version), sum(offered_seats), max(offer_ends_at))
     from delegation where event_id = :event),
    (select concat_ws(',', count(*), count(*) filter (where partstat <> 'NEEDS-ACTION'),
                      max(answered_at), max(changed_at))
     from invitation
     join member on member.id = invitation.member_id
     join delegation on delegation.id = member.delegation_id
     where delegation.event_id = :event),
    (select concat_ws(',', count(*), max(day_answer.answered_at))
     from day_answer
     join invitation on invitation.id = day_answer.invitation_id
     join member on member.id = invitation.member_id
     join delegation on delegation.id = member.delegation_id
     where delegation.event_id = :event),
    (select concat_ws(',', count(*), max(read_at), max(decided_at))
     from inbound_mail where event_id = :event),
    (select concat_ws(',', count(*), max(decided_at)) from time_proposal where event_id = :event),
    (select concat_ws(',', count(*), max(asked_at), max(due_at), max(applied_at), max(undone_at))
     from pending_change where event_id = :event)))
""")


def pulse_of(session: Session, event_id: int) -> str:
    """32 characters, other ones as soon as an answer, a mail that came in, a delegation, a city
    that was asked, or the event itself has changed. One query."""
    return str(session.scalar(_PULSE, {"event": event_id}))
