"""What the chapters share: the service's settings and clock, its cast, and waiting for workers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.clock import Clock
from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.delivery.batch import UNDO, release_event
from events_service.domain.delivery.outbox_groups import waiting_letters
from events_service.domain.scheduling.next_edition import next_edition_of
from events_service.model import Account, Event, OutboxMail, Series
from events_service.model.mail import OPEN_STATES
from events_service.tokens import Purpose, token_for

PATIENCE = 120.0  # seconds for the workers


class NothingMoves(Exception):
    """The workers did not do what was waited for; the message says what and where to look."""


@dataclass(frozen=True)
class Happened:
    """What a chapter came to, and where to see it."""

    happened: str
    link: str


@dataclass(frozen=True)
class Chapter:
    name: str
    play: "Callable[[Story], Happened]"


class Story:
    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock

    @property
    def now(self) -> datetime:
        return self._clock()

    def url(self, path: str) -> str:
        return f"{self.settings.public_url}{path}"

    def link(self, prefix: str, purpose: Purpose, number: int, version: int = 1) -> str:
        """A city's or a person's own link, such as prefix `r`."""
        token = token_for(self.settings.secret_key, purpose, number, version)
        return self.url(f"/{prefix}/{token}")

    def administrator(self, db: Session) -> Account:
        return db.scalars(
            select(Account).where(Account.role == "administrator").order_by(Account.id)
        ).first() or _missing("an administrator")

    def first_series(self, db: Session) -> Series:
        return db.scalars(select(Series).order_by(Series.id)).first() or _missing("a series")

    def past(self, db: Session, city_slug: str) -> Event:
        """The workshop of the sample series in that city."""
        return _in_city(self.first_series(db), city_slug)

    def coming(self, db: Session, city_slug: str) -> Event:
        """The same workshop in the edition that the story schedules."""
        edition = next_edition_of(db, self.first_series(db)) or _missing("a next edition")
        return _in_city(edition, city_slug)

    def wait_for(self, what: str, done: Callable[[Session], bool]) -> None:
        """Wait until a worker has brought `done` about. NothingMoves after two minutes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with transaction() as db:
                if done(db):
                    return
            time.sleep(0.2)
        raise NothingMoves(f"Waited two minutes for {what}. Are worker and beat running?")

    def wait_for_mail(self, what: str) -> None:
        """Wait until everything that is due has left."""

        def all_left(db: Session) -> bool:
            waiting = select(func.count()).where(OutboxMail.state.in_(OPEN_STATES))
            return not db.scalar(waiting)

        self.wait_for(what, all_left)

    def release(self, city_slug: str) -> None:
        """Release what waits in the outbox of the coming workshop there, as an organiser does who
        has read it; the minute to undo it is skipped."""

        def written(db: Session) -> bool:
            return all(one.digest for one in waiting_letters(db, self.coming(db, city_slug).id))

        self.wait_for("the letters in the outbox", written)
        with transaction() as db:
            event = self.coming(db, city_slug)
            if waiting_letters(db, event.id):
                release_event(db, event, self.administrator(db), now=self.now - UNDO)

    def mails_by_state(self) -> dict[str, int]:
        with transaction() as db:
            counted = select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
            return dict(db.execute(counted).all())


def _in_city(series: Series, city_slug: str) -> Event:
    found = [event for event in series.events if event.city.slug == city_slug]
    return found[0] if found else _missing(f"a workshop in {city_slug}")


def _missing(what: str) -> NoReturn:
    raise NothingMoves(f"The story needs {what}, and the data has none. Play it on fresh data.")
