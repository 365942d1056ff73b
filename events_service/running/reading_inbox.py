"""Reading what was archived: by workers each second, and by the command that archived it where
no worker runs."""

from collections.abc import Callable

from events_service.clock import Clock
from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.inbox.reading import note_failure, read_taken, take_unread


def read_due_mail(
    settings: Settings,
    clock: Clock,
    *,
    go_on: Callable[[], bool],
    failed: Callable[[int, Exception], str],
) -> int:
    """Read until nothing is due or `go_on` says no; how many were read.

    Each mail is a transaction of its own. `failed` hears of one that could not be read, and gives
    the reason that is kept of it: never the error's own words, which may hold what it says.
    """
    read = 0
    while go_on():
        with transaction() as session:
            mail = take_unread(session, now=clock())
        if mail is None:
            break
        try:
            with transaction() as session:
                read += read_taken(session, settings, mail, now=clock())
        except Exception as error:  # whatever is wrong with this mail, the others are read
            why = failed(mail, error)
            with transaction() as session:
                note_failure(session, mail, why, now=clock())
    return read
