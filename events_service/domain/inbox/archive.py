"""Keeping a mail as it came, before anything is made of it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, defer

from events_service.domain.inbox.words import kept
from events_service.model import InboundMail
from events_service.model.inbox import Door

_TABLE = cast(Table, InboundMail.__table__)
# What more recipients may change: one of them may prove who answers, or which mail came back.
_OPEN_TO_MORE = (None, "review", "quarantined", "bounce", "auto-reply")


def archive(
    session: Session,
    raw: bytes,
    *,
    door: Door,
    recipients: Sequence[str] = (),
    now: datetime,
) -> int:
    """The number of the mail; the same bytes are one mail, whichever doors they come by.

    `recipients` are those of the envelope, none where the door does not know them. Those that
    were not known before are added to a mail that is there already, and it is read again, unless
    it was carried out or a person has decided about it.
    """
    named = list(dict.fromkeys(kept(one).strip() for one in recipients))
    digest = hashlib.sha256(raw).hexdigest()
    made = session.execute(
        insert(_TABLE)
        .values(
            digest=digest,
            raw=raw,
            door=door,
            recipients=named,
            received_at=now,
            due_at=now,
            attempts=0,
            reason="",
        )
        .on_conflict_do_nothing(index_elements=[_TABLE.c.digest])
        .returning(_TABLE.c.id)
    ).scalar()
    return _named_again(session, digest, named, now) if made is None else int(made)


def _named_again(session: Session, digest: str, named: Sequence[str], now: datetime) -> int:
    mail = session.scalars(
        select(InboundMail)
        .where(InboundMail.digest == digest)
        .options(defer(InboundMail.raw))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    more = [one for one in named if one not in mail.recipients]
    if more:
        mail.recipients = [*mail.recipients, *more]
        if mail.decided_at is None and mail.outcome in _OPEN_TO_MORE:
            mail.outcome, mail.read_at, mail.due_at, mail.attempts = None, None, now, 0
        session.flush()
    return mail.id
