"""The way from one browser to the service, which can be cut as a network drops. Chromium's own
"offline" is not enough where a page loads again: its last request can get out meanwhile."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """An HTTP proxy to the one service at `address`, which understands proxied requests itself."""

    def __init__(self, address: str) -> None:
        to = urlsplit(address)
        self._to = to.hostname or "", to.port or 80
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._whole = True
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        self._whole = False
        while self._open:
            hang_up(self._open.pop())

    def mend(self) -> None:
        self._whole = True

    def close(self) -> None:
        self.cut()
        hang_up(self._door)

    def _answer(self) -> None:
        with suppress(OSError):  # closed
            while True:
                caller, _ = self._door.accept()
                if not self._whole:
                    hang_up(caller)
                    continue
                service = socket.create_connection(self._to)
                for one in (caller, service):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._open.append(one)
                for one, other in ((caller, service), (service, caller)):
                    threading.Thread(target=carry, args=(one, other), daemon=True).start()


def carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # hung up
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)


def hang_up(one: socket.socket) -> None:
    with suppress(OSError):  # hung up by the other side
        one.shutdown(socket.SHUT_RDWR)
    one.close()
