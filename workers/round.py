"""A batch of claimed mail, handed over one after the other, each settled by the server's answer."""

import hashlib
import random
from collections.abc import Sequence

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
from workers.transport import Transport

log = structlog.get_logger("workers.deliver")
chance = random.SystemRandom().random


class Round:
    """A batch on its way, over one connection to the mail server."""

    def __init__(self, connection: Connection, transport: Transport, turn: Turn) -> None:
        self.connection = connection
        self.transport = transport
        self.turn = turn
        self.slow: set[str] = set()  # domains that asked for patience
        self.marked: int | None = None  # the mail that was marked with the one before it

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
            answer = self._answer_to(mail)
            if answer is not None:
                self._settle(mail, answer, following)
        trace_id.set(None)
        return True

    def _must_wait(self, mail: Claimed) -> bool:
        return mail.domain in self.slow and mail.priority > URGENT

    def _answer_to(self, mail: Claimed) -> Answer | None:
        """What the server says to it. None: somebody else has taken it over."""
        try:
            wire = seal(settings().secret_key, mail.rendered)
        except Exception as error:  # whatever is wrong with this mail, the others leave
            log.error("mail can't be sealed", mail=mail.id, why=kind_and_place(error))
            return Answer(None, f"The mail can't be sealed: {kind_and_place(error)}")
        if mail.approved_hash not in (None, hashlib.sha256(mail.rendered).hexdigest()):
            return Answer(554, "These are not the bytes that were approved")
        return self._conversation(mail, wire)

    def _conversation(self, mail: Claimed, wire: bytes) -> Answer | None:
        recipients = [mail.to_address, *([mail.cc_address] if mail.cc_address else [])]
        sender = envelope_sender(settings().secret_key, mail.id, settings().mail_domain)
        refusal = self.transport.offer(sender, recipients, size=len(wire), tries=mail.tries)
        if refusal is not None:
            self.transport.take_back()
            return refusal
        if self.marked != mail.id and not mark_sending(self.connection, mail):
            self.transport.take_back()
            log.warning("mail was taken over by another worker", mail=mail.id)
            return None
        return self.transport.hand_over(wire)

    def _settle(self, mail: Claimed, answer: Answer, following: Claimed | None) -> None:
        if answer.for_now:
            self.slow.add(mail.domain)
        verdict = judge(answer, tries=mail.tries, on_unknown=mail.on_unknown, chance=chance())
        ahead = following if self._goes_on_with(following) else None
        settled = settle(
            self.connection, mail, verdict, answer, via=self.transport.via, now=now(), ahead=ahead
        )
        self.marked = ahead.id if ahead and settled.ahead else None
        log.info(
            "mail " + (verdict.state if settled.mail else "was taken over by another worker"),
            mail=mail.id,
            letter=mail.letter,
            code=answer.code,
            tries=mail.tries,
        )
        if answer.for_now:
            put_off(self.connection, now() + DOMAIN_PAUSE, domain=mail.domain)

    def _goes_on_with(self, mail: Claimed | None) -> bool:
        """Whether this mail is sent next whatever happens, and may be marked a little early."""
        return (
            mail is not None
            and mail.on_unknown == "resend"
            and self.transport.is_open
            and not self.turn.over
            and not self._must_wait(mail)
        )
