"""A mail server for tests that answers as it is told and keeps what it took."""

import socket
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG = "hang"  # say nothing until the client gives up
DROP = "drop"  # end the connection without a word; at the dot the mail has been taken
NESTED = "503 5.5.1 Error: nested MAIL command"

GREETINGS = {
    "CONNECT": "220 mail.example.org",
    "HELO": "250 mail.example.org",
    "EHLO": "250-mail.example.org\r\n250 SIZE 10000000",
    "AUTH": "235 2.7.0 welcome",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "RSET": "250 2.0.0 ok",
    "QUIT": "221 2.0.0 bye",
}


@dataclass
class Taken:
    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    message: bytes = b""

    @property
    def message_id(self) -> str:
        head = self.message.split(b"\r\n\r\n")[0].decode()
        return next(
            line.partition(":")[2].strip()
            for line in head.splitlines()
            if line.lower().startswith("message-id:")
        )


class MailServer(socketserver.ThreadingTCPServer):
    """`answers["RCPT"] = ["450 later"]` is said to the first RCPT, then the usual words again;
    `always["RCPT"]` to every one. Strict as Postfix is: no MAIL within a transaction, which ends
    with RSET, a new EHLO, or the dot, whatever is said to it (RFC 5321 §4.1.1.4)."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.always: dict[str, str] = {}
        self.taken: list[Taken] = []
        self.heard: list[str] = []  # commands
        self.connections = 0
        self.pause = 0.0  # seconds that a mail takes

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [mail.message_id for mail in self.taken]

    def answer_to(self, verb: str) -> str:
        said = self.answers.get(verb)
        return said.pop(0) if said else self.always.get(verb, GREETINGS.get(verb, "500 what?"))

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of ours."""


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.server.connections += 1
        self.mail = Taken()
        self.within = False  # a transaction
        if not self.say("CONNECT"):
            return
        while line := self.rfile.readline().decode("latin-1").strip():
            self.server.heard.append(line)
            verb, _, rest = line.partition(" ")
            if not self.obey(verb.upper(), rest):
                return

    def obey(self, verb: str, rest: str) -> bool:
        address = rest.partition("<")[2].partition(">")[0]
        if verb == "MAIL":
            return self.utter(NESTED) if self.within else self.begin(address)
        if verb in ("RSET", "EHLO", "HELO"):
            self.within = False
        elif verb == "RCPT":
            self.mail.recipients.append(address)
        elif verb == "DATA":
            return self.say("DATA") and (self.said[:3] != "354" or self.take())
        return self.say(verb) and verb != "QUIT"

    def begin(self, sender: str) -> bool:
        self.mail = Taken(sender=sender)
        goes_on = self.say("MAIL")
        self.within = self.said.startswith("2")
        return goes_on

    def take(self) -> bool:
        self.within = False
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # the client went: nothing was handed over
            lines.append(line[1:] if line.startswith(b".") else line)
        self.mail.message = b"".join(lines)
        time.sleep(self.server.pause)
        said = self.server.answer_to("DOT")
        if said[0] == "2" or said in (HANG, DROP):
            self.server.taken.append(self.mail)
        return self.utter(said)

    def say(self, verb: str) -> bool:
        return self.utter(self.server.answer_to(verb))

    def utter(self, said: str) -> bool:
        """Whether the conversation goes on."""
        self.said = said
        if said == HANG:
            self.connection.recv(1)  # until the client leaves
            return False
        if said == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(said.encode() + b"\r\n")
        return said[:3] != "421"


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
