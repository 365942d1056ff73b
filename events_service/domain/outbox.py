"""Promising a mail: a row in the outbox, in the transaction of its cause."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.model import OutboxMail
from events_service.model.mail import OnUnknown
from events_service.trace import trace_id
from events_service.translation import SOURCE

URGENT, ORDINARY, BULK = 0, 1, 2


_TABLE = cast(Table, OutboxMail.__table__)
_INSERT = insert(_TABLE).on_conflict_do_nothing(index_elements=[_TABLE.c.dedupe_key])


@dataclass(frozen=True)
class Recipient:
    address: str
    name: str = ""
    cc_address: str | None = None
    language: str = ""  # of events_service.translation.LANGUAGES; empty: English


class About(TypedDict, total=False):
    """What a mail is about, and how it travels."""

    priority: int
    on_unknown: OnUnknown
    for_approval: bool
    decided_at: datetime | None
    only_while_unanswered: bool  # else it is put aside; about `invitation_id`
    event_id: int | None
    city_id: int | None
    member_id: int | None
    invitation_id: int | None


def promise(
    session: Session,
    letter: str,
    to: Recipient,
    *,
    key: str,
    facts: Mapping[str, Any],
    now: datetime,
    mail_domain: str,
    **about: Unpack[About],
) -> None:
    """Write the mail that `letter` makes of `facts` (JSON) into the outbox, once per `key`.

    A second promise under the same key changes nothing. Message-ID and Date (`now`, which is also
    the calendar's DTSTAMP) are fixed here, so every try sends the same message.
    """
    row = promised(letter, to, key=key, facts=facts, now=now, mail_domain=mail_domain, **about)
    write_down(session, [row])


def promised(
    letter: str,
    to: Recipient,
    *,
    key: str,
    facts: Mapping[str, Any],
    now: datetime,
    mail_domain: str,
    **about: Unpack[About],
) -> dict[str, Any]:
    """The row of a mail, for `write_down`: many of them go in by one statement."""
    return {
        "dedupe_key": key,
        "letter": letter,
        "facts": dict(facts),
        "to_address": to.address,
        "to_name": to.name,
        "cc_address": to.cc_address,
        "language": to.language or SOURCE,
        "message_id": f"<{secrets.token_hex(16)}@{mail_domain}>",
        "created_at": now,
        "due_at": now,
        "priority": about.get("priority", ORDINARY),
        "on_unknown": about.get("on_unknown", "resend"),
        "only_while_unanswered": about.get("only_while_unanswered", False),
        "state": "drafted" if about.get("for_approval") else "queued",
        "decided_at": about.get("decided_at"),
        "event_id": about.get("event_id"),
        "city_id": about.get("city_id"),
        "member_id": about.get("member_id"),
        "invitation_id": about.get("invitation_id"),
        "trace_id": trace_id.get(),
    }


def write_down(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.flush()  # what the mails are about comes first
        session.connection().execute(_INSERT, list(rows))
