"""Whom an organiser may remind, and the reminders that wait to be read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from events_service.model import Event, OutboxMail
from events_service.queries.answers import Person
from events_service.queries.board import board_of
from events_service.queries.letters import NUDGE


@dataclass(frozen=True)
class Silent:
    """Somebody who has not answered. `nudged_at`: when their last reminder was sent off."""

    city: str
    person: Person
    asked_at: datetime
    nudged_at: datetime | None
    drafted: bool  # a reminder waits to be read

    @property
    def may_be_written_to(self) -> bool:
        return self.person.trouble is None and not self.drafted


@dataclass(frozen=True)
class Draft:
    """A reminder that waits. `digest`: SHA-256 of its bytes; empty while it is being written."""

    mail: OutboxMail  # without its bytes
    digest: str


def silent_people(session: Session, event: Event, *, now: datetime) -> list[Silent]:
    """People of confirmed delegations who have not answered, in the order of the board."""
    last = {
        number: (nudged_at, drafted)
        for number, nudged_at, drafted in session.execute(
            select(
                OutboxMail.member_id,
                func.max(OutboxMail.approved_at).filter(OutboxMail.state != "discarded"),
                func.bool_or(OutboxMail.state == "drafted"),
            )
            .where(OutboxMail.event_id == event.id, OutboxMail.letter == NUDGE)
            .group_by(OutboxMail.member_id)
        )
    }
    return [
        Silent(row.city, person, row.asked_at, *last.get(person.member_id, (None, False)))
        for row in board_of(session, event, now=now).unanswered
        for person in row.people
    ]


def nudges_to_read(session: Session, event_id: int) -> list[Draft]:
    """Reminders that nobody has released yet, in the order in which they were drafted."""
    digest = func.coalesce(func.encode(func.sha256(OutboxMail.rendered), "hex"), "")
    found = session.execute(
        select(OutboxMail, digest)
        .where(
            OutboxMail.event_id == event_id,
            OutboxMail.letter == NUDGE,
            OutboxMail.state == "drafted",
        )
        .options(defer(OutboxMail.rendered))
        .order_by(OutboxMail.id)
    )
    return [Draft(mail, digest) for mail, digest in found]
