"""`events-service …`: the command line. Every command works whether or not the service runs."""

from typing import Any

import click
from sqlalchemy.exc import OperationalError

from events_service.cli.demo import demo
from events_service.cli.doctor import doctor
from events_service.cli.inbox import inbox
from events_service.cli.mailbox import mailbox
from events_service.cli.running import configuration, migrate, up
from events_service.cli.signing_in import sign_in_link
from events_service.config import SettingsError
from events_service.running.embedded import CannotStart
from events_service.running.supervisor import GivenUp


class Ended(click.ClickException):
    """The command ends with this message and exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # Click reads it from the instance too


class Commands(click.Group):
    """Tells what a person can mend in one message, without a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise Ended(str(error), 2) from None
        except (CannotStart, GivenUp) as error:
            raise Ended(str(error), 1) from None
        except OperationalError as error:
            said = str(error.orig).strip()
            raise Ended(f"The database cannot be used. It said:\n{said}", 1) from None


@click.group(cls=Commands)
def main() -> None:
    """The workshop service of a network of cities."""


for command in (up, demo, migrate, doctor, sign_in_link, mailbox, inbox, configuration):
    main.add_command(command)
