"""Writing down what became of a claimed mail. Every change checks the fence: a worker whose
lease has ended changes nothing any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from events_service.domain.delivery.claim import LEASE, Claimed
from events_service.domain.delivery.verdict import Answer, Verdict
from events_service.model.mail import Transport

LONGEST_ANSWER = 500  # characters kept of what a server says

# With the settled mail the next one may be marked as being sent: one commit instead of two. It
# is marked some words too early then, so only when it would be sent again anyway.
SETTLE = text("""
with settled as (
    update outbox_mail
    set state = :state, attempts = :attempts, last_answer = :answer, lease_until = null,
        due_at = coalesce(:due_at, due_at), sent_at = :sent_at, sent_via = :sent_via
    where id = :id and fence = :fence and state in ('claimed', 'sending')
    returning id
), marked as (
    update outbox_mail
    set state = 'sending', attempts = :ahead_attempts, lease_until = clock_timestamp() + :lease
    where id = :ahead_id and fence = :ahead_fence and state = 'claimed' and on_unknown = 'resend'
    returning id
)
select exists (select from settled) as settled, exists (select from marked) as ahead
""")

SUPPRESS = text("""
insert into suppressed_address (address, since, answer) values (:address, :now, :answer)
on conflict do nothing
""")

RELEASE = text("""
update outbox_mail as mail
set state = 'queued', lease_until = null, due_at = coalesce(:due_at, mail.due_at)
from unnest(cast(:ids as bigint[]), cast(:fences as integer[])) as held(id, fence)
where mail.id = held.id and mail.fence = held.fence and mail.state = 'claimed'
""")

PUT_OFF = text("""
with waiting as (
    select id from outbox_mail
    where state in ('queued', 'claimed', 'sending', 'retry')
      and state in ('queued', 'retry') and due_at < :until and priority > 0
      and (cast(:domain as text) is null or lower(split_part(to_address, '@', 2)) = :domain)
    for update skip locked
)
update outbox_mail as mail set due_at = :until from waiting where mail.id = waiting.id
""")


@dataclass(frozen=True)
class Settled:
    """Whether the mail was still ours to settle, and whether the next one is marked `sending`."""

    mail: bool
    ahead: bool


def settle(
    connection: Connection,
    mail: Claimed,
    verdict: Verdict,
    answer: Answer,
    *,
    via: Transport,
    now: datetime,
    ahead: Claimed | None = None,
) -> Settled:
    """Put the mail in the state of the verdict, and mark `ahead`, which is sent next."""
    sent = verdict.state == "sent"
    row = connection.execute(
        SETTLE,
        {
            "id": mail.id,
            "fence": mail.fence,
            "state": verdict.state,
            "attempts": mail.tries,
            "answer": _kept(answer),
            "due_at": now + verdict.wait if verdict.wait is not None else None,
            "sent_at": now if sent else None,
            "sent_via": via if sent else None,
            "ahead_id": ahead.id if ahead else None,
            "ahead_fence": ahead.fence if ahead else None,
            "ahead_attempts": ahead.tries if ahead else None,
            "lease": LEASE,
        },
    ).one()
    if row.settled and answer.refuses_the_address:
        known = {"address": mail.to_address.lower(), "now": now, "answer": _kept(answer)}
        connection.execute(SUPPRESS, known)
    return Settled(mail=row.settled, ahead=row.ahead)


def release(
    connection: Connection, mails: Sequence[Claimed], *, due_at: datetime | None = None
) -> None:
    """Give back claimed mail that was not tried; `due_at` puts it off."""
    if mails:
        connection.execute(
            RELEASE,
            {
                "ids": [mail.id for mail in mails],
                "fences": [mail.fence for mail in mails],
                "due_at": due_at,
            },
        )


def put_off(connection: Connection, until: datetime, *, domain: str | None = None) -> None:
    """Let waiting mail (to one domain, else all) wait until then at least. Urgent mail does not
    wait: it is the first to find out that a server is back."""
    connection.execute(PUT_OFF, {"until": until, "domain": domain})


def _kept(answer: Answer) -> str:
    words = f"{answer.code} {answer.text}" if answer.code is not None else answer.text
    return words[:LONGEST_ANSWER].replace("\x00", "")
