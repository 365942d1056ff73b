"""`events-service sign-in-link`: for the terminal, where no mail is needed."""

from pathlib import Path

import click

from events_service.cli.working import data_option, ready_service
from events_service.clock import clock_from


@click.command("sign-in-link")
@click.argument("address")
@data_option
def sign_in_link(address: str, data: Path) -> None:
    """Print a link that signs ADDRESS in, once, within fifteen minutes."""
    from events_service.running.preparing import NoSuchAccount, fresh_sign_in_url

    with ready_service(data) as settings:
        try:
            link = fresh_sign_in_url(settings, address, now=clock_from(settings.clock_starts_at)())
        except NoSuchAccount as error:
            raise click.ClickException(str(error)) from None
    click.echo(link)
