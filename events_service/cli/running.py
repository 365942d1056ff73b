"""`events-service up`, `migrate` and `configuration`."""

from pathlib import Path

import click

from events_service.cli.working import data_option, port_option
from events_service.clock import clock_from
from events_service.config import Settings


@click.command()
@data_option
@port_option
def up(data: Path, port: int | None) -> None:
    """Run the whole service here until Ctrl-C."""
    from events_service.running.service import Service
    from events_service.running.terminal import Terminal

    terminal = Terminal()
    service = Service(data, port, terminal)
    service.run(lambda settings: terminal.step(welcome(settings, data)))


def welcome(settings: Settings, data: Path) -> str:
    """Where the service is, and a way in for the first administrator."""
    from events_service.running.preparing import NoSuchAccount, fresh_sign_in_url

    now = clock_from(settings.clock_starts_at)()
    try:
        link = fresh_sign_in_url(settings, settings.first_administrator, now=now)
        way_in = f"Sign in as {settings.first_administrator} (once, within 15 minutes):\n  {link}"
    except NoSuchAccount:
        way_in = "Sign in: events-service sign-in-link ADDRESS"
    return (
        f"\nThe service is ready: {settings.public_url}\n{way_in}\n"
        f"Its data is in {data.resolve()}. Ctrl-C stops it.\n"
    )


@click.command()
@data_option
def migrate(data: Path) -> None:
    """Bring the database to this version's tables; make the first account where there is none."""
    from events_service.running.environment import service_environment
    from events_service.running.preparing import prepare_database

    with service_environment(data) as settings:
        prepare_database(settings, now=clock_from(settings.clock_starts_at)())
    click.echo("The database is up to date.")


@click.command()
def configuration() -> None:
    """Print docs/configuration.md, made from the settings."""
    from events_service.running.configuration import settings_as_markdown

    click.echo(settings_as_markdown(), nl=False)
