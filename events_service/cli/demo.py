"""`events-service demo`: the whole story, on this service or on data of its own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import Any

import click

from events_service.cli.running import welcome
from events_service.cli.working import data_option, port_option, ready_service
from events_service.clock import clock_from
from events_service.config import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Play on fresh data, print data, end.")
@data_option
@port_option
@click.pass_context
def demo(ctx: click.Context, as_json: bool, data: Path, port: int | None) -> None:
    """Play the whole story, from the schedule to the follow-up.

    On the data of the service, which is started if it does not run yet and left running. With
    --json on fresh data: in the folder of --data, else in one that is removed afterwards.
    """
    from events_service.running.alone import is_running

    if as_json and ctx.get_parameter_source("data") is click.core.ParameterSource.DEFAULT:
        with tempfile.TemporaryDirectory(prefix="events-service-") as folder:
            _start_play_and_stop(Path(folder), port)
    elif is_running(data):
        _play(data, as_json)
    elif as_json:
        _start_play_and_stop(data, port)
    else:
        _start_and_play(data, port)


def _play(data: Path, as_json: bool) -> None:
    """Play on the running service, and tell what happened."""
    from events_service.demo import play
    from events_service.demo.story import NothingMoves

    with ready_service(data) as settings:
        try:
            report = _say_nothing if as_json else _show_progress
            happened = play(settings, clock_from(settings.clock_starts_at), report)
        except NothingMoves as error:
            raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(happened, indent=2, ensure_ascii=False))
    else:
        click.echo(_table(happened))


def _say_nothing(done: int, total: int, name: str) -> None:
    del done, total, name


def _show_progress(done: int, total: int, name: str) -> None:
    line = f"  {'█' * done}{'░' * (total - done)}  {name}"
    if sys.stdout.isatty():
        click.echo(f"\r\033[K{line}", nl=done == total)  # in place of the line before
    else:
        click.echo(line)


def _table(happened: dict[str, Any]) -> str:
    chapters = happened["chapters"]
    width = max(len(chapter["name"]) for chapter in chapters)
    lines = [""]
    for chapter in chapters:
        lines.append(f"{chapter['name']:<{width}}  {chapter['happened']}")
        lines.append(f"{'':<{width}}  {chapter['link']}")
    mails = ", ".join(f"{count} {state}" for state, count in happened["mails"].items())
    return "\n".join([*lines, f"{'Mail':<{width}}  {mails}"])


def _player(data: Path, *options: str) -> list[str]:
    """The command that joins the running service and plays on it."""
    return [sys.executable, "-m", "events_service.cli", "demo", "--data", str(data), *options]


def _start_and_play(data: Path, port: int | None) -> None:
    """Run the service; a second process plays on it while the logs of the first go to a file."""
    from events_service.running.service import Service
    from events_service.running.terminal import Terminal

    terminal = Terminal()
    service = Service(data, port, terminal)

    def play_and_greet(settings: Settings) -> None:
        terminal.put_aside(data / "demo.log")
        subprocess.run(_player(data), check=False)  # noqa: S603 (ourselves)
        terminal.bring_back()
        terminal.step(welcome(settings, data))

    # In a thread, since the service must go on reading what its processes print.
    service.run(
        lambda settings: Thread(target=play_and_greet, args=[settings], daemon=True).start()
    )


def _start_play_and_stop(data: Path, port: int | None) -> None:
    """Run the service without a word on fresh data, print what a second process played, end."""
    from events_service.running.alone import a_free_port
    from events_service.running.service import Service
    from events_service.running.terminal import Terminal

    if (data / "postgres").exists():
        raise click.ClickException(f"{data} holds data already; --json wants fresh data.")
    terminal = Terminal()
    service = Service(data, port or a_free_port(), terminal)
    terminal.put_aside(data / "demo.log")
    ended: list[int] = []

    def play_and_stop() -> None:
        ended.append(subprocess.run(_player(data, "--json"), check=False).returncode)  # noqa: S603
        service.stop()

    service.run(lambda _: Thread(target=play_and_stop, daemon=True).start())
    sys.exit(ended[0] if ended else 1)
