"""The attendance sheet: everybody expected and everybody who came, body by body."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.model import Attendance, CheckIn, City, Event, Member, Organisation
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Person:
    key: str  # "member-12", or "other-7" for somebody who was not registered
    name: str
    role: str
    ticked: frozenset[date]  # recorded; while nothing is, and no door was kept, registered for
    recorded: bool
    note: str
    came: Mapping[date, datetime]  # checked in at the door


@dataclass(frozen=True)
class Sheet:
    days: Sequence[date]
    groups: Sequence[tuple[str, Sequence[Person]]]  # body and its people
    counts: Sequence[int]  # people recorded on each day
    recorded: int  # people
    waiting: int  # people expected for whom nothing is recorded
    door_kept: bool  # people were checked in at the door, so who is not recorded did not come in


def attendance_sheet(
    session: Session, event: Event, expected: Iterable[Member], days: Sequence[date]
) -> Sheet:
    """`expected`: people who are registered; `days`: those of the event."""
    rows = session.scalars(select(Attendance).where(Attendance.event_id == event.id)).all()
    members = {row.member_id: row for row in rows if row.member_id}
    came = _came(session, event)
    people: dict[str, list[Person]] = {}
    for member in expected:
        row = members.pop(member.id, None)
        ticked = frozenset(row.days if row else () if came else member.days)
        key = f"member-{member.id}"
        at_the_door = came.get(row.id, {}) if row else {}
        person = Person(key, member.name, member.role, ticked, row is not None, "", at_the_door)
        people.setdefault(member.delegation.city.name, []).append(person)
    # Whoever left the delegation later was there all the same.
    for row in [*members.values(), *(row for row in rows if row.member_id is None)]:
        note = _("Came without being registered") if row.walk_in else ""
        key = f"other-{row.id}"
        person = Person(
            key, row.name, row.role, frozenset(row.days), True, note, came.get(row.id, {})
        )
        people.setdefault(_body_name(row), []).append(person)
    return Sheet(
        days=days,
        groups=sorted(people.items(), key=lambda group: alphabetical(group[0])),
        counts=[sum(day in row.days for row in rows) for day in days],
        recorded=len(rows),
        waiting=sum(not one.recorded for group in people.values() for one in group),
        door_kept=bool(came),
    )


def _came(session: Session, event: Event) -> Mapping[int, dict[date, datetime]]:
    """By row of attendance: when the person came in on which day."""
    found: dict[int, dict[date, datetime]] = {}
    stands = CheckIn.taken_back_at.is_(None)
    asked = select(CheckIn).where(CheckIn.event_id == event.id, stands)
    for entry in session.scalars(asked):
        if entry.attendance_id is not None:
            found.setdefault(entry.attendance_id, {})[entry.day] = entry.came_at
    return found


def _body_name(row: Attendance) -> str:
    body = row.city or row.organisation
    assert body is not None
    return body.name


def bodies(session: Session) -> list[tuple[str, str]]:
    """Cities and organisations to choose from: "city:12" or "organisation:3", and the name."""
    cities = [(f"city:{one.id}", one.name) for one in session.scalars(select(City))]
    others = [(f"organisation:{one.id}", one.name) for one in session.scalars(select(Organisation))]
    return [*sorted(cities, key=_by_name), *sorted(others, key=_by_name)]


def _by_name(choice: tuple[str, str]) -> tuple[str, str]:
    return alphabetical(choice[1])
