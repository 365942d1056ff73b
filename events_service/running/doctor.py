"""The service's health, one finding a part; each says how to mend what is wrong."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from events_service.config import Settings, SettingsError
from events_service.db import connect, engine
from events_service.domain.readiness import broker_problem, database_problem
from events_service.running.embedded import CannotStart
from events_service.running.environment import service_environment

LARGEST_DIFFERENCE = 2.0  # seconds; leases are counted by the database's clock


@dataclass(frozen=True)
class Finding:
    subject: str
    good: bool
    said: str
    mend: str = ""


def examine(data: Path) -> Iterator[Finding]:
    """Findings in the order in which they should be mended."""
    try:
        with service_environment(data) as settings:
            connect(settings.sqlalchemy_url, pool_size=1)
            yield Finding("settings", True, "complete")
            yield _database()
            yield _broker(settings)
            yield mail_server(settings.smtp_url)
            yield _clock(settings)
    except SettingsError as error:
        yield Finding("settings", False, str(error), "docs/configuration.md explains each setting.")
    except CannotStart as error:
        yield Finding("servers", False, str(error))


def _database() -> Finding:
    problem = database_problem()
    if problem is None:
        return Finding("database", True, "answers, with the tables of this version")
    return Finding(
        "database",
        False,
        problem,
        "Look at DATABASE_URL and the server's log; `events-service migrate` makes the tables.",
    )


def _broker(settings: Settings) -> Finding:
    problem = broker_problem(settings.redis_url)
    if problem is None:
        return Finding("broker", True, "answers")
    return Finding("broker", False, problem, "Look at REDIS_URL and whether that server runs.")


def mail_server(smtp_url: str | None) -> Finding:
    """Greets the mail server and signs in where the address says how; sends nothing."""
    if smtp_url is None:
        return Finding(
            "mail server", True, "none is set, so mail stays in the mailbox of this service"
        )
    address = urlsplit(smtp_url)
    try:
        with contextlib.closing(_connected(address.scheme, address.hostname, address.port)) as mail:
            if address.username:
                mail.login(unquote(address.username), unquote(address.password or ""))
            mail.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding(
            "mail server",
            False,
            f"{address.hostname} cannot be used: {error}",
            "Look at SMTP_URL: host, port, user and password; and whether a firewall is between.",
        )
    return Finding("mail server", True, f"{address.hostname} answers")


def _connected(scheme: str, host: str | None, port: int | None) -> smtplib.SMTP:
    verified = ssl.create_default_context()  # as strict as the worker is
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host or "", port or 465, timeout=5, context=verified)
    mail = smtplib.SMTP(host or "", port or (587 if "starttls" in scheme else 25), timeout=5)
    if "starttls" in scheme:
        mail.starttls(context=verified)
    return mail


def _clock(settings: Settings) -> Finding:
    before = datetime.now(UTC)
    try:
        with engine().connect() as connection:
            there: datetime = connection.execute(text("select clock_timestamp()")).scalar_one()
    except SQLAlchemyError:
        return Finding("clock", False, "the database did not tell its time", "See the database.")
    here = before + (datetime.now(UTC) - before) / 2
    apart = abs((there - here).total_seconds())
    if apart > LARGEST_DIFFERENCE:
        return Finding(
            "clock",
            False,
            f"this machine and the database are {apart:.0f} seconds apart",
            "Let both follow a time server (systemd-timesyncd, chrony).",
        )
    shifted = f"; the service began at {settings.clock_starts_at}"
    return Finding(
        "clock", True, "agrees with the database's" + (shifted if settings.clock_starts_at else "")
    )
