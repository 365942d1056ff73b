"""`events-service up` and the commands beside it, as a person would use them."""

import json
import os
import re
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from threading import Thread
from urllib.request import urlopen

import psycopg
import pytest

from events_service.running.postgres import PostgresServer
from tests.running.running_service import (
    COMMAND,
    RunningService,
    clean_environment,
    events_service,
    free_port,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    running = RunningService(tmp_path_factory.mktemp("service") / "data")
    yield running
    if running.process.poll() is None:
        running.interrupt()


def test_it_serves_pages_and_says_that_it_is_ready(service):
    assert service.get("/healthz") == (200, "ok\n")
    assert json.loads(service.get("/readyz")[1]) == {"ready": True, "problems": []}
    status, page = service.get("/")
    assert (status, "</html>" in page) == (200, True)


def test_the_sample_is_loaded_once_and_the_link_signs_in(service):
    assert service.printed.read_text().count("Loaded the sample data") == 1
    with urlopen(service.sign_in_link(), timeout=30) as answer:
        assert answer.status == 200


def test_a_second_service_on_the_same_data_is_refused_plainly(service):
    refused = events_service("up", "--data", str(service.data), "--port", str(free_port()))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Error: The service already runs on {service.data}: process {service.process.pid}, "
        f"{service.address}. Stop it there with Ctrl-C, or give this one another folder and port "
        "(--data DIR --port N).\n"
    )


def test_a_busy_port_is_refused_before_anything_is_started(service, tmp_path):
    refused = events_service("up", "--data", str(tmp_path), "--port", str(service.port))
    assert refused.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {service.port}" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secrets", "service.lock"]


def test_commands_join_the_running_service(service):
    link = events_service("sign-in-link", "staff@events.example.org", "--data", str(service.data))
    assert re.fullmatch(rf"{service.address}/sign-in/[a-z2-7]{{32}}\n", link.stdout)
    assert link.stdout.strip() not in service.printed.read_text()
    assert events_service("doctor", "--data", str(service.data)).returncode == 0
    assert service.get("/healthz") == (200, "ok\n")


def test_secrets_are_kept_for_their_owner(service):
    secrets = service.data / "secrets"
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in secrets.iterdir()}
    assert modes == {"secret_key": "0o600", "postgres": "0o600", "broker": "0o600"}


def test_a_killed_worker_is_started_again(service):
    workers = [pid for pid in service.processes() if b"workers\0worker" in cmdline(pid)]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    service.wait_for("worker   | ended (-9); it starts again in 0.5 seconds", 20)


def test_a_request_in_flight_is_finished_before_the_end(service):
    """It waits for a table that this test holds until the service has been told to stop."""
    answers: list[tuple[int, str]] = []
    visitor = Thread(target=lambda: answers.append(service.get("/")))
    with psycopg.connect(PostgresServer(service.data).url()) as holder:
        holder.execute("lock table series in access exclusive mode")
        visitor.start()
        time.sleep(1)
        assert answers == []  # the control: without the lock it would be there by now
        service.process.send_signal(signal.SIGINT)
        service.wait_for("Stopping …")
        time.sleep(1)
        holder.rollback()
        visitor.join(20)
    assert [status for status, _ in answers] == [200]
    assert service.process.wait(20) == 0


def test_ctrl_c_ends_everything_within_ten_seconds_and_a_new_start_keeps_the_data(service):
    service = RunningService(service.data)
    key = (service.data / "secrets/secret_key").read_text()
    assert service.interrupt() < 10
    assert service.process.returncode == 0
    assert service.processes() == []
    assert service.printed.read_text().endswith("Stopped.\n")
    again = RunningService(service.data)
    assert "Loaded the sample data" not in again.printed.read_text()
    assert (service.data / "secrets/secret_key").read_text() == key
    again.process.send_signal(signal.SIGKILL)
    again.process.wait()
    deadline = time.monotonic() + 15
    while again.processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert again.processes() == []


def cmdline(pid: int) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


def test_commands_start_what_they_need_and_stop_it_after(tmp_path):
    address = "administrator@events.example.org"
    together = [
        subprocess.Popen(
            [*COMMAND, "sign-in-link", address, "--data", str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env=clean_environment(),
        )
        for _ in range(3)
    ]
    links = [command.communicate(timeout=60)[0] for command in together]
    assert [
        bool(re.fullmatch(r"http://127.0.0.1:8000/sign-in/[a-z2-7]{32}\n", x)) for x in links
    ] == [True] * 3
    assert len(set(links)) == 3
    assert (
        json.loads(events_service("mailbox", "list", "--json", "--data", str(tmp_path)).stdout)
        == []
    )
    assert not list((tmp_path / "sockets").iterdir())


def test_an_unknown_address_gets_no_link(tmp_path):
    refused = events_service("sign-in-link", "nobody@example.org", "--data", str(tmp_path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert (
        refused.stderr == "Error: Nobody with the address nobody@example.org has an account here.\n"
    )
