"""Taking mail that is due, so that no other worker sends it meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, text

from events_service.domain.delivery.backoff import MOST_TRIES
from events_service.domain.delivery.conditions import OUTDATED
from events_service.model.mail import OnUnknown

LEASE = timedelta(seconds=120)  # longer than the three steps of DATA, each of 30 seconds
BATCH = 50

# Also the sweeper: a row whose lease has ended is as good as due. It was `claimed`: nothing had
# been handed over, it is taken anew. It was `sending`: nobody knows, and its policy decides; one
# that has no use any more is never sent again, and stays `unknown`, since it may have arrived.
# Leases are the database's time, so that no process's clock can steal one. The states stand in
# the text, not in parameters, so that the planner sees that the partial index fits.
# The copy of a mail is left out where its address was refused.
SUPPRESSED = "exists (select from suppressed_address where address = lower(mail.to_address))"
COPY_SUPPRESSED = SUPPRESSED.replace("to_address", "cc_address")
CLAIM = text(f"""
with due as (
    select id from outbox_mail
    where state in ('queued', 'claimed', 'sending', 'retry')
      and rendered is not null
      and case when state in ('queued', 'retry') then due_at <= :now
               else lease_until < clock_timestamp() end
    order by priority, due_at, id
    limit :size
    for update skip locked
)
update outbox_mail as mail
set state = case when {OUTDATED} then
                      case when mail.state = 'sending' then 'unknown' else 'discarded' end
                 when mail.state <> 'sending' and {SUPPRESSED} then 'dead'
                 when mail.state <> 'sending' then 'claimed'
                 when mail.on_unknown = 'hold' then 'unknown'
                 when mail.attempts >= {MOST_TRIES} then 'dead'
                 else 'claimed' end,
    last_answer = case when mail.state = 'sending'
                       then 'No answer: the worker ended while it was sending'
                       when {OUTDATED} then 'Not sent: answered or changed meanwhile'
                       when {SUPPRESSED} then 'Not tried: this address was refused before'
                       else mail.last_answer end,
    fence = mail.fence + 1,
    lease_until = clock_timestamp() + :lease
from due where mail.id = due.id
returning mail.id, mail.state, mail.fence, mail.attempts, mail.letter, mail.to_address,
          case when not {COPY_SUPPRESSED} then mail.cc_address end as cc_address,
          mail.rendered, mail.approved_hash, mail.on_unknown, mail.priority, mail.due_at,
          mail.trace_id
""")  # noqa: S608 (words and a number of ours)

# This commit need not reach the disk at once when the letter would be sent again anyway: should
# the database lose it in a crash, the row is `claimed` and its lease ends. Everybody sees it at
# once either way. Waiting for the disk is half of what sending costs us.
MARK_SENDING = text("""
update outbox_mail
set state = 'sending', attempts = :attempts, lease_until = clock_timestamp() + :lease
where id = :id and fence = :fence and state = 'claimed'
  and set_config('synchronous_commit', case on_unknown when 'resend' then 'off'
                 else current_setting('synchronous_commit') end, true) is not null
""")


@dataclass(frozen=True)
class Claimed:
    """A mail that is ours to send, as long as its fence stands."""

    id: int
    fence: int
    attempts: int  # tries before this one
    letter: str
    to_address: str
    cc_address: str | None
    rendered: bytes  # stored form
    approved_hash: str | None
    on_unknown: OnUnknown
    priority: int
    trace_id: str | None

    @property
    def tries(self) -> int:
        """The number of the present try."""
        return self.attempts + 1

    @property
    def domain(self) -> str:
        return self.to_address.rpartition("@")[2].lower()


@dataclass(frozen=True)
class Claim:
    """What one claim took: mail to send, and how many rows it put aside: of ended leases, to
    addresses that were refused for good, or reminders that have no use any more."""

    mails: list[Claimed]
    put_aside: int

    def __bool__(self) -> bool:
        return bool(self.mails or self.put_aside)


def claim(
    connection: Connection, *, now: datetime, size: int = BATCH, lease: timedelta = LEASE
) -> Claim:
    """Take up to `size` rendered mails that are due, urgent ones and oldest ones first."""
    rows = connection.execute(CLAIM, {"now": now, "size": size, "lease": lease}).all()
    ours = [row for row in rows if row.state == "claimed"]
    ours.sort(key=lambda row: (row.priority, row.due_at, row.id))
    return Claim([_claimed(row._mapping) for row in ours], put_aside=len(rows) - len(ours))


def mark_sending(connection: Connection, mail: Claimed, *, lease: timedelta = LEASE) -> bool:
    """Write down that the text is about to go out, and renew the lease.

    False: the lease had ended and somebody else has the mail. Then it must not be sent.
    """
    marked = connection.execute(
        MARK_SENDING,
        {"id": mail.id, "fence": mail.fence, "attempts": mail.tries, "lease": lease},
    )
    return marked.rowcount == 1


def _claimed(row: RowMapping) -> Claimed:
    return Claimed(
        id=row["id"],
        fence=row["fence"],
        attempts=row["attempts"],
        letter=row["letter"],
        to_address=row["to_address"],
        cc_address=row["cc_address"],
        rendered=row["rendered"],
        approved_hash=row["approved_hash"],
        on_unknown=row["on_unknown"],
        priority=row["priority"],
        trace_id=row["trace_id"],
    )
