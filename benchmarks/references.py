"""What the machine can do at all, measured in the same run: the figures beside ours."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from flask import Flask

from benchmarks.http_load import get, run_in_process
from benchmarks.stand import Stand, free_port, wait_for_http
from benchmarks.table import Row

hello = Flask("hello")


@hello.get("/")
def greet() -> str:
    return "hello"


def _hello_rate(seconds: float) -> float:
    port = free_port()
    command = [
        "-k",
        "gthread",
        "-w",
        "2",
        "--threads",
        "8",
        "--reuse-port",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "gunicorn"),
            *command,
            "-b",
            f"127.0.0.1:{port}",
            "benchmarks.references:hello",
        ]
    )
    try:
        wait_for_http(port, "/")
        return run_in_process(port, [[get(port, "/")]] * 16, seconds).rate
    finally:
        server.terminate()
        server.wait()


def _commit_rate(stand: Stand, seconds: float) -> float:
    url = stand.settings.database_url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists commits (n int)")
    counts: list[int] = []

    def commit() -> None:
        done, until = 0, time.perf_counter() + seconds
        with psycopg.connect(url, autocommit=True) as connection:
            while time.perf_counter() < until:
                connection.execute("insert into commits values (1)")
                done += 1
        counts.append(done)

    clients = [threading.Thread(target=commit) for _ in range(8)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / seconds


def _steps_rate() -> float:
    """Million steps of a plain loop in Python a second: how fast, or busy, the machine is."""
    began, steps = time.process_time(), 0
    while steps < 5_000_000:
        steps += 1
    return steps / 1e6 / (time.process_time() - began)


def measure(stand: Stand, seconds: float) -> list[Row]:
    return [
        Row("steps of an empty Python loop, one core", _steps_rate(), "M/s", ""),
        Row("Flask hello world under gunicorn, 16 connections", _hello_rate(seconds), "/s", ""),
        Row("database commits from Python, 8 clients", _commit_rate(stand, seconds), "/s", ""),
    ]
