"""The servers that the service brings along."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from events_service.running import postgres_binaries
from events_service.running.broker import BrokerServer
from events_service.running.embedded import AlreadyRunning, CannotStart
from events_service.running.postgres import PostgresServer
from events_service.running.sockets import socket_folder


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> PostgresServer:
    server = PostgresServer(tmp_path_factory.mktemp("postgres"), durable=False)
    with server:
        yield server


def ask(server: PostgresServer, question: str) -> object:
    with psycopg.connect(server.url()) as connection:
        return connection.execute(question).fetchone()[0]


def test_postgres_speaks_unicode_and_utc(postgres):
    assert ask(postgres, "select upper('žilina')") == "ŽILINA"
    assert ask(postgres, "show timezone") == "UTC"
    assert ask(postgres, "show server_encoding") == "UTF8"


def test_postgres_is_on_no_network_and_wants_the_password(postgres):
    assert ask(postgres, "show listen_addresses") == ""
    without = postgres.url().replace(postgres.password, "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)


def test_the_extensions_we_use_are_there(postgres):
    wanted = "('btree_gist', 'pg_trgm', 'unaccent')"
    found = f"select count(*) from pg_available_extensions where name in {wanted}"
    assert ask(postgres, found) == 3


def test_a_second_server_on_the_same_data_is_refused(postgres):
    with pytest.raises(AlreadyRunning):
        PostgresServer(postgres.data, durable=False).start()
    assert ask(postgres, "select 1") == 1


def test_secrets_are_for_their_owner_only(postgres):
    secret = postgres.data / "secrets/postgres"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700


def test_data_and_password_outlive_the_server(tmp_path):
    server = PostgresServer(tmp_path)
    with server, psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('here')")
    with PostgresServer(tmp_path) as again:
        assert ask(again, "select word from kept") == "here"


def test_a_number_left_by_a_crash_that_is_now_another_programs_is_no_obstacle(tmp_path):
    with PostgresServer(tmp_path, durable=False):
        left = (tmp_path / "postgres/postmaster.pid").read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (tmp_path / "postgres/postmaster.pid").write_text("\n".join([str(stranger.pid), *left[1:]]))
        with PostgresServer(tmp_path, durable=False) as again:
            assert ask(again, "select 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_is_refused(tmp_path):
    (tmp_path / "postgres").mkdir(mode=0o700)
    (tmp_path / "postgres/PG_VERSION").write_text("12\n")
    with pytest.raises(CannotStart, match=r"made by PostgreSQL 12.*pg_dump of version 12"):
        PostgresServer(tmp_path).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="the ways to run as root are for root")
@pytest.mark.parametrize("way", ["IN_A_NAMESPACE", "AS_NOBODY"])
def test_each_way_to_run_as_root(way, tmp_path, monkeypatch):
    closed = ["false"]
    other = {"IN_A_NAMESPACE": "AS_NOBODY", "AS_NOBODY": "IN_A_NAMESPACE"}[way]
    tmp_path.parent.chmod(0o700)  # as /root is
    monkeypatch.setattr(postgres_binaries, other, closed)
    with PostgresServer(tmp_path, durable=False) as server:
        assert ask(server, "select 1") == 1
        assert server.way[0] == {"IN_A_NAMESPACE": "unshare", "AS_NOBODY": "setpriv"}[way]


def test_the_broker_wants_its_password_and_keeps_everything(tmp_path):
    with BrokerServer(tmp_path) as broker:
        stranger = redis.Redis(unix_socket_path=str(broker.socket))
        with pytest.raises(redis.AuthenticationError):
            stranger.ping()
        stranger.close()
        client = redis.Redis(unix_socket_path=str(broker.socket), password=broker.password)
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.set("word", "here")
        client.close()
    with BrokerServer(tmp_path) as broker:
        client = redis.Redis(unix_socket_path=str(broker.socket), password=broker.password)
        assert client.get("word") in (b"here", "here")
        client.close()


def test_a_deep_data_folder_gets_sockets_in_a_short_place(tmp_path):
    deep = tmp_path / ("folder " * 20)
    assert socket_folder(deep) == socket_folder(deep)
    assert len(str(socket_folder(deep))) < 80
    with BrokerServer(deep) as broker, PostgresServer(deep, durable=False) as postgres:
        assert (broker.answers(), ask(postgres, "select 1")) == (True, 1)


START = """
import sys, time
from pathlib import Path
from events_service.running.{module} import {server}
server = {server}(Path(sys.argv[1]))
server.start()
print(server.process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("module", "server"), [("postgres", "PostgresServer"), ("broker", "BrokerServer")]
)
def test_a_server_ends_when_its_parent_is_killed(module, server, tmp_path: Path):
    program = START.format(module=module, server=server)
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
