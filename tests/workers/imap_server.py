"""A mailbox for tests that speaks as much IMAP4rev1 as is needed and keeps what it was told."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CAPABILITIES = "IMAP4rev1"
SEEN = r"\Seen"


@dataclass
class Stored:
    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer(socketserver.ThreadingTCPServer):
    """`drops_at = "FETCH"`: ends the connection at that verb instead of answering. `lasting`: the
    flags that it keeps; it refuses others."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Conversation)
        self.mails: dict[int, Stored] = {}
        self.heard: list[str] = []
        self.drops_at = ""
        self.lasting = r"\Seen \Deleted \*"

    @property
    def url(self) -> str:
        host, port = self.server_address[:2]
        return f"imap://inbox%40example.org:s%20ecret@{host!s}:{port}/Answers"

    def holds(self, *raw: bytes) -> None:
        for one in raw:
            self.mails[len(self.mails) + 101] = Stored(one)

    def flags(self) -> list[set[str]]:
        return [mail.flags for mail in self.mails.values()]

    def lacking(self, flag: str) -> str:
        return " ".join(str(number) for number, one in self.mails.items() if flag not in one.flags)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of ours."""


class Conversation(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode("latin-1").strip():
            tag, _, command = line.partition(" ")
            self.server.heard.append(command)
            verb = command.removeprefix("UID ").partition(" ")[0]
            if verb == self.server.drops_at:
                return
            if not self.obey(tag, verb, command):
                self.say(f"{tag} BAD what?")
                continue
            self.say(f"{tag} OK done")
            if verb == "LOGOUT":
                return

    def obey(self, tag: str, verb: str, command: str) -> bool:
        del tag
        mails = self.server.mails
        if verb == "CAPABILITY":
            self.say(f"* CAPABILITY {CAPABILITIES}")
        elif verb == "SELECT":
            self.say(f"* {len(mails)} EXISTS")
            if self.server.lasting:
                self.say(f"* OK [PERMANENTFLAGS ({self.server.lasting})] kept")
        elif command == "UID SEARCH UNSEEN":
            self.say(f"* SEARCH {self.server.lacking(SEEN)}")
        elif found := re.fullmatch(r"UID SEARCH UNKEYWORD ([\w-]+)", command):
            self.say(f"* SEARCH {self.server.lacking(found[1])}")
        elif found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]\)", command):
            self.show(int(found[1]))
        elif found := re.fullmatch(r"UID STORE (\d+) \+FLAGS \((\\Seen|[\w-]+)\)", command):
            if found[2] != SEEN and not {found[2], r"\*"} & set(self.server.lasting.split()):
                return False
            mails[int(found[1])].flags.add(found[2])
        else:
            return verb in ("LOGIN", "LOGOUT")
        return True

    def show(self, number: int) -> None:
        raw = self.server.mails[number].raw
        self.wfile.write(f"* 1 FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode())
        self.wfile.write(raw + b")\r\n")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def imap_server(host: str = "127.0.0.1") -> Iterator[ImapServer]:
    with ImapServer(host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
