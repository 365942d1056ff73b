"""`events-service mailbox`: what the service wrote, from the terminal."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from events_service.cli.working import data_option, ready_service
from events_service.db import transaction
from events_service.queries import mailbox as queries


@click.group()
def mailbox() -> None:
    """Look at the mail that the service wrote."""


@mailbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@data_option
def list_mail(as_json: bool, data: Path) -> None:
    """List every mail, oldest first."""
    with ready_service(data), transaction() as session:
        mails = queries.mails(session)
    if as_json:
        rows = [asdict(mail) for mail in mails]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=datetime.isoformat))
        return
    for mail in mails:
        click.echo(f"{mail.id:>6}  {mail.state:<9}  {mail.to}  {mail.subject or ''}")


@mailbox.command()
@click.argument("number", type=int)
@data_option
def raw(number: int, data: Path) -> None:
    """Write the exact bytes of mail NUMBER to standard output."""
    with ready_service(data) as settings, transaction() as session:
        message = queries.raw(session, settings, number)
    if message is None:
        raise click.ClickException(f"There is no mail {number}, or it is not rendered yet.")
    sys.stdout.buffer.write(message)
