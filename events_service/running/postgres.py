"""A PostgreSQL of the service's own: one socket, one user with a password, no network."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from events_service.running.embedded import CannotStart, EmbeddedServer
from events_service.running.postgres_binaries import Binaries, find_binaries, way_to_run
from events_service.running.secrets import kept_secret
from events_service.running.sockets import socket_folder

USER = "events"
THROW_AWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class PostgresServer(EmbeddedServer):
    """PostgreSQL on `data/postgres`. With `durable=False` it is quick and forgets its data when
    the machine stops: for tests.
    """

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": roll back, write a checkpoint, end

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        super().__init__(data)
        self.durable = durable
        if not durable:
            self.stop_signal = signal.SIGQUIT  # "immediate": nothing to save

    @property
    def password(self) -> str:
        return kept_secret(self.data / "secrets/postgres")

    def url(self, database: str = "events") -> str:
        """Where clients find that database (it need not exist); driver left open."""
        where = quote(str(socket_folder(self.data)), safe="")
        return f"postgresql://{USER}:{self.password}@/{database}?host={where}&port=5432"

    def start(self) -> None:
        super().start()
        self._make_database("events")

    @property
    def was_made(self) -> bool:
        """Whether a service ever kept its data here."""
        return (self.folder / "PG_VERSION").exists()

    def prepare(self) -> list[str]:
        binaries = find_binaries()
        if not self.was_made:
            self._make_cluster(binaries)
        self._refuse_another_version(binaries)
        self.way = way_to_run(binaries, self.folder)
        # Our lock says that no server of ours lives; a number kept in this file may by now
        # belong to another program, and PostgreSQL would refuse to start because of it.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={socket_folder(self.data)}",
            "unix_socket_permissions=0700",
            "port=5432",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            *([] if self.durable else THROW_AWAY),
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        return [binaries["postgres"], "-D", str(self.folder), *options]

    def answers(self) -> bool:
        return self._lets_us_into("postgres")

    def ready_for_others(self) -> bool:
        return self._lets_us_into("events")

    def _lets_us_into(self, database: str) -> bool:
        try:
            psycopg.connect(self.url(database), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self, binaries: Binaries) -> None:
        fresh = self.folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.password  # noqa: B018 (made now, for initdb to read)
        made = subprocess.run(  # noqa: S603
            [*way_to_run(binaries, fresh), *self._initdb(binaries, fresh)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        if made.returncode:
            raise CannotStart(f"PostgreSQL cannot make {fresh}. It said:\n{made.stderr.strip()}")
        fresh.rename(self.folder)

    def _initdb(self, binaries: Binaries, folder: Path) -> list[str]:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return [
            binaries["initdb"],
            f"--pgdata={folder}",
            f"--username={USER}",
            f"--pwfile={self.data / 'secrets/postgres'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *(
                builtin
                if binaries.version >= 17
                else ["--locale-provider=libc", "--locale=C.UTF-8"]
            ),
            "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        ]

    def _refuse_another_version(self, binaries: Binaries) -> None:
        made_by = int((self.folder / "PG_VERSION").read_text())
        if made_by != binaries.version:
            raise CannotStart(
                f"The data in {self.folder} was made by PostgreSQL {made_by}, and this is "
                f"PostgreSQL {binaries.version}. Write it out with pg_dump of version {made_by}, "
                "move the folder away, start again and read it in with psql; or set "
                f"DATABASE_URL to a server of version {made_by} that uses it."
            )

    def _make_database(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [name])
            if found.fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
