"""Which promised mails are to be rendered, and keeping what was made of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from events_service.domain.delivery.backoff import MOST_RENDERINGS, wait_after
from events_service.model.mail import MailState

BATCH = 50

# A letter that waits for approval is rendered before it is due to anyone: a person reads it. The
# states stand in the text, so that the planner sees that the partial index fits.
TAKE = text(f"""
select id, state, letter, facts, to_address, to_name, cc_address, language, message_id,
       created_at, render_attempts, trace_id
from outbox_mail
where rendered is null and state in ('queued', 'drafted') and due_at <= :now
  and (state = 'queued' or render_attempts < {MOST_RENDERINGS})
order by priority, due_at, id
limit :size
for update skip locked
""")  # noqa: S608 (a number of ours)

KEEP = text("""
update outbox_mail
set rendered = :rendered, rendered_at = :now, subject = :subject, calendar_method = :method,
    last_answer = null
where id = :id
""")

REFUSE = text("""
update outbox_mail
set state = :state, render_attempts = :attempts, due_at = :due_at, last_answer = :why
where id = :id
""")


@dataclass(frozen=True)
class Unrendered:
    """A promise, as it was written; locked until the transaction ends."""

    id: int
    state: MailState
    letter: str
    facts: dict[str, Any]
    to_address: str
    to_name: str
    cc_address: str | None
    language: str
    message_id: str
    created_at: datetime
    render_attempts: int
    trace_id: str | None


def take_unrendered(session: Session, *, now: datetime, size: int = BATCH) -> list[Unrendered]:
    """Up to `size` promises to render, urgent ones first; those another worker has are left out."""
    rows = session.execute(TAKE, {"now": now, "size": size})
    return [Unrendered(**row) for row in rows.mappings()]


def keep(
    session: Session,
    mail: Unrendered,
    rendered: bytes,
    *,
    subject: str,
    method: str | None,
    now: datetime,
) -> None:
    """Keep the stored form of a letter; `method` is that of its calendar part."""
    session.execute(
        KEEP,
        {"id": mail.id, "rendered": rendered, "subject": subject, "method": method, "now": now},
    )


def refuse(
    session: Session,
    mail: Unrendered,
    why: str,
    *,
    chance: float,
    now: datetime,
    at_once: bool = False,
) -> MailState:
    """Note that a letter could not be rendered; try later, at most five times (`at_once`: never).
    The new state.

    A drafted letter stays drafted, since dead mail can be sent again without approval.
    """
    attempts = MOST_RENDERINGS if at_once else mail.render_attempts + 1
    given_up = attempts >= MOST_RENDERINGS and mail.state == "queued"
    state: MailState = "dead" if given_up else mail.state
    session.execute(
        REFUSE,
        {
            "id": mail.id,
            "state": state,
            "attempts": attempts,
            "due_at": now + wait_after(attempts, chance),
            "why": f"The letter can't be rendered: {why}",
        },
    )
    return state
