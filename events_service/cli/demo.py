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

    if as_json:
        chosen = ctx.get_parameter_source("data") is not click.core.ParameterSource.DEFAULT
        _play_headless(data if chosen else None)
    elif is_running(data):
        _play(data)
    else:
        _start_and_play(data, port)


def _play_headless(data: Path | None) -> None:
    with tempfile.TemporaryDirectory(prefix="events-service-demo-") as temporary:
        folder = data or Path(temporary)
        if (folder / "postgres").exists():
            raise click.ClickException(f"{folder} holds data already; the demo wants fresh data.")
        with ready_service(folder) as settings:
            happened = _story(settings, lambda *_: None)
    click.echo(json.dumps(happened, indent=2, ensure_ascii=False, default=str))


def _play(data: Path) -> None:
    with ready_service(data) as settings:
        happened = _story(settings, _show_progress)
    click.echo("")
    for part, what in happened.items():
        click.echo(f"{part:<24} {what}")


def _story(settings: Settings, report_progress: Any) -> dict[str, Any]:
    from events_service.demo import play
    from events_service.running.preparing import load_sample_into_an_empty_database

    clock = clock_from(settings.clock_starts_at)
    load_sample_into_an_empty_database(settings, now=clock())
    happened: dict[str, Any] = play(settings, clock, report_progress)
    return happened


def _show_progress(*said: object) -> None:
    click.echo("  " + " ".join(str(part) for part in said))


def _start_and_play(data: Path, port: int | None) -> None:
    """Run the service; a second process plays on it while the logs of the first go to a file."""
    from events_service.running.service import Service
    from events_service.running.terminal import Terminal

    terminal = Terminal()
    service = Service(data, port, terminal)

    def play_and_greet(settings: Settings) -> None:
        terminal.put_aside(data / "demo.log")
        command = [sys.executable, "-m", "events_service.cli", "demo", "--data", str(data)]
        subprocess.run(command, check=False)  # noqa: S603 (ourselves)
        terminal.bring_back()
        terminal.step(welcome(settings, data))

    # In a thread, since the service must go on reading what its processes print.
    service.run(
        lambda settings: Thread(target=play_and_greet, args=[settings], daemon=True).start()
    )
