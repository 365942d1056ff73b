"""Settings, read from the environment once and typed. docs/configuration.md is made from here.

Plain dataclass fields: every process reads settings, and a library for it took 7 MB in each.
"""

import os
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable."""


def setting(
    description: str,
    *,
    default: Any = MISSING,
    reads: Callable[[str], object] = str,
    like: str = "",
    wanted: str = "",
) -> Any:
    """A field of Settings. `reads` makes its value of the variable's text and raises ValueError
    when it can't; the text must match `like`; `wanted` says in words what is expected."""
    told = {"description": description, "reads": reads, "like": like, "wanted": wanted}
    return field(default=default, metadata=told)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError
    return instant


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs from one installation to the next."""

    database_url: str = setting(
        "PostgreSQL to use, as `postgresql://user:password@host/name`. "
        "`events-service up` starts a server of its own when it is not set.",
        like=r"postgresql(\+psycopg)?://",
        wanted="an address like postgresql://user:password@host/name",
    )
    redis_url: str = setting(
        "Redis or Valkey to use as broker, as `redis://:password@host:6379/0`; without a password "
        "only by a unix socket. "
        "`events-service up` starts a server of its own when it is not set.",
        like=r"(rediss?://[^/@]*:[^/@]+@|redis\+socket://)",
        wanted="an address with a password, like redis://:password@host:6379/0",
    )
    secret_key: str = setting(
        "Signs sign-in sessions and derives every link. At least 32 characters; "
        "the same on every machine. Changing it ends all links that were sent.",
        like=r"(?s).{32,}",
        wanted="at least 32 characters",
    )
    public_url: str = setting(
        "Address under which people reach the service, without a slash at the end.",
        default="http://127.0.0.1:8000",
        like=r"https?://[^/]+$",
        wanted="an address like https://events.example.org, without a slash at the end",
    )
    mail_domain: str = setting(
        "Domain of the addresses that the service writes from.", default="events.example.org"
    )
    network_name: str = setting(
        "Name of the network, shown on pages and as the sender.", default="Network of Cities"
    )
    secretariat_address: str = setting(
        "Address people can write to when they need a person.",
        default="secretariat@events.example.org",
    )
    smtp_url: str | None = setting(
        "Mail server, as `smtp://host:25`, "
        "`smtp+starttls://user:password@host:587` or `smtps://user:password@host:465`. "
        "Without it mail stays in the in-app mailbox.",
        default=None,
        like=r"(smtp|smtp\+starttls|smtps)://",
        wanted="an address like smtp://host:25, smtp+starttls:// or smtps://",
    )
    inbox_imap_url: str | None = setting(
        "Mailbox that answers and bounces come to, as `imaps://user:password@host/INBOX`; a worker "
        "asks it every half minute. Not needed where the mail server delivers by "
        "`events-service inbox`.",
        default=None,
        like=r"imaps?://[^/@]+@[^/]+(/.*)?$",
        wanted="an address like imaps://user:password@host/INBOX",
    )
    inbox_trusted_servers: str = setting(
        "Names (authserv-id) under which your own mail servers write Authentication-Results, with "
        "commas between. An answer from somebody’s own address counts when one of them says that "
        "DMARC passed; nobody else’s word counts.",
        default="",
    )
    first_administrator: str = setting(
        "Address of the administrator made at the first start.",
        default="administrator@events.example.org",
    )
    trusted_proxies: int = setting(
        "How many reverse proxies stand in front of the service.",
        default=0,
        reads=_whole(0, 5),
        wanted="a number from 0 to 5",
    )
    clock_starts_at: datetime | None = setting(  # noqa: RUF009 (makes a field)
        "Instant that the service's clock shows at start, to rehearse a year.",
        default=None,
        reads=_instant,
        wanted="an instant with its zone, like 2030-01-01T00:00:00Z",
    )
    log_format: str = setting(
        "`text` for people, `json` for machines.",
        default="text",
        like="(text|json)$",
        wanted="text or json",
    )
    bind_address: str = setting(
        "Address the web process listens on; `0.0.0.0` for other machines.", default="127.0.0.1"
    )
    port: int = setting(
        "Port the web process listens on.",
        default=8000,
        reads=_whole(1, 65535),
        wanted="a number from 1 to 65535",
    )

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")


def load_settings(**given: Any) -> Settings:
    """Settings from the environment; `given` values win, an empty variable counts as none.
    SettingsError names all that is missing or wrong."""
    values: dict[str, Any] = {}
    problems = []
    for each in fields(Settings):
        value = given[each.name] if each.name in given else os.environ.get(each.name.upper())
        try:
            if value is not None and value != "":
                values[each.name] = _read(value, **each.metadata)
            elif each.default is MISSING:
                problems.append(f"{each.name.upper()}: is not set")
        except ValueError:
            problems.append(f"{each.name.upper()}: should be {each.metadata['wanted']}")
    if problems:
        raise SettingsError("\n".join(["These settings need another look:", *problems]))
    return Settings(**values)


def _read(value: Any, *, reads: Callable[[str], object], like: str, **_: str) -> object:
    if not isinstance(value, str):
        return value
    if not re.match(like, value):
        raise ValueError
    return reads(value)


PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """A folder that lies beside the package in a checkout and inside it in a wheel."""
    inside = PACKAGE / name
    beside = {"templates": PACKAGE.parent / "templates", "static": PACKAGE.parent / "assets/build"}
    return inside if inside.exists() else beside[name]
