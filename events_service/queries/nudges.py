"""Whom an organiser may remind."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.letters import LetterName
from events_service.model import Event, OutboxMail
from events_service.queries.answers import Person
from events_service.queries.board import board_of

NUDGE: LetterName = "member_nudge"


@dataclass(frozen=True)
class Silent:
    """Somebody who was asked and has not answered. `nudged_at`: when their last reminder was sent
    off."""

    city: str
    person: Person
    asked_at: datetime
    nudged_at: datetime | None
    drafted: bool  # a reminder waits to be read

    @property
    def may_be_written_to(self) -> bool:
        return self.person.trouble is None and not self.drafted


def silent_people(session: Session, event: Event, *, now: datetime) -> list[Silent]:
    """People of confirmed delegations who were asked and have not answered, in the order of the
    board."""
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
