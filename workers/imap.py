"""Fetching mail from a mailbox that answers and bounces come to, where no mail server brings it.

Nothing is ever deleted there. A mail gets a mark of our own once it is archived, and not before;
that a person has opened it says nothing. Only where the server keeps no such marks it is marked as
seen, and what was seen before is passed over.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import text

from events_service.db import engine, transaction
from events_service.domain.inbox.archive import archive
from workers.faults import kind_and_place
from workers.process import Turn, now, settings

log = structlog.get_logger("workers.imap")
PORT, TLS_PORT = 143, 993
SECONDS = 15.0  # that a server may be silent
HERE = ("localhost", "127.0.0.1", "::1")
ONE_AT_A_TIME = text("select pg_try_advisory_lock(hashtext('events-service: imap'))")
LET_OTHERS = text("select pg_advisory_unlock(hashtext('events-service: imap'))")


@dataclass(frozen=True)
class Mark:
    """How archived mail is told from new: `others` finds what lacks the flag (RFC 3501 §6.4.4)."""

    flag: str
    others: tuple[str, ...]


OURS = Mark("events-service", ("UNKEYWORD", "events-service"))
SEEN = Mark(r"\Seen", ("UNSEEN",))


class MailboxTrouble(Exception):
    """The mailbox can't be read now; the message says why, without address or password."""


def fetch_mail() -> None:
    """Archive what is not marked, one mail a transaction, unless another worker is at it."""
    url = settings().inbox_imap_url
    if url is None:
        return
    with _alone() as alone:
        if not alone:
            return
        try:
            fetched = _fetch_all(url)
        except (OSError, imaplib.IMAP4.error, MailboxTrouble) as trouble:
            said = str(trouble) if isinstance(trouble, MailboxTrouble) else kind_and_place(trouble)
            log.error("mailbox can't be read", why=said)
            return
    if fetched:
        log.info("mail fetched", mails=fetched)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other worker fetches; then none does before this block ends."""
    with engine().connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        alone = bool(connection.execute(ONE_AT_A_TIME).scalar())
        try:
            yield alone
        finally:
            if alone:
                connection.execute(LET_OTHERS)


def _fetch_all(url: str) -> int:
    turn, fetched = Turn(), 0
    with _open_mailbox(url) as mailbox:
        mark = _mark_of(mailbox)
        for number in _unmarked(mailbox, mark):
            if turn.over:
                break
            raw = _bytes_of(mailbox, number)
            if raw is None:
                continue  # somebody took it away meanwhile
            with transaction() as session:
                archive(session, raw, door="imap", now=now())
            mailbox.uid("STORE", number, "+FLAGS", f"({mark.flag})")
            fetched += 1
    return fetched


@contextmanager
def _open_mailbox(url: str) -> Iterator[imaplib.IMAP4]:
    """Over TLS with the server's name verified: from the start (imaps) or by STARTTLS (imap),
    which only a server on this machine may be without."""
    parts = urlsplit(url)
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    mailbox = _connected(parts.scheme, parts.hostname or "", parts.port)
    try:
        if parts.scheme == "imap" and parts.hostname not in HERE:
            mailbox.starttls(ssl.create_default_context())
        mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""))
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
        answer, _ = mailbox.select(f'"{quoted}"')
        if answer != "OK":
            raise MailboxTrouble(f"the server knows no folder {folder}")
        yield mailbox
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()
        mailbox.shutdown()


def _connected(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imap":
        return imaplib.IMAP4(host, port or PORT, timeout=SECONDS)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(host, port or TLS_PORT, ssl_context=context, timeout=SECONDS)


def _mark_of(mailbox: imaplib.IMAP4) -> Mark:
    """Ours, if the folder that is open lets us make one or has it (RFC 3501 §7.1)."""
    _, said = mailbox.response("PERMANENTFLAGS")
    flags = (said[0] or b"").decode("ascii", "replace").strip("()").split() if said else []
    return OURS if r"\*" in flags or OURS.flag in flags else SEEN


def _unmarked(mailbox: imaplib.IMAP4, mark: Mark) -> list[str]:
    _, found = mailbox.uid("SEARCH", *mark.others)
    return found[0].decode("ascii").split() if found and found[0] else []


def _bytes_of(mailbox: imaplib.IMAP4, number: str) -> bytes | None:
    """The mail as it is, still unseen if it was."""
    _, found = mailbox.uid("FETCH", number, "(BODY.PEEK[])")
    return next((bytes(one[1]) for one in found if isinstance(one, tuple)), None)
