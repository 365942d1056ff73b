"""The door that a mail server delivers to, by LMTP (RFC 2033) or SMTP: kept, then acknowledged."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import AnyStr, Literal

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope

from events_service.clock import Clock
from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.inbox.archive import archive
from events_service.domain.inbox.trust import is_answer_address
from events_service.running.embedded import CannotStart

log = structlog.get_logger("inbox.door")
Protocol = Literal["lmtp", "smtp"]
LARGEST = 30 * 1024 * 1024  # bytes of a mail


@dataclass(frozen=True)
class Place:
    host: str
    port: int


class SmtpDoor(SMTP):
    line_length_limit = LARGEST  # a mail is taken whole, whatever its lines are like


class LmtpDoor(LMTP):
    """After the dot LMTP wants an answer for each recipient, and aiosmtpd gives one."""

    line_length_limit = LARGEST
    _answers = 1  # to what is asked now

    async def push(self, status: AnyStr) -> None:
        answers, self._answers = self._answers, 1
        if str(status).startswith("354") and self.envelope is not None:
            self._answers = len(self.envelope.rcpt_tos)
        for _ in range(answers):
            await super().push(status)


class Keeper:
    """What aiosmtpd asks. 250 is said once the bytes are committed, and not before."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: object, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not is_answer_address(address, self._settings.mail_domain):
            return "550 5.1.1 There is no such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: object, envelope: Envelope
    ) -> str:
        try:
            number = await asyncio.to_thread(self._archive, envelope)
        except Exception as error:  # whatever it is: the mail server keeps the mail
            log.error("mail can't be archived", why=type(error).__name__)
            return "451 4.3.0 Can't be kept right now, please try again"
        return f"250 2.0.0 Kept as {number}"

    def _archive(self, envelope: Envelope) -> int:
        raw = envelope.original_content or b""
        with transaction() as session:
            return archive(
                session, raw, door="smtp", recipients=envelope.rcpt_tos, now=self._clock()
            )


def serve(
    settings: Settings,
    clock: Clock,
    protocol: Protocol,
    place: Place,
    *,
    ready: Callable[[int], None],
) -> None:
    """Take mail until told to stop. `ready` hears of the port. CannotStart when it is taken."""
    asyncio.run(_serve(settings, clock, protocol, place, ready))


async def _serve(
    settings: Settings,
    clock: Clock,
    protocol: Protocol,
    place: Place,
    ready: Callable[[int], None],
) -> None:
    loop, told_to_stop = asyncio.get_running_loop(), asyncio.Event()
    keeper, kind = Keeper(settings, clock), LmtpDoor if protocol == "lmtp" else SmtpDoor

    def conversation() -> SMTP:
        return kind(
            keeper,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname=settings.mail_domain,
            ident="Events service",
            loop=loop,
        )

    try:
        server = await loop.create_server(conversation, place.host, place.port)
    except OSError as error:
        raise CannotStart(
            f"Cannot listen on {place.host}, port {place.port}: {error.strerror}. Choose another "
            "place with --listen HOST:PORT."
        ) from None
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, told_to_stop.set)
    ready(server.sockets[0].getsockname()[1])
    await told_to_stop.wait()
    server.close()
