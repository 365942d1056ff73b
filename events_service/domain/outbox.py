"""Promising a mail: a row in the outbox, in the transaction of its cause."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.model import OutboxMail
from events_service.model.mail import OnUnknown
from events_service.trace import trace_id

URGENT, ORDINARY, BULK = 0, 1, 2


@dataclass(frozen=True)
class Recipient:
    address: str
    name: str = ""
    cc_address: str | None = None


def promise(
    session: Session,
    letter: str,
    to: Recipient,
    *,
    key: str,
    facts: Mapping[str, Any],
    now: datetime,
    mail_domain: str,
    priority: int = ORDINARY,
    on_unknown: OnUnknown = "resend",
    for_approval: bool = False,
    event_id: int | None = None,
    city_id: int | None = None,
    member_id: int | None = None,
    invitation_id: int | None = None,
) -> None:
    """Write the mail that `letter` makes of `facts` (JSON) into the outbox, once per `key`.

    A second promise under the same key changes nothing. Message-ID and Date (`now`, which is also
    the calendar's DTSTAMP) are fixed here, so every try sends the same message.
    """
    session.execute(
        insert(OutboxMail)
        .values(
            dedupe_key=key,
            letter=letter,
            facts=dict(facts),
            to_address=to.address,
            to_name=to.name,
            cc_address=to.cc_address,
            message_id=f"<{secrets.token_hex(16)}@{mail_domain}>",
            created_at=now,
            due_at=now,
            priority=priority,
            on_unknown=on_unknown,
            state="drafted" if for_approval else "queued",
            event_id=event_id,
            city_id=city_id,
            member_id=member_id,
            invitation_id=invitation_id,
            trace_id=trace_id.get(),
        )
        .on_conflict_do_nothing(index_elements=[OutboxMail.dedupe_key])
    )
