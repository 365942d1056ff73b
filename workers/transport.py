"""The ways a mail leaves: over SMTP, or into the mailbox inside the service."""

import smtplib
import ssl
from collections.abc import Sequence
from typing import Literal, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from events_service.domain.delivery.verdict import Answer, of_recipients
from workers.failpoints import failpoint

TIMEOUT = 30.0  # seconds for each word of the conversation
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SERVICE_CLOSES = 421  # RFC 5321 §3.8: said at any moment, the connection ends


class ServerUnreachable(Exception):
    """No connection that mail could be handed over on; no fault of any mail."""


class Transport(Protocol):
    """Open it, then for each mail `offer` and, if nothing stands against it, `hand_over`."""

    via: Literal["smtp", "mailbox"]

    @property
    def is_open(self) -> bool: ...

    def open(self) -> None: ...

    def offer(
        self, sender: str, recipients: Sequence[str], *, size: int, tries: int
    ) -> Answer | None: ...

    def hand_over(self, wire: bytes) -> Answer: ...

    def take_back(self) -> None: ...

    def close(self) -> None: ...


class InternalMailbox:
    """No mail server is set: staff read the mail where it lies."""

    via: Literal["smtp", "mailbox"] = "mailbox"
    is_open = True

    def open(self) -> None:
        pass

    def offer(
        self, sender: str, recipients: Sequence[str], *, size: int, tries: int
    ) -> Answer | None:
        del sender, recipients, size, tries
        return None

    def hand_over(self, wire: bytes) -> Answer:
        del wire
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

    def offer(
        self, sender: str, recipients: Sequence[str], *, size: int, tries: int
    ) -> Answer | None:
        """MAIL FROM and RCPT TO, the person first. None when the text may be handed over."""
        try:
            answer = self._envelope(sender, recipients, size, tries)
        except (OSError, smtplib.SMTPException) as error:
            return self._lost(error, handed_over=False)
        return answer if answer is None else self._noticed(answer)

    def hand_over(self, wire: bytes) -> Answer:
        """DATA, the text and the dot. The answer says whether the text had gone out."""
        handed_over = False
        try:
            smtp = self._connection()
            answer = _answer(smtp.docmd("DATA"))
            if answer.code != 354:
                return self._noticed(answer)
            failpoint("data")
            handed_over = True
            smtp.send(_with_dots_doubled(wire) + b".\r\n")
            failpoint("after_dot")
            answer = _answer(smtp.getreply(), handed_over=True)
            failpoint("after_250")
        except (OSError, smtplib.SMTPException) as error:
            return self._lost(error, handed_over=handed_over)
        return self._noticed(answer)

    def take_back(self) -> None:
        """Forget the mail that was offered, keep the connection."""
        if self._smtp is None:
            return
        try:
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

    def _envelope(
        self, sender: str, recipients: Sequence[str], size: int, tries: int
    ) -> Answer | None:
        smtp = self._connection()
        declared = f" SIZE={size}" if smtp.has_extn("size") else ""
        answer = _answer(smtp.docmd("MAIL", f"FROM:<{sender}>{declared}"))
        if not answer.accepted:
            return answer
        person, *copies = (_answer(smtp.docmd("RCPT", f"TO:<{one}>")) for one in recipients)
        return of_recipients(person, copies[0] if copies else None, tries=tries)

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
        smtp, self._smtp = self._smtp, None
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
