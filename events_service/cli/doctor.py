"""`events-service doctor`: what is wrong here, and how to mend it."""

import sys
from pathlib import Path

import click

from events_service.cli.working import data_option


@click.command()
@data_option
def doctor(data: Path) -> None:
    """Check settings, database, broker, mail server and clock. Ends with 1 if one needs mending."""
    from events_service.running.doctor import examine

    findings = list(examine(data))
    for finding in findings:
        click.echo(f"{'ok     ' if finding.good else 'WRONG  '} {finding.subject}: {finding.said}")
        if finding.mend:
            click.echo(f"        {finding.mend}")
    sys.exit(0 if all(finding.good for finding in findings) else 1)
