"""What an organiser does between a change and its minute: reads every letter, and releases."""

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.change_letters import (
    ChangeLetter,
    hash_of,
    letters_of_change,
    release_change,
)
from events_service.domain.scheduling.changes import ask_for_change
from events_service.domain.scheduling.event_change import Change
from events_service.domain.scheduling.pending import open_change
from events_service.model import Account, Event, PendingChange
from tests.conftest import TestClock
from tests.follow_up import colleague


def letters_waiting(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> list[ChangeLetter]:
    pending = open_change(db, event.id)
    assert pending is not None
    return letters_of_change(db, settings, event, pending, now=clock.now)


def release(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    account: Account | None = None,
) -> PendingChange:
    """The letters as they are now, read and released; the change leaves in a minute."""
    read = hash_of(letters_waiting(db, settings, clock, event))
    account = account or colleague(db, f"Releases {clock.now}")
    return release_change(db, settings, event, account, read=read, now=clock.now)


def ask_and_release(
    db: Session, settings: Settings, clock: TestClock, event: Event, change: Change
) -> PendingChange:
    account = colleague(db, f"Asks {clock.now}")
    ask_for_change(db, event, change, account, now=clock.now)
    return release(db, settings, clock, event, account)
