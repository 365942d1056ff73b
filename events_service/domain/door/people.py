"""Whom an entry is about: somebody on the list, or somebody who was not expected."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.alphabet import folded
from events_service.domain.door.check_in import Entry, Stamp, as_told, check_in, entry_with
from events_service.domain.door.lock import hold_the_door
from events_service.domain.door.opening import refuse_day
from events_service.domain.refusals import NotFound, Refusal
from events_service.domain.reporting.attendance import registered
from events_service.model import Attendance, City, Delegation, Event, Member, Organisation
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

NOT_THERE = lazy_gettext("This person is not on the list of this workshop. Load the list again.")


def person_named(session: Session, event: Event, name: str) -> Member | Attendance:
    """A person by "member:12" or "attendance:7". Somebody who left their delegation while a device
    was without a network came in all the same."""
    kind, _, digits = name.partition(":")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
    found: Member | Attendance | None = None
    if kind == "member":
        found = session.scalar(
            select(Member)
            .join(Delegation, Delegation.id == Member.delegation_id)
            .where(Member.id == number, Delegation.event_id == event.id)
        )
    elif kind == "attendance":
        found = session.scalar(
            select(Attendance).where(Attendance.id == number, Attendance.event_id == event.id)
        )
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def walk_in(
    session: Session,
    event: Event,
    body: City | Organisation,
    stamp: Stamp,
    *,
    name: str,
    role: str,
    now: datetime,
) -> Entry:
    """Somebody who came without being registered. Who is on the list under that name already, from
    there or as a walk-in on another device, is checked in as that person."""
    if not name:
        raise Refusal(_("Enter the person’s name."))
    refuse_day(event, stamp.day, now)
    hold_the_door(session, event.id)
    if (told := entry_with(session, event, stamp.key)) is not None:
        return as_told(told)
    person = _namesake(session, event, body, name)
    if person is None:
        person = _newcomer(event, body, name, role, now)
        session.add(person)
        session.flush()
    return check_in(session, event, person, stamp, now=now)


def _newcomer(
    event: Event, body: City | Organisation, name: str, role: str, now: datetime
) -> Attendance:
    return Attendance(
        event_id=event.id,
        city=body if isinstance(body, City) else None,
        organisation=body if isinstance(body, Organisation) else None,
        name=name,
        role=role,
        days=[],
        walk_in=True,
        recorded_at=now,
    )


def _namesake(
    session: Session, event: Event, body: City | Organisation, name: str
) -> Member | Attendance | None:
    """Somebody of that city or organisation with that name; accents and case do not count."""
    wanted = folded(name)
    if isinstance(body, City):
        for member in registered(session, event):
            if member.delegation.city_id == body.id and folded(member.name) == wanted:
                return member
    of = Attendance.city_id if isinstance(body, City) else Attendance.organisation_id
    there = session.scalars(
        select(Attendance).where(Attendance.event_id == event.id, of == body.id)
    )
    return next((one for one in there if folded(one.name) == wanted), None)
