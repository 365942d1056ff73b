"""`events-service mailbox`: what the service wrote, from the terminal."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from events_service.cli.working import data_option, ready_service
from events_service.db import transaction
from events_service.model import OutboxMail


@click.group()
def mailbox() -> None:
    """Look at the mail that the service wrote."""


@mailbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@data_option
def list_mail(as_json: bool, data: Path) -> None:
    """List every mail, oldest first."""
    with ready_service(data), transaction() as session:
        mails = [_row(mail) for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    if as_json:
        click.echo(json.dumps(mails, indent=2, ensure_ascii=False))
        return
    for mail in mails:
        click.echo(f"{mail['id']:>6}  {mail['state']:<9}  {mail['to']}  {mail['subject'] or ''}")


def _row(mail: OutboxMail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "to": mail.to_address,
        "cc": mail.cc_address,
        "letter": mail.letter,
        "subject": mail.subject,
        "state": mail.state,
        "message_id": mail.message_id,
        "created_at": mail.created_at.isoformat(),
        "sent_at": _instant(mail.sent_at),
        "sent_via": mail.sent_via,
        "last_answer": mail.last_answer,
    }


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


@mailbox.command()
@click.argument("number", type=int)
@data_option
def raw(number: int, data: Path) -> None:
    """Write the exact bytes of mail NUMBER to standard output."""
    from events_service.letters.message import seal

    with ready_service(data) as settings, transaction() as session:
        mail = session.get(OutboxMail, number)
        if mail is None:
            raise click.ClickException(f"There is no mail {number}.")
        if mail.rendered is None:
            raise click.ClickException(f"Mail {number} has not been rendered yet.")
        message = seal(settings.secret_key, mail.rendered)
    sys.stdout.buffer.write(message)
