"""Doing before the pool forks what each of its processes would else do, and keep, for itself.

Nothing that is done here stays: nothing was due so long ago, and letters are not kept.
"""

import contextlib
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from events_service.db import engine, transaction
from events_service.domain.delivery.claim import claim
from events_service.domain.delivery.rendering import take_unrendered
from events_service.domain.followup.spotlight_letters import draft_due_letters
from events_service.domain.inbox.reading import take_unread
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import OutboxMail
from events_service.translation import read_catalogues, speaking
from workers.process import settings

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # nothing was due then


def rehearse() -> None:
    """Ask what every tick asks, and write the newest letters once more. Without a database or
    letters the processes do that for themselves. Templates that no letter has needed are not
    read: what all processes come to use is held three times, once by the one that forked them."""
    read_catalogues()
    with contextlib.suppress(SQLAlchemyError):
        with engine().connect() as connection:
            claim(connection, now=LONG_AGO)
            connection.rollback()
        with transaction() as session:
            take_unrendered(session, now=LONG_AGO)
            draft_due_letters(session, settings(), now=LONG_AGO)
            apply_due_changes(session, settings(), LONG_AGO)
            take_unread(session, now=LONG_AGO)
            newest = select(OutboxMail.letter, OutboxMail.facts, OutboxMail.language)
            letters = session.execute(newest.order_by(OutboxMail.id.desc()).limit(3)).all()
        for name, facts, language in letters:
            # What is wrong with a letter was told when its turn came.
            with contextlib.suppress(Exception), speaking(language):
                LETTERS[name](facts, sender_in(settings()))
