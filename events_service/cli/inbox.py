"""`events-service inbox`: mail that comes in, from a mail server's hand or for a person's eyes."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from events_service.cli.working import data_option, ready_service
from events_service.clock import clock_from
from events_service.config import Settings
from events_service.db import connect, transaction
from events_service.running.alone import is_running
from events_service.running.environment import service_environment
from events_service.running.postgres import PostgresServer

if TYPE_CHECKING:
    from events_service.queries.inbox import InboundListed

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits(3): the mail server keeps the mail


class Delivery(click.Command):
    """Even when the command is called wrongly, the mail server is to keep the mail."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as wrong:
            wrong.show()
            sys.exit(TRY_AGAIN)


@click.group()
def inbox() -> None:
    """Take in mail: answers of calendar programs, and letters that come back."""


@inbox.command(cls=Delivery)
@click.option("--recipient", "recipients", multiple=True, help="Of the envelope; can be repeated.")
@data_option
def deliver(recipients: tuple[str, ...], data: Path) -> None:
    """Archive the message on standard input. Ends with 0 once it is kept, whatever becomes of it,
    and with 75 when it can't be kept now and is to be brought again."""
    archived = False
    try:
        raw = sys.stdin.buffer.read()
        _refuse_a_folder_of_no_service(data)
        with _database(data) as settings:
            _archive(raw, recipients, settings)
            archived = True
            if not (os.environ.get("DATABASE_URL") or is_running(data)):
                _read_now(settings)
    except Exception as error:
        if not archived:
            _bring_it_again(error)
        click.echo(f"Archived. Reading it failed and is left for later: {_kind(error)}", err=True)


@inbox.command()
@click.option("--lmtp", "protocol", flag_value="lmtp", default=True, help="Speak LMTP (usual).")
@click.option("--smtp", "protocol", flag_value="smtp", help="Speak SMTP.")
@click.option("--listen", default="127.0.0.1:8024", show_default=True, metavar="HOST:PORT")
@data_option
def serve(protocol: str, listen: str, data: Path) -> None:
    """Take mail that a mail server brings, until Ctrl-C. Only for rsvp+… and bounce+… at
    MAIL_DOMAIN; it asks for no password, so let nobody else reach it."""
    from events_service.logs import configure_logs
    from events_service.running import inbox_door

    place = _place(listen)
    with ready_service(data) as settings:
        configure_logs(settings.log_format)
        inbox_door.serve(
            settings,
            clock_from(settings.clock_starts_at),
            "smtp" if protocol == "smtp" else "lmtp",
            place,
            ready=lambda port: click.echo(f"Taking mail by {protocol.upper()} on port {port}."),
        )


@inbox.command()
@click.argument("number", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="As data.")
@data_option
def show(number: int | None, as_json: bool, data: Path) -> None:
    """Say what became of the mails that came in, the newest 1,000, or of mail NUMBER."""
    from events_service.queries.inbox import came_in, inbox_listed

    with ready_service(data), transaction() as session:
        mails = inbox_listed(session, number)
        earlier = came_in(session) - len(mails) if number is None else 0
    if earlier > 0:
        click.echo(f"The newest {len(mails):,} mails; {earlier:,} came earlier.", err=True)
    if number is not None and not mails:
        raise click.ClickException(f"No mail {number} has come in.")
    if as_json:
        rows = [_as_data(asdict(mail)) for mail in mails]
        shown = rows if number is None else rows[0]
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False, default=datetime.isoformat))
        return
    for mail in mails:
        outcome = mail.outcome or "not read"
        click.echo(f"{mail.id:>6}  {outcome:<11}  {mail.sender or 'unclear'}  {mail.subject or ''}")
        click.echo(f"        {_what_became(mail)}")


def _refuse_a_folder_of_no_service(data: Path) -> None:
    """Mail that were kept in a database made for a mistyped folder would be lost."""
    if not (os.environ.get("DATABASE_URL") or PostgresServer(data).was_made):
        click.echo(
            f"No service was ever set up in {data}: name its data folder with --data, or set "
            "DATABASE_URL.",
            err=True,
        )
        sys.exit(TRY_AGAIN)


@contextmanager
def _database(data: Path) -> Iterator[Settings]:
    """Connected, and brought up to date where nobody else does that."""
    os.environ.setdefault("PGCONNECT_TIMEOUT", "10")  # seconds; a mail server waits for us
    with service_environment(data, broker=False) as settings:
        if os.environ.get("DATABASE_URL") or is_running(data):
            connect(settings.sqlalchemy_url, pool_size=1)
        else:
            from events_service.running.preparing import prepare_database

            prepare_database(settings, now=clock_from(settings.clock_starts_at)())
        yield settings


def _archive(raw: bytes, recipients: tuple[str, ...], settings: Settings) -> None:
    from events_service.domain.inbox.archive import archive

    now = clock_from(settings.clock_starts_at)()
    with transaction() as session:
        archive(session, raw, door="command", recipients=recipients, now=now)


def _read_now(settings: Settings) -> None:
    """No worker runs here, so this process reads what waits."""
    from events_service.running.reading_inbox import read_due_mail

    clock = clock_from(settings.clock_starts_at)
    read_due_mail(settings, clock, go_on=lambda: True, failed=lambda _, error: _kind(error))


def _bring_it_again(error: Exception) -> NoReturn:
    click.echo(f"The mail can't be archived now, bring it again: {_kind(error)}", err=True)
    sys.exit(TRY_AGAIN)


def _kind(error: Exception) -> str:
    return type(error).__name__


def _place(listen: str) -> Any:
    from events_service.running.inbox_door import Place

    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise click.BadParameter("should be like 127.0.0.1:8024", param_hint="--listen")
    return Place(host.strip("[]"), int(port))


def _what_became(mail: "InboundListed") -> str:
    return " ".join(
        [
            mail.reason,
            *([f"{mail.invitee.name} ({mail.participation})."] if mail.invitee else []),
            *([f"About {mail.day}."] if mail.day else []),
            *([f"A person decided: {mail.decision}."] if mail.decision else []),
        ]
    )


def _as_data(mail: dict[str, Any]) -> dict[str, Any]:
    """`sender` is called as its header is."""
    return {("from" if name == "sender" else name): value for name, value in mail.items()}
