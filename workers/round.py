"""A batch of claimed mail, handed over one after the other, each settled by the server's answer."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection

from events_service.domain.delivery.backoff import DOMAIN_PAUSE
from events_service.domain.delivery.claim import Claimed, mark_sending
from events_service.domain.delivery.settle import put_off, release, settle
from events_service.domain.delivery.verdict import Answer, judge
from events_service.domain.outbox import URGENT
from events_service.letters.message import envelope_sender, seal
from events_service.trace import trace_id
from workers.faults import kind_and_place
from workers.process import Turn, now, settings
from workers.transport import Envelope, Transport

log = structlog.get_logger("workers.deliver")
chance = random.SystemRandom().random
NOBODY = Envelope("", (), 0)


class Round:
    """A batch on its way, over one connection to the mail server."""

    def __init__(self, connection: Connection, transport: Transport, turn: Turn) -> None:
        self.connection = connection
        self.transport = transport
        self.turn = turn
        self.slow: set[str] = set()  # domains that asked for patience
        self.marked: int | None = None  # the mail that was marked with the one before it
        self.ready: Sealed | None = None  # the mail that comes next, sealed ahead

    def send(self, mails: Sequence[Claimed]) -> bool:
        """Send them in turn. False when some were given back."""
        for mail, following in zip(mails, [*mails[1:], None], strict=True):
            if self.marked != mail.id:
                if self.turn.over or not self.transport.is_open:
                    release(self.connection, mails[mails.index(mail) :])
                    return False
                if self._must_wait(mail):
                    release(self.connection, [mail], due_at=now() + DOMAIN_PAUSE)
                    continue
            trace_id.set(mail.trace_id)
            answer = self._answer_to(mail, following)
            if answer is not None:
                self._settle(mail, answer, following)
        trace_id.set(None)
        return True

    def _must_wait(self, mail: Claimed) -> bool:
        return mail.domain in self.slow and mail.priority > URGENT

    def _answer_to(self, mail: Claimed, following: Claimed | None) -> Answer | None:
        """What the server says to it. None: somebody else has taken it over."""
        sealed = self.ready if self.ready and self.ready.mail is mail else _sealed(mail)
        if sealed.problem is not None:
            return sealed.problem
        refusal = self.transport.offer(sealed.envelope, tries=mail.tries)
        if refusal is not None:
            self.transport.take_back()
            return refusal
        if self.marked != mail.id and not mark_sending(self.connection, mail):
            self.transport.take_back()
            log.warning("mail was taken over by another worker", mail=mail.id)
            return None
        return self.transport.hand_over(sealed.wire, meanwhile=lambda: self._make_ready(following))

    def _make_ready(self, mail: Claimed | None) -> None:
        """While the server puts a mail on its disk, the next one is sealed."""
        self.ready = _sealed(mail) if mail else None

    def _settle(self, mail: Claimed, answer: Answer, following: Claimed | None) -> None:
        if answer.for_now:
            self.slow.add(mail.domain)
        verdict = judge(answer, tries=mail.tries, on_unknown=mail.on_unknown, chance=chance())
        ahead = following if self._goes_on_with(following) else None
        announced = self._announced(ahead)
        settled = settle(
            self.connection, mail, verdict, answer, via=self.transport.via, now=now(), ahead=ahead
        )
        self.marked = ahead.id if ahead and settled.ahead else None
        if announced and self.marked is None:
            self.transport.take_back()
        log.info(
            "mail " + (verdict.state if settled.mail else "was taken over by another worker"),
            mail=mail.id,
            letter=mail.letter,
            code=answer.code,
            tries=mail.tries,
        )
        if answer.for_now:
            put_off(self.connection, now() + DOMAIN_PAUSE, domain=mail.domain)

    def _announced(self, mail: Claimed | None) -> bool:
        """Whether the server has been told the envelope of the mail that comes next."""
        ready = self.ready
        if mail is None or ready is None or ready.mail is not mail or ready.problem is not None:
            return False
        self.transport.announce(ready.envelope)
        return True

    def _goes_on_with(self, mail: Claimed | None) -> bool:
        """Whether this mail is sent next whatever happens, and may be marked a little early."""
        return (
            mail is not None
            and mail.on_unknown == "resend"
            and self.transport.is_open
            and not self.turn.over
            and not self._must_wait(mail)
        )


@dataclass(frozen=True)
class Sealed:
    """A mail as it goes over the wire, or the `problem` for which it can't be sent."""

    mail: Claimed
    wire: bytes = b""
    envelope: Envelope = NOBODY
    problem: Answer | None = None


def _sealed(mail: Claimed) -> Sealed:
    """Never raises: it is called while the mail before is on its way, which must be settled."""
    try:
        if mail.approved_hash not in (None, hashlib.sha256(mail.rendered).hexdigest()):
            return Sealed(mail, problem=Answer(554, "These are not the bytes that were approved"))
        wire = seal(settings().secret_key, mail.rendered)
        return Sealed(mail, wire, _envelope(mail, len(wire)))
    except Exception as error:  # whatever is wrong with this mail, the others leave
        log.error("mail can't be sealed", mail=mail.id, why=kind_and_place(error))
        problem = Answer(None, f"The mail can't be sealed: {kind_and_place(error)}")
        return Sealed(mail, problem=problem)


def _envelope(mail: Claimed, size: int) -> Envelope:
    sender = envelope_sender(settings().secret_key, mail.id, settings().mail_domain)
    recipients = (mail.to_address, *([mail.cc_address] if mail.cc_address else []))
    return Envelope(sender, recipients, size)
