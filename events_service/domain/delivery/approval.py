"""A person reads a letter before it is sent, and approves exactly the bytes that were read."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.domain.delivery.conditions import is_outdated
from events_service.domain.outbox import Recipient
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, OutboxMail
from events_service.model.mail import MailState
from events_service.translation import SOURCE, lazy_gettext
from events_service.translation import gettext as _

CHANGED = lazy_gettext("The letter has changed since you read it. Read it again, then approve it.")
OUTDATED = lazy_gettext(
    "This letter has no use any more: what it asks has been answered meanwhile, or what it is "
    "about has changed. Put it aside."
)
NOT_WAITING = lazy_gettext(
    "This letter no longer waits for approval: it was approved or put aside meanwhile."
)
OWN_WORDS = "own_words"  # among facts: whether the words were written for this letter alone


def digest_of(mail: OutboxMail) -> str:
    """SHA-256 of the rendered letter in hexadecimal; empty while it is being rendered."""
    return hashlib.sha256(mail.rendered).hexdigest() if mail.rendered is not None else ""


def edit_letter(session: Session, mail_id: int, words: str, *, read: str, now: datetime) -> None:
    """Put personal words into a drafted letter; a worker renders it anew.

    `read` is the digest of what the person saw, so that one edit can't undo another unseen.
    """
    mail = _waiting(session, mail_id)
    if digest_of(mail) != read:
        raise Conflict(
            _("Somebody else changed this letter meanwhile. Read it again, then edit it.")
        )
    reword(mail, words, now=now)
    session.flush()


def approve_letter(
    session: Session, mail_id: int, approver: Account, *, read: str, now: datetime
) -> None:
    """Let a letter go. Conflict unless its bytes are those the person read (`read`, SHA-256), or
    when it is a reminder of something that was answered meanwhile."""
    mail = _waiting(session, mail_id)
    if is_outdated(session, mail_id, now=now):
        raise Conflict(OUTDATED)
    approve(mail, approver, read=read, now=now)
    session.flush()


def approve(mail: OutboxMail, approver: Account, *, read: str, now: datetime) -> None:
    """Let a drafted letter go that the caller holds and has found of use. Conflict unless its
    bytes are those the person read (`read`, SHA-256)."""
    digest = digest_of(mail)
    if not digest:
        raise Conflict(_("The letter is still being prepared. Load the page again in a moment."))
    if digest != read:
        raise Conflict(CHANGED)
    mail.approved_by_id = approver.id
    mail.approved_at = now
    mail.approved_hash = digest
    mail.due_at = now
    mail.state = "queued"


def discard_letter(session: Session, mail_id: int) -> None:
    """Decide against a drafted letter."""
    put_aside(session, _waiting(session, mail_id).id)


def restore_letter(session: Session, mail_id: int) -> None:
    """Undo `discard_letter`."""
    mail = _locked(session, mail_id)
    if mail.state != "discarded":
        raise Conflict(_("This letter was not put aside, so there is nothing to take back."))
    put_back(session, mail.id)


def put_aside(session: Session, mail_id: int | None) -> None:
    """Discard a letter if it still waits; one that was approved meanwhile is left alone."""
    _turn(session, mail_id, "drafted", "discarded")


def put_back(session: Session, mail_id: int | None) -> None:
    _turn(session, mail_id, "discarded", "drafted")


def _turn(session: Session, mail_id: int | None, before: MailState, after: MailState) -> None:
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id, OutboxMail.state == before)
        .values(state=after)
    )


def reword(mail: OutboxMail, words: str, *, now: datetime) -> None:
    """Put these words into a drafted letter whose facts still hold."""
    facts = {**mail.facts, "words": words}
    if "invitation" in facts:
        facts["invitation"] = {**facts["invitation"], "dtstamp": now.isoformat()}
    mail.facts = facts
    render_again(mail, now=now)


def tell_anew(mail: OutboxMail, to: Recipient, facts: Mapping[str, Any], *, now: datetime) -> None:
    """Have a drafted letter tell these facts, to them, instead of a second one. An organiser's own
    words stay unless `facts` brings others."""
    mail.to_address, mail.to_name, mail.cc_address = to.address, to.name, to.cc_address
    mail.language = to.language or SOURCE
    own = {key: mail.facts[key] for key in ("words", OWN_WORDS) if key in mail.facts}
    mail.facts = {**facts} if "words" in facts else {"words": "", **own, **facts}
    render_again(mail, now=now)


def render_again(mail: OutboxMail, *, now: datetime) -> None:
    """Have a drafted letter made anew, dated now."""
    mail.last_answer = None
    mail.created_at = now
    mail.due_at = now
    mail.rendered = None
    mail.rendered_at = None
    mail.render_attempts = 0


def _locked(session: Session, mail_id: int) -> OutboxMail:
    mail = session.get(OutboxMail, mail_id, with_for_update=True)
    if mail is None:
        raise NotFound
    return mail


def _waiting(session: Session, mail_id: int) -> OutboxMail:
    mail = _locked(session, mail_id)
    if mail.state != "drafted":
        raise Conflict(NOT_WAITING)
    return mail
