"""Sending what is rendered and due: claim a batch, hand each mail over, settle it by the answer."""

import hashlib
import random
from collections.abc import Sequence

import structlog
from sqlalchemy import Connection

from events_service.db import engine
from events_service.domain.delivery.backoff import DOMAIN_PAUSE, server_pause
from events_service.domain.delivery.claim import Claimed, claim, mark_sending
from events_service.domain.delivery.settle import put_off, release, settle
from events_service.domain.delivery.verdict import Answer, judge
from events_service.domain.outbox import URGENT
from events_service.letters.message import envelope_sender, seal
from events_service.trace import trace_id
from workers.failpoints import failpoint
from workers.faults import kind_and_place
from workers.process import Turn, now, settings
from workers.transport import InternalMailbox, ServerUnreachable, SmtpServer, Transport

log = structlog.get_logger("workers.deliver")
chance = random.SystemRandom().random


def send_due_mail() -> None:
    """Send until nothing is due or the turn is over."""
    turn, transport = Turn(), the_transport()
    with engine().connect() as plain:
        # Each statement commits by itself: a mail's state is known before the next word is said.
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        try:
            while not turn.over and deliver_batch(connection, transport, turn):
                pass
        finally:
            transport.close()


def the_transport() -> Transport:
    """SMTP when a server is set, else the mailbox inside the service."""
    url = settings().smtp_url
    if url is None:
        return InternalMailbox()
    return SmtpServer(url, our_name=settings().mail_domain)


def deliver_batch(connection: Connection, transport: Transport, turn: Turn) -> bool:
    """Claim a batch and send it. False when nothing was due or the server is in trouble."""
    claimed = claim(connection, now=now())
    if claimed.put_aside:
        log.warning("sending broke off, nobody knows if it arrived", mails=claimed.put_aside)
    if not claimed.mails:
        return bool(claimed)
    failpoint("claimed")
    try:
        transport.open()
    except ServerUnreachable as trouble:
        _wait_for_the_server(connection, claimed.mails, trouble)
        return False
    return _send_all(connection, transport, claimed.mails, turn)


def _send_all(
    connection: Connection, transport: Transport, mails: Sequence[Claimed], turn: Turn
) -> bool:
    slow: set[str] = set()  # domains that asked for patience
    for position, mail in enumerate(mails):
        if turn.over or not transport.is_open:
            release(connection, mails[position:])
            return False
        if mail.domain in slow and mail.priority > URGENT:
            release(connection, [mail], due_at=now() + DOMAIN_PAUSE)
            continue
        trace_id.set(mail.trace_id)
        answer = _send(connection, transport, mail)
        if answer is not None and answer.for_now:
            slow.add(mail.domain)
            put_off(connection, now() + DOMAIN_PAUSE, domain=mail.domain)
    trace_id.set(None)
    return True


def _send(connection: Connection, transport: Transport, mail: Claimed) -> Answer | None:
    """One mail, up to its settled state. None: somebody else has taken it over."""
    try:
        wire = seal(settings().secret_key, mail.rendered)
    except Exception as error:  # whatever is wrong with this mail, the others leave
        log.error("mail can't be sealed", mail=mail.id, why=kind_and_place(error))
        answer: Answer | None = Answer(None, f"The mail can't be sealed: {kind_and_place(error)}")
    else:
        answer = _conversation(connection, transport, mail, wire)
    if answer is not None:
        _settle(connection, transport, mail, answer)
    return answer


def _conversation(
    connection: Connection, transport: Transport, mail: Claimed, wire: bytes
) -> Answer | None:
    if mail.approved_hash not in (None, hashlib.sha256(mail.rendered).hexdigest()):
        return Answer(554, "These are not the bytes that were approved")
    recipients = [mail.to_address, *([mail.cc_address] if mail.cc_address else [])]
    sender = envelope_sender(settings().secret_key, mail.id, settings().mail_domain)
    refusal = transport.offer(sender, recipients, size=len(wire), tries=mail.tries)
    if refusal is not None:
        transport.take_back()
        return refusal
    if not mark_sending(connection, mail):
        transport.take_back()
        log.warning("mail was taken over by another worker", mail=mail.id)
        return None
    return transport.hand_over(wire)


def _settle(connection: Connection, transport: Transport, mail: Claimed, answer: Answer) -> None:
    verdict = judge(answer, tries=mail.tries, on_unknown=mail.on_unknown, chance=chance())
    settled = settle(connection, mail, verdict, answer, via=transport.via, now=now())
    log.info(
        "mail " + (verdict.state if settled else "was taken over by another worker"),
        mail=mail.id,
        letter=mail.letter,
        code=answer.code,
        tries=mail.tries,
    )


def _wait_for_the_server(
    connection: Connection, mails: Sequence[Claimed], trouble: ServerUnreachable
) -> None:
    """No try of these mails: they can't help it, and must not run out of tries by it."""
    pause = server_pause(chance())
    release(connection, mails, due_at=now() + pause)
    put_off(connection, now() + pause)
    log.error("mail server can't be reached", why=str(trouble), pause=round(pause.total_seconds()))
