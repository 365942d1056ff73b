"""An entry as a device sends it. One that cannot be carried out does not hold up the rest, and its
device is told why in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from events_service.domain.door.check_in import Outcome, Stamp, check_in, take_back
from events_service.domain.door.people import person_named, walk_in
from events_service.domain.refusals import Refusal
from events_service.domain.reporting.attendance import body_named
from events_service.model import Event


@dataclass(frozen=True)
class CameIn:
    """`person`: "member:12" or "attendance:7"."""

    key: str
    person: str
    day: date
    came_at: datetime


@dataclass(frozen=True)
class WalkedIn:
    """`body`: "city:12" or "organisation:3"."""

    key: str
    name: str
    role: str
    body: str
    day: date
    came_at: datetime


@dataclass(frozen=True)
class TakenBack:
    key: str  # of the entry that was a mistake


Sent = CameIn | WalkedIn | TakenBack


@dataclass(frozen=True)
class Result:
    outcome: Outcome | Literal["refused"]
    said: str = ""  # why it was refused
    came_at: datetime | None = None


def carry_out(
    session: Session, event: Event, sent: Sent, *, recorded_by: str, now: datetime
) -> Result:
    """Do what a device sent, once. Refusals become a result: nothing was written then."""
    try:
        if isinstance(sent, TakenBack):
            take_back(session, event, sent.key, now=now)
            return Result("taken_back")
        stamp = Stamp(day=sent.day, came_at=sent.came_at, key=sent.key, recorded_by=recorded_by)
        if isinstance(sent, WalkedIn):
            body = body_named(session, sent.body)
            entry = walk_in(session, event, body, stamp, name=sent.name, role=sent.role, now=now)
        else:
            person = person_named(session, event, sent.person)
            entry = check_in(session, event, person, stamp, now=now)
    except Refusal as refusal:
        return Result("refused", str(refusal))
    return Result(entry.outcome, came_at=entry.came_at)
