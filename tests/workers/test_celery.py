"""Real workers and beats on a real broker."""

import base64
import importlib
import json
import os
import pickle
import signal
import socket
from collections import Counter
from pathlib import Path

import pytest
import redis

from tests.workers.mail_server import HANG
from tests.workers.programs import wait_until
from workers.app import app
from workers.configuration import JOBS


def test_mail_leaves_within_seconds_of_its_promise(post, programs, server):
    worker, beat = programs("worker", "--concurrency", "2"), programs("beat")
    post.write(3, trace_id="request-7")
    post.until({"sent": 3})
    assert sorted(server.message_ids) == post.message_ids()
    lines = [json.loads(line) for line in worker.log.splitlines() if line.startswith("{")]
    sent = [line for line in lines if line["event"] == "mail sent"]
    assert [(line["mail"], line["request"]) for line in sent] == [
        (number, "request-7") for number in (1, 2, 3)
    ]
    assert "@city.example.org" not in worker.end() + beat.end()


def test_twenty_ticks_and_two_workers_send_each_mail_once(post, programs, server, tick):
    post.write(200)
    for _ in range(2):
        programs("worker", "--concurrency", "2")
    tick("deliver", times=20)
    post.until({"sent": 200})
    assert Counter(server.message_ids) == Counter(post.message_ids())


def test_two_beats_do_no_harm(post, programs, server):
    programs("worker", "--concurrency", "2")
    programs("beat")
    programs("beat")
    post.write(50)
    post.until({"sent": 50})
    assert Counter(server.message_ids) == Counter(post.message_ids())


class Planted:
    """Makes a file wherever it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def plant(client: redis.Redis, task: str, path: Path) -> None:
    body = base64.b64encode(pickle.dumps([[Planted(path)], {}, {}])).decode()
    delivery = {"exchange": "", "routing_key": "events"}
    message = {
        "body": body,
        "content-type": "application/x-python-serialize",
        "content-encoding": "binary",
        "headers": {"lang": "py", "task": task, "id": "planted", "root_id": "planted"},
        "properties": {
            "body_encoding": "base64",
            "delivery_info": delivery,
            "delivery_mode": 2,
            "delivery_tag": "planted",
            "priority": 0,
        },
    }
    client.lpush("events", json.dumps(message))


def test_a_planted_pickle_is_refused(post, programs, broker, tick, tmp_path):
    plant(broker, "deliver", tmp_path / "opened")
    worker = programs("worker", "--concurrency", "1")
    wait_until(lambda: "application/x-python-serialize" in worker.log)
    post.write()
    tick("deliver")
    post.until({"sent": 1})  # the worker goes on
    assert not (tmp_path / "opened").exists()
    assert "Refusing to deserialize" in worker.log


def test_the_planted_pickle_would_have_opened(tmp_path):
    pickle.loads(pickle.dumps(Planted(tmp_path / "opened")))
    assert (tmp_path / "opened").exists()


@pytest.mark.parametrize("kind", ["worker", "beat"])
def test_programs_say_when_they_are_ready(kind, programs, tmp_path):
    address = tmp_path / "ready"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.bind(str(address))
        notices.settimeout(60)
        programs(kind, NOTIFY_SOCKET=str(address))
        assert notices.recv(100) == b"READY=1"


def test_a_worker_that_is_told_to_stop_finishes_its_mail_and_gives_back_the_rest(
    post, programs, server, tick
):
    post.write(200)
    server.pause = 0.1
    worker = programs("worker", "--concurrency", "1")
    tick("deliver")
    wait_until(lambda: len(server.taken) > 3)
    worker.process.send_signal(signal.SIGTERM)
    worker.process.wait(10)
    states = post.states()
    assert states == {"sent": len(server.taken), "queued": 200 - len(server.taken)}


@pytest.mark.usefixtures("jobs")
def test_every_job_has_a_task_of_its_name():
    importlib.import_module("workers.tasks")
    assert {name for name in app.tasks if not name.startswith("celery.")} == set(JOBS)


def test_a_hanging_mail_server_leaves_a_process_for_the_rest(post, programs, server, tick):
    post.write()
    server.answers["MAIL"] = [HANG]
    programs("worker", "--concurrency", "2")
    tick("deliver")
    wait_until(lambda: post.states() == {"claimed": 1})
    post.write()
    tick("deliver")
    wait_until(lambda: post.states() == {"claimed": 1, "sent": 1})


def test_beat_ends_when_told_to_while_it_waits_for_a_broker(programs):
    beat = programs("beat", REDIS_URL="redis://:none@127.0.0.1:1/0")
    wait_until(lambda: "Connection refused" in beat.log)
    beat.process.send_signal(signal.SIGTERM)
    assert beat.process.wait(5) == 0
