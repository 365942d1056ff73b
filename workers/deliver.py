"""Sending what is rendered and due."""

import random
from collections.abc import Sequence

import structlog
from sqlalchemy import Connection

from events_service.db import engine
from events_service.domain.delivery.backoff import server_pause
from events_service.domain.delivery.claim import Claimed, claim
from events_service.domain.delivery.settle import put_off, release
from workers.failpoints import failpoint
from workers.process import Turn, now, settings
from workers.round import Round
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
        log.warning(
            "mail put aside: sending broke off, refused before, or of no use any more",
            mails=claimed.put_aside,
        )
    if not claimed.mails:
        return bool(claimed)
    failpoint("claimed")
    try:
        transport.open()
    except ServerUnreachable as trouble:
        _wait_for_the_server(connection, claimed.mails, trouble)
        return False
    return Round(connection, transport, turn).send(claimed.mails)


def _wait_for_the_server(
    connection: Connection, mails: Sequence[Claimed], trouble: ServerUnreachable
) -> None:
    """No try of these mails: they can't help it, and must not run out of tries by it."""
    pause = server_pause(chance())
    release(connection, mails, due_at=now() + pause)
    put_off(connection, now() + pause)
    log.error("mail server can't be reached", why=str(trouble), pause=round(pause.total_seconds()))
