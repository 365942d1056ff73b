"""What one archived mail comes to. Everything in it is carried out together, or nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.answering import Setting, settle_answers
from events_service.domain.inbox.bouncing import settle_bounce
from events_service.domain.inbox.finding import Finding, write_finding
from events_service.domain.inbox.matching import concerned_by
from events_service.domain.inbox.trust import Proven, proven_by
from events_service.domain.inbox.words import kept_or_none
from events_service.incoming.mail import IncomingMail, read_mail
from events_service.model import InboundMail

IN_WORDS = "A letter in words: read it."
NOT_UNDERSTOOD = "It holds no answer of a calendar, and it is not clear whom it is from."
AWAY = "An automatic answer, such as a note of absence. It changes nothing."


def settle_inbound(
    session: Session, settings: Settings, mail: InboundMail, *, now: datetime
) -> None:
    """Read the mail, carry out what can be trusted, hold the rest; write down what it came to."""
    read, proven = read_and_proven(settings, mail)
    concerned = concerned_by(session, read, proven)
    mail.message_id = kept_or_none(read.message_id)
    mail.sender = kept_or_none(read.sender)
    mail.subject = kept_or_none(read.subject)
    at = Setting(session, settings, mail, read, proven, concerned, now)
    write_finding(mail, _finding(at), now=now)
    session.flush()


def read_and_proven(settings: Settings, mail: InboundMail) -> tuple[IncomingMail, Proven]:
    """The mail as plain values, and what the addresses that it was delivered to prove. Those of
    the envelope count; headers only where the door knew no envelope."""
    trusted = [one.strip() for one in settings.inbox_trusted_servers.split(",") if one.strip()]
    read = read_mail(mail.raw, trusted_servers=trusted)
    return read, proven_by(mail.recipients or read.delivered_to, settings)


def _finding(at: Setting) -> Finding:
    if at.read.problem:
        return at.concerned.mark(Finding("quarantined", at.read.problem))
    if at.read.kind == "bounce" and at.read.bounce is not None:
        return settle_bounce(at.session, at.read.bounce, at.proven, at.concerned, now=at.now)
    if at.read.kind == "auto-reply":
        return at.concerned.mark(Finding("auto-reply", AWAY))
    if at.read.kind == "calendar":
        return settle_answers(at)
    addressed = bool(at.proven.invitations or at.proven.mails) and at.concerned.event_id is not None
    words = Finding("review", IN_WORDS) if addressed else Finding("quarantined", NOT_UNDERSTOOD)
    return at.concerned.mark(words)
