"""A load generator that costs little: keep-alive sockets, requests as ready bytes, a process of
its own. Each connection waits for its answer before it asks again (closed loop)."""

import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What a load came to. Times in seconds."""

    requests: int
    seconds: float
    statuses: dict[int, int]
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Connection:
    """One kept-alive HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send one request; its status, head and body."""
        self.socket.sendall(request)
        data = self.left
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end]
        length = _content_length(head)
        while len(data) < end + 4 + length:
            data += self._more()
        self.left = data[end + 4 + length :]
        return int(head[9:12]), head, data[end + 4 : end + 4 + length]

    def _more(self) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError("the server closed the connection")
        return more


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def get(port: int, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def run_in_process(port: int, requests: Sequence[Sequence[bytes]], seconds: float) -> Result:
    """Each inner list is one connection's requests, in order; over and over for `seconds`, or
    once when `seconds` is 0. The load runs in a process of its own."""
    job = {
        "port": port,
        "seconds": seconds,
        "requests": [[one.decode("latin-1") for one in several] for several in requests],
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.http_load"],
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    return Result(
        told["requests"],
        told["seconds"],
        {int(status): count for status, count in told["statuses"].items()},
        told["p50"],
        told["p99"],
    )


def _turns(requests: Sequence[bytes], until: float | None) -> Iterator[bytes]:
    while True:
        for request in requests:
            if until is not None and time.perf_counter() >= until:
                return
            yield request
        if until is None:
            return


def _drive(
    connection: Connection, turns: Iterable[bytes], times: list[float], statuses: list[int]
) -> None:
    for request in turns:
        began = time.perf_counter()
        status, _head, _body = connection.ask(request)
        times.append(time.perf_counter() - began)
        statuses.append(status)


def _connected(port: int) -> Connection:
    """Connections come one after the other, as people do: those that come in the same moment are
    all taken by the server process that happens to be awake, and would keep one core busy."""
    time.sleep(0.02)
    return Connection(port)


def main() -> None:
    job = json.load(sys.stdin)
    requests = [[one.encode("latin-1") for one in several] for several in job["requests"]]
    times: list[float] = []
    statuses: list[int] = []
    connections = [_connected(job["port"]) for _ in requests]
    began = time.perf_counter()
    until = began + job["seconds"] if job["seconds"] else None
    threads = [
        threading.Thread(target=_drive, args=(connection, _turns(one, until), times, statuses))
        for connection, one in zip(connections, requests, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {
        "requests": len(times),
        "seconds": time.perf_counter() - began,
        "statuses": {status: statuses.count(status) for status in set(statuses)},
        "p50": statistics.median(times),
        "p99": statistics.quantiles(times, n=100)[98],
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
