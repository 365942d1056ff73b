"""The ways a mail leaves: over SMTP, or into the mailbox inside the service."""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from events_service.domain.delivery.verdict import Answer, of_recipients
from workers.failpoints import failpoint

TIMEOUT = 30.0  # seconds for each word of the conversation
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SERVICE_CLOSES = 421  # RFC 5321 §3.8: said at any moment, the connection ends


class ServerUnreachable(Exception):
    """No connection that mail could be handed over on; no fault of any mail."""


@dataclass(frozen=True)
class Envelope:
    """Who a mail is from and to, the person first, and its size in bytes."""

    sender: str
    recipients: tuple[str, ...]
    size: int

    def commands(self, *, declares_size: bool) -> list[str]:
        declared = f" SIZE={self.size}" if declares_size else ""
        return [
            f"MAIL FROM:<{self.sender}>{declared}",
            *(f"RCPT TO:<{one}>" for one in self.recipients),
        ]


class Transport(Protocol):
    """Open it, then for each mail `offer` its envelope and, if nothing stands against it,
    `hand_over` the text, which does something else `meanwhile` instead of only waiting. An
    envelope that was `announced` has been said when it is offered; else it must be taken back."""

    via: Literal["smtp", "mailbox"]

    @property
    def is_open(self) -> bool: ...

    def open(self) -> None: ...

    def announce(self, envelope: Envelope) -> None: ...

    def offer(self, envelope: Envelope, *, tries: int) -> Answer | None: ...

    def hand_over(self, wire: bytes, *, meanwhile: Callable[[], None]) -> Answer: ...

    def take_back(self) -> None: ...

    def close(self) -> None: ...


class InternalMailbox:
    """No mail server is set: staff read the mail where it lies."""

    via: Literal["smtp", "mailbox"] = "mailbox"
    is_open = True

    def open(self) -> None:
        pass

    def announce(self, envelope: Envelope) -> None:
        pass

    def offer(self, envelope: Envelope, *, tries: int) -> Answer | None:
        del envelope, tries
        return None

    def hand_over(self, wire: bytes, *, meanwhile: Callable[[], None]) -> Answer:
        del wire
        meanwhile()
        return Answer(250, "kept in the mailbox of the service", handed_over=True)

    def take_back(self) -> None:
        pass

    def close(self) -> None:
        pass


class SmtpServer:
    """One connection for many mails; opened anew when it was lost."""

    via: Literal["smtp", "mailbox"] = "smtp"

    def __init__(self, url: str, our_name: str, *, timeout: float = TIMEOUT) -> None:
        self._url = urlsplit(url)
        self._our_name = our_name  # given, else smtplib asks the name service
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None
        self._unanswered: list[str] = []  # commands of the envelope that was announced

    @property
    def is_open(self) -> bool:
        return self._smtp is not None

    def open(self) -> None:
        """Connect, encrypt and sign in as the URL says. Does nothing when connected."""
        if self._smtp is not None:
            return
        try:
            self._smtp = _connected(self._url, self._our_name, self._timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnreachable(_said(error)) from error
        failpoint("connected")

    def announce(self, envelope: Envelope) -> None:
        """Say the envelope of the mail that comes next, if the server takes more than a word at
        a time (RFC 2920), and do not wait: the answers come while the mail before is settled."""
        if self._smtp is None or not self._smtp.has_extn("pipelining"):
            return
        commands = self._commands(envelope)
        try:
            self._smtp.send("".join(f"{command}\r\n" for command in commands))
        except (OSError, smtplib.SMTPException):
            self._drop()
        else:
            self._unanswered = commands

    def offer(self, envelope: Envelope, *, tries: int) -> Answer | None:
        """MAIL FROM and RCPT TO, the person first. None when the text may be handed over."""
        if not self._unanswered:
            self.announce(envelope)
        try:
            answer = self._what_stands_against(envelope, tries)
        except (OSError, smtplib.SMTPException) as error:
            return self._lost(error, handed_over=False)
        return answer if answer is None else self._noticed(answer)

    def hand_over(self, wire: bytes, *, meanwhile: Callable[[], None]) -> Answer:
        """DATA, the text and the dot. The answer says whether the text had gone out."""
        handed_over = False
        try:
            smtp = self._connection()
            answer = _answer(smtp.docmd("DATA"))
            if answer.code != 354:
                self._noticed(answer)
                self.take_back()  # else the next MAIL would be nested in this transaction
                return answer
            failpoint("data")
            handed_over = True
            smtp.send(_with_dots_doubled(wire) + b".\r\n")
            failpoint("after_dot")
            meanwhile()
            answer = _answer(smtp.getreply(), handed_over=True)
            failpoint("after_250")
        except (OSError, smtplib.SMTPException) as error:
            return self._lost(error, handed_over=handed_over)
        return self._noticed(answer)

    def take_back(self) -> None:
        """Forget the mail that was announced or offered, keep the connection."""
        if self._smtp is None:
            return
        try:
            for _ in self._unanswered:
                self._smtp.getreply()
            self._unanswered = []
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def close(self) -> None:
        """QUIT. What the server makes of it does not matter: every mail is settled."""
        if self._smtp is None:
            return
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self._drop()

    def _commands(self, envelope: Envelope) -> list[str]:
        return envelope.commands(declares_size=self._connection().has_extn("size"))

    def _what_stands_against(self, envelope: Envelope, tries: int) -> Answer | None:
        sender_taken, *taken = self._answers_to(self._commands(envelope))
        if not sender_taken.accepted:
            return sender_taken
        return of_recipients(taken[0], taken[1] if len(taken) > 1 else None, tries=tries)

    def _answers_to(self, commands: Sequence[str]) -> list[Answer]:
        """What the server says to each, until it closes. Those that were not said together go out
        one by one, until one is refused."""
        smtp, said, self._unanswered = self._connection(), self._unanswered, []
        answers: list[Answer] = []
        for command in commands:
            answers.append(_answer(smtp.getreply() if said else smtp.docmd(command)))
            refused = not answers[0].accepted and not said
            if refused or answers[-1].code == SERVICE_CLOSES:
                break
        return answers

    def _connection(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("The connection was lost")
        return self._smtp

    def _noticed(self, answer: Answer) -> Answer:
        if answer.code == SERVICE_CLOSES:
            self._drop()
        return answer

    def _lost(self, error: Exception, *, handed_over: bool) -> Answer:
        self._drop()
        return Answer(None, _said(error), handed_over=handed_over)

    def _drop(self) -> None:
        smtp, self._smtp, self._unanswered = self._smtp, None, []
        if smtp is not None:
            smtp.close()


def _connected(url: SplitResult, our_name: str, timeout: float) -> smtplib.SMTP:
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    verified = ssl.create_default_context()
    smtp: smtplib.SMTP
    if url.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(host, port, our_name, timeout=timeout, context=verified)
    else:
        smtp = smtplib.SMTP(host, port, our_name, timeout=timeout)
    try:
        if url.scheme == "smtp+starttls":
            smtp.starttls(context=verified)
        smtp.ehlo_or_helo_if_needed()
        if url.username:
            smtp.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _answer(reply: tuple[int, bytes], *, handed_over: bool = False) -> Answer:
    code, words = reply
    understood = code if code > 0 else None  # smtplib's -1: not a reply of SMTP
    return Answer(understood, words.decode("utf-8", "replace"), handed_over=handed_over)


def _said(error: Exception) -> str:
    return f"No answer: {error}" if str(error) else f"No answer: {type(error).__name__}"


def _with_dots_doubled(wire: bytes) -> bytes:
    """RFC 5321 §4.5.2. The text has CRLF line ends."""
    doubled = wire.replace(b"\n.", b"\n..")
    doubled = b"." + doubled if doubled.startswith(b".") else doubled
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
