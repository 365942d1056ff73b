"""An event whose calendars an organiser changes, and what people are written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.agenda import SessionPlan, set_agenda
from events_service.domain.scheduling.calendar_style import calendars_behind
from events_service.domain.scheduling.changes import apply_due_changes
from events_service.domain.scheduling.event_change import Move, as_it_stands
from events_service.model import Event, Member, OutboxMail
from events_service.model.event import CalendarStyle
from tests import cast, office
from tests.conftest import TestClock
from tests.releasing import ask_and_release


class Workshop:
    """An event, and an organiser who changes it."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock, event: Event) -> None:
        self.db, self.settings, self.clock, self.event = db, settings, clock, event

    def register(
        self,
        city: str,
        *,
        days: Sequence[date] = (),
        sessions: Sequence[int] | None = None,
        keep: bool = False,
    ) -> Member:
        """`keep` the letters: what calendars hold is read from them."""
        [mayor] = office.people_of(
            office.registered(
                self.db,
                self.settings,
                self.clock,
                self.event,
                city,
                "Mayor",
                days=days,
                sessions=sessions,
            )
        )
        if not keep:
            office.letters(self.db)
        return mayor

    def leave(self, move: Move) -> None:
        """Ask, release, let the minute pass, and have the worker carry it out."""
        self.clock.advance(timedelta(seconds=1))  # since what left last
        ask_and_release(self.db, self.settings, self.clock, self.event, move)
        self.clock.advance(timedelta(seconds=60))
        assert apply_due_changes(self.db, self.settings, self.clock.now) == 1
        self.db.expire_all()

    def fill(self, style: CalendarStyle) -> None:
        self.leave(replace(as_it_stands(self.event), style=style))

    def holds(self, *sessions: SessionPlan) -> None:
        self.leave(replace(as_it_stands(self.event), sessions=sessions))

    def written(self) -> list[tuple[str, str, int]]:
        """Letter, what it is about and SEQUENCE of each mail to a person since the last call."""
        mails = self.db.query(OutboxMail).order_by(OutboxMail.id).all()
        found = [
            (mail.letter, _about(mail), mail.facts["invitation"]["sequence"])
            for mail in mails
            if mail.letter.startswith("member_")
        ]
        office.letters(self.db)
        return found

    def behind(self) -> int:
        return calendars_behind(self.db, self.settings, self.event, now=self.clock.now)


def _about(mail: OutboxMail) -> str:
    run = mail.facts["invitation"]["run"]
    return run["title"] or " ".join(day[5:] for day in run["days"])


def set_agenda_of(shop: Workshop, *plans: SessionPlan) -> None:
    shop.event.published_at = None
    set_agenda(shop.db, shop.event, plans, now=shop.clock.now)
    shop.event.published_at = cast.LONG_AGO
    shop.db.flush()


def states(member: Member) -> list[tuple[list[date], int, int, str, bool]]:
    return [
        (one.days, one.sequence, one.min_sequence, one.partstat, one.cancelled_at is not None)
        for one in member.invitations
    ]
