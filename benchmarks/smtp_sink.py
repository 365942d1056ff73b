"""An SMTP server that takes everything and counts it: asyncio, no parsing, a process of its own.

aiosmtpd eats a core at a few hundred mails a second and would measure itself. Before its 250 this
one waits as long as a server needs to put a mail on its disk (RFC 5321 §6.1): a bare loop then
reaches the 530 mails a second on one connection that the targets were set beside. Like any server
of note it takes an envelope at once (RFC 2920), which smtplib by itself makes no use of.
"""

import asyncio
import socket
import subprocess
import sys
import time
from asyncio import SelectorEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import SelectSelector

WRITES = 0.0016  # seconds before the 250; an answer takes some more to come


class Taker(asyncio.Protocol):
    taken = 0
    last_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.held, self.in_data = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            if self.in_data:
                end = self.held.find(b"\r\n.\r\n")
                if end < 0:
                    return
                self.held, self.in_data = self.held[end + 5 :], False
                asyncio.get_running_loop().call_later(WRITES, self._take)
            else:
                line, found, rest = self.held.partition(b"\r\n")
                if not found:
                    return
                self.held = rest
                self._answer(line[:4].upper())

    def _take(self) -> None:
        Taker.taken += 1
        Taker.last_at = time.time()
        self.transport.write(b"250 taken\r\n")

    def _answer(self, verb: bytes) -> None:
        if verb == b"DATA":
            self.in_data = True
            self.transport.write(b"354 go on\r\n")
        elif verb == b"EHLO":
            self.transport.write(b"250-sink\r\n250 PIPELINING\r\n")
        elif verb == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        elif verb == b"STAT":
            self.transport.write(f"250 {Taker.taken} {Taker.last_at!r}\r\n".encode())
        else:
            self.transport.write(b"250 ok\r\n")


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Taker, "127.0.0.1", port)
    await server.serve_forever()


class Sink:
    """A running sink."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"smtp://127.0.0.1:{port}"

    def taken(self) -> tuple[int, float]:
        """How many mails it has taken, and when the last one came (seconds since the epoch)."""
        with socket.create_connection(("127.0.0.1", self.port)) as asking:
            lines = asking.makefile("rwb")
            lines.readline()
            lines.write(b"STAT\r\n")
            lines.flush()
            _code, count, last_at = lines.readline().split()
        return int(count), float(last_at)

    def wait_for(self, count: int, seconds: float = 300) -> float:
        """Wait until it has taken `count` mails; when the last of them came."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            taken, last_at = self.taken()
            if taken >= count:
                return last_at
            time.sleep(0.1)
        raise SystemExit(f"only {self.taken()[0]} of {count} mails came; see worker.log")


@contextmanager
def sink(port: int) -> Iterator[Sink]:
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.smtp_sink", str(port)])
    running = Sink(port)
    try:
        for _ in range(100):
            try:
                running.taken()
                break
            except OSError:
                time.sleep(0.05)
        yield running
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    # select() waits for microseconds; epoll, the usual one, rounds up to whole milliseconds.
    with asyncio.Runner(loop_factory=lambda: SelectorEventLoop(SelectSelector())) as runner:
        runner.run(_serve(int(sys.argv[1])))
