"""The cast at the door: a workshop of three days on its first morning, and devices that send."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door.check_in import Stamp
from events_service.model import Attendance, CheckIn, Event, Member
from tests import cast, office
from tests.conftest import TestClock

FIRST, SECOND, THIRD = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)
DAYS = [FIRST, SECOND, THIRD]
MORNING = datetime(2027, 5, 31, 7, 12, tzinfo=UTC)  # 09:12 in Stockholm
_numbers = count(1)


def key(number: int | None = None) -> str:
    """As a device makes one: 32 hexadecimal figures."""
    return f"{next(_numbers) if number is None else number:032x}"


def stamp(**given: object) -> Stamp:
    made = Stamp(day=FIRST, came_at=MORNING, key=key(), recorded_by="door 1")
    return replace(made, **given)  # type: ignore[arg-type]


def workshop(db: Session, settings: Settings, clock: TestClock, **given: object) -> Event:
    """Newark comes with two people on the first two days, Boise with one on all; then it is the
    first morning."""
    event = cast.event(db, **given)  # type: ignore[arg-type]
    office.registered(db, settings, clock, event, "Newark", "Mayor", "Youth lead", days=DAYS[:2])
    office.registered(db, settings, clock, event, "Boise", "Planner")
    db.commit()
    clock.now = MORNING
    return event


def member(db: Session, name: str) -> Member:
    return db.scalars(select(Member).where(Member.name == name).order_by(Member.id)).all()[-1]


def there(db: Session, event: Event) -> list[tuple[str, list[date]]]:
    """What reports count."""
    db.expire_all()
    rows = select(Attendance).where(Attendance.event_id == event.id).order_by(Attendance.id)
    return [(row.name, row.days) for row in db.scalars(rows)]


def standing(db: Session, event: Event) -> list[tuple[date, datetime, str]]:
    db.expire_all()
    rows = select(CheckIn).where(CheckIn.event_id == event.id).order_by(CheckIn.id)
    return [(row.day, row.came_at, row.key) for row in db.scalars(rows) if not row.taken_back_at]
