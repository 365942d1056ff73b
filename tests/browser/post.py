"""The mail server that the tests' service sends through; what it took can be read."""

import email
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.running.running_service import free_port

SECONDS_ON_THE_WAY = 30.0


@dataclass(frozen=True)
class Letter:
    """A mail as the mail server took it: who hears, and what it says."""

    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self._part("text/plain").get_content()

    @property
    def html(self) -> str:
        return self._part("text/html").get_content()

    @property
    def calendar(self) -> tuple[str, str]:
        """METHOD as the part's header gives it, and the calendar itself."""
        part = self._part("text/calendar")
        return str(part.get_param("method")), part.get_payload(decode=True).decode()

    @property
    def has_calendar(self) -> bool:
        return any(part.get_content_type() == "text/calendar" for part in self.message.walk())

    def link(self, prefix: str) -> str:
        """The path of the one link under `prefix`, such as `/r/`."""
        [path] = set(re.findall(rf"https?://[^/\s]+({re.escape(prefix)}[a-z2-7]{{32}})", self.text))
        return str(path)

    def _part(self, kind: str) -> Any:
        [found] = [
            part
            for part in self.message.walk()
            if part.get_content_type() == kind and not part.get_filename()
        ]
        return found


class PostOffice:
    """What arrived, in order. aiosmtpd calls `handle_DATA` in its own thread."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.arrived: list[Letter] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = cast(EmailMessage, email.message_from_bytes(envelope.content, policy=default))
        self.arrived.append(Letter(tuple(envelope.rcpt_tos), message))
        return "250 taken"

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.arrived if address in letter.recipients]

    def wait_for(self, address: str, subject: str, *, about: str = "", count: int = 1) -> Letter:
        """The newest letter there whose subject begins so and whose text names what it is about,
        once there are `count` of them."""
        deadline = time.monotonic() + SECONDS_ON_THE_WAY
        while True:
            found = [
                one
                for one in self.to(address)
                if one.subject.startswith(subject) and about in one.text
            ]
            if len(found) >= count:
                return found[-1]
            arrived = [(one.recipients, one.subject) for one in self.arrived]
            assert time.monotonic() < deadline, f"no “{subject}” to {address} in {arrived}"
            time.sleep(0.1)


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A mail server on a port of its own."""
    port = free_port()
    office = PostOffice(port)
    controller = Controller(office, hostname="127.0.0.1", port=port, decode_data=False)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
