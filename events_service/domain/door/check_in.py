"""Somebody comes in, and an entry that was a mistake is taken back.

Nothing is recorded twice, whoever sends it and however often. An entry is known by its key, which
the device made; a person has one entry a day, the first that arrived.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.door.lock import hold_the_door
from events_service.domain.door.opening import came_within, refuse_day
from events_service.domain.followup.onboarding import introduce_attending_cities
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Attendance, CheckIn, Event, Member
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

Outcome = Literal["in", "already", "taken_back"]
SOMEBODY_ELSES = lazy_gettext(
    "This entry was sent before for somebody else. Check the person in once more."
)


@dataclass(frozen=True)
class Entry:
    """What came of it. `came_at`: when the person came in by the entry that stands."""

    outcome: Outcome
    came_at: datetime


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What every entry carries. `key`: made by the device, once for each entry; `came_at`: by the
    device's clock; `recorded_by`: which device or account."""

    day: date
    came_at: datetime
    key: str
    recorded_by: str


def check_in(
    session: Session, event: Event, person: Member | Attendance, stamp: Stamp, *, now: datetime
) -> Entry:
    """The person was there on that day, which their attendance says from now on."""
    refuse_day(event, stamp.day, now)
    hold_the_door(session, event.id)
    told = entry_with(session, event, stamp.key)
    if told is not None:
        _refuse_if_of_another(session, told, person, stamp.day)
        return as_told(told)
    row = _attendance_of(session, event, person, now)
    entry = session.scalar(
        select(CheckIn).where(CheckIn.attendance_id == row.id, CheckIn.day == stamp.day)
    )
    if entry is not None and entry.taken_back_at is None:
        return Entry("already", entry.came_at)
    if entry is None:
        entry = CheckIn(event_id=event.id, attendance_id=row.id, day=stamp.day)
        session.add(entry)
    entry.came_at = came_within(stamp.came_at, stamp.day, event.zone, now)
    entry.key, entry.recorded_by = stamp.key, stamp.recorded_by
    entry.recorded_at, entry.taken_back_at = now, None
    row.days = sorted({*row.days, stamp.day})
    session.flush()
    introduce_attending_cities(session, event, now=now)
    return Entry("in", entry.came_at)


def take_back(session: Session, event: Event, key: str, *, now: datetime) -> bool:
    """The entry was a mistake: the person was not there on its day. Whether it stood until now; a
    later entry for the same person stays."""
    hold_the_door(session, event.id)
    entry = entry_with(session, event, key)
    if entry is None or entry.taken_back_at is not None or entry.attendance_id is None:
        return False
    entry.taken_back_at = now
    row = session.get_one(Attendance, entry.attendance_id, populate_existing=True)
    row.days = [day for day in row.days if day != entry.day]
    if not row.days:
        session.delete(row)
    session.flush()
    return True


def entry_with(session: Session, event: Event, key: str) -> CheckIn | None:
    """Read anew; another event's is refused."""
    found = session.scalar(
        select(CheckIn).where(CheckIn.key == key).execution_options(populate_existing=True)
    )
    if found is not None and found.event_id != event.id:
        raise Conflict(SOMEBODY_ELSES)
    return found


def as_told(entry: CheckIn) -> Entry:
    """What came of an entry that was sent before."""
    stands = entry.taken_back_at is None and entry.attendance_id is not None
    return Entry("in" if stands else "taken_back", entry.came_at)


def _refuse_if_of_another(
    session: Session, told: CheckIn, person: Member | Attendance, day: date
) -> None:
    if told.attendance_id is None:
        return
    row = session.get_one(Attendance, told.attendance_id)
    whose = row.member_id if isinstance(person, Member) else row.id
    if whose != person.id or told.day != day:
        raise Conflict(SOMEBODY_ELSES)


def _attendance_of(
    session: Session, event: Event, person: Member | Attendance, now: datetime
) -> Attendance:
    """The person's row as it is now; a member's is made when there is none."""
    asked = select(Attendance).execution_options(populate_existing=True)
    if isinstance(person, Attendance):
        found = session.scalar(asked.where(Attendance.id == person.id))
        if found is None:
            raise NotFound(_("This person was taken off the list. Add them once more by name."))
        return found
    found = session.scalar(
        asked.where(Attendance.event_id == event.id, Attendance.member_id == person.id)
    )
    if found is None:
        found = Attendance(
            event_id=event.id,
            member_id=person.id,
            city_id=person.delegation.city_id,
            name=person.name,
            role=person.role,
            days=[],
            recorded_at=now,
        )
        session.add(found)
        session.flush()
    return found
