"""Mail of ours that came back: noted at the mail, and at the address if that is at fault."""

import re
from datetime import datetime
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.domain.delivery.verdict import is_about_the_address
from events_service.domain.inbox.finding import Finding
from events_service.domain.inbox.matching import Concerned
from events_service.domain.inbox.trust import Proven, same_address
from events_service.domain.inbox.words import kept
from events_service.incoming.mail import Bounce
from events_service.model import OutboxMail, SuppressedAddress

_SUPPRESSED = cast(Table, SuppressedAddress.__table__)
_CODE = re.compile(r"(5\d\d)[ -]+(.*)", re.DOTALL)  # of SMTP, before the server's words


def settle_bounce(
    session: Session, bounce: Bounce, proven: Proven, concerned: Concerned, *, now: datetime
) -> Finding:
    """Only the signed address that the mail left with proves that it came back (VERP)."""
    mail = session.get(OutboxMail, concerned.outbox_mail_id) if concerned.outbox_mail_id else None
    said = _said(bounce)
    if mail is None:
        reason = f"A letter came back, but it can’t be told which. {said}"
    elif mail.id not in proven.mails:
        reason = f"Says that a letter to {mail.to_address} came back, which nothing proves. {said}"
    elif not bounce.permanent:
        reason = f"A letter to {_at_fault(mail, bounce) or mail.to_address} is late. {said}"
    else:
        reason = f"{_mark(session, mail, bounce, now)} {said}"
    return concerned.mark(Finding("bounce", reason))


def _mark(session: Session, mail: OutboxMail, bounce: Bounce, now: datetime) -> str:
    """Mark the mail if its person was not reached, and the address at fault; in words. A copy
    that came back says nothing of the person."""
    address = _at_fault(mail, bounce)
    if address is None and bounce.recipient:
        return (
            f"A letter to {mail.to_address} was sent on to {bounce.recipient} and came back "
            "from there."
        )
    if address is None:
        return f"A letter to {mail.to_address} or its copy to {mail.cc_address} came back."
    if address == mail.to_address:
        mail.bounced_at = mail.bounced_at or now
        mail.bounce = mail.bounce or _said(bounce)
        what = f"A letter to {address} came back."
    else:
        what = f"The copy to {address} of a letter to {mail.to_address} came back."
    if not _refuses_the_address(bounce):
        return what
    _suppress(session, address, bounce, now)
    return f"{what} Nothing more is sent there until you try it again."


def _refuses_the_address(bounce: Bounce) -> bool:
    """Else the letter was refused, or who sent it, and the next one may well arrive."""
    said = _CODE.match(bounce.diagnostic)
    code, words = (int(said[1]), said[2]) if said else (None, bounce.diagnostic)
    return is_about_the_address(bounce.status or words, code)


def _suppress(session: Session, address: str, bounce: Bounce, now: datetime) -> None:
    session.flush()
    session.execute(
        insert(_SUPPRESSED)
        .values(address=address.lower(), since=now, answer=_said(bounce))
        .on_conflict_do_nothing()
    )


def _at_fault(mail: OutboxMail, bounce: Bounce) -> str | None:
    """Which recipient it was; None when it was another one, or one of two that are not named."""
    ours = [mail.to_address, *([mail.cc_address] if mail.cc_address else [])]
    if not bounce.recipient:
        return ours[0] if len(ours) == 1 else None
    return next((one for one in ours if same_address(one, bounce.recipient)), None)


def _said(bounce: Bounce) -> str:
    """The other server's words."""
    said = " ".join(one for one in (bounce.status, bounce.diagnostic) if one)
    return kept(f"The other server said: {said}" if said else "The other server did not say why.")
