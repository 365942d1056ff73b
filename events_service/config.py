"""Settings, read from the environment once and typed. docs/configuration.md is made from here."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable."""


class Settings(BaseSettings):
    """Everything that differs from one installation to the next."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    database_url: Annotated[
        str,
        Field(
            pattern=r"^postgresql(\+psycopg)?://",
            description="PostgreSQL to use, as `postgresql://user:password@host/name`. "
            "`events-service up` starts a server of its own when it is not set.",
        ),
    ]
    redis_url: Annotated[
        str,
        Field(
            pattern=r"^(rediss?://|redis\+socket://)",
            description="Redis or Valkey to use as broker, as `redis://:password@host:6379/0`. "
            "`events-service up` starts a server of its own when it is not set.",
        ),
    ]
    secret_key: Annotated[
        str,
        Field(
            min_length=32,
            description="Signs sign-in sessions and derives every link. At least 32 characters; "
            "the same on every machine. Changing it ends all links that were sent.",
        ),
    ]
    public_url: Annotated[
        str,
        Field(
            pattern=r"^https?://[^/]+$",
            description="Address under which people reach the service, without a slash at the end.",
        ),
    ] = "http://127.0.0.1:8000"
    mail_domain: Annotated[
        str, Field(description="Domain of the addresses that the service writes from.")
    ] = "events.example.org"
    network_name: Annotated[
        str, Field(description="Name of the network, shown on pages and as the sender.")
    ] = "Network of Cities"
    secretariat_address: Annotated[
        str, Field(description="Address people can write to when they need a person.")
    ] = "secretariat@events.example.org"
    smtp_url: Annotated[
        str | None,
        Field(
            pattern=r"^(smtp|smtp\+starttls|smtps)://",
            description="Mail server, as `smtp://host:25`, "
            "`smtp+starttls://user:password@host:587` or `smtps://user:password@host:465`. "
            "Without it mail stays in the in-app mailbox.",
        ),
    ] = None
    first_administrator: Annotated[
        str, Field(description="Address of the administrator made at the first start.")
    ] = "administrator@events.example.org"
    trusted_proxies: Annotated[
        int,
        Field(ge=0, le=5, description="How many reverse proxies stand in front of the service."),
    ] = 0
    clock_starts_at: Annotated[
        AwareDatetime | None,
        Field(description="Instant that the service's clock shows at start, to rehearse a year."),
    ] = None
    log_format: Annotated[
        str, Field(pattern="^(text|json)$", description="`text` for people, `json` for machines.")
    ] = "text"
    bind_address: Annotated[
        str,
        Field(description="Address the web process listens on; `0.0.0.0` for other machines."),
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port the web process listens on.")] = (
        8000
    )

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")


def load_settings(**given: Any) -> Settings:
    """Settings from the environment; `given` values win. SettingsError names what is wrong."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [
            f"{str(problem['loc'][0]).upper()}: {problem['msg'].lower()}"
            for problem in error.errors(include_url=False, include_input=False)
        ]
        raise SettingsError("These settings need another look:\n" + "\n".join(lines)) from None


PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """A folder that lies beside the package in a checkout and inside it in a wheel."""
    inside = PACKAGE / name
    beside = {"templates": PACKAGE.parent / "templates", "static": PACKAGE.parent / "assets/build"}
    return inside if inside.exists() else beside[name]
