"""Mail that came in: read, each once, as soon as it is archived."""

import structlog

from events_service.running.reading_inbox import read_due_mail
from workers.faults import kind_and_place
from workers.process import Turn, clock, settings

log = structlog.get_logger("workers.inbox")


def read_inbox() -> None:
    """Read until nothing is due or the turn is over."""
    turn = Turn()
    read = read_due_mail(settings(), clock(), go_on=lambda: not turn.over, failed=_failed)
    if read:
        log.info("mail read", mails=read)


def _failed(mail: int, error: Exception) -> str:
    why = kind_and_place(error)
    log.error("mail can't be read", mail=mail, why=why)
    return why
