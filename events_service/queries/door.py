"""Everybody who is expected at the door, and who came, in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical, folded
from events_service.model import (
    Attendance,
    CheckIn,
    City,
    Delegation,
    Event,
    Member,
    Organisation,
)


@dataclass(frozen=True)
class Came:
    at: datetime
    key: str  # of the entry, by which it can be taken back


@dataclass(frozen=True)
class Expected:
    """A person on the list. `days`: registered for; none for who came without being registered."""

    person: str  # "member:12", or "attendance:7" for who is in no confirmed delegation
    name: str
    role: str
    home: str  # city or organisation
    days: tuple[date, ...]
    came: Mapping[date, Came]

    @property
    def member_id(self) -> int | None:
        kind, _, number = self.person.partition(":")
        return int(number) if kind == "member" else None

    @property
    def sought(self) -> str:
        """What a search compares with: letters without accents, in lower case."""
        return folded(f"{self.name} {self.role} {self.home}")


@dataclass(frozen=True)
class DayCount:
    day: date
    expected: int  # people who registered for the day
    came: int  # of these
    besides: int  # who came without being expected on that day


def door_list(session: Session, event: Event) -> list[Expected]:
    """In the order of their names."""
    found: dict[str, Expected] = {}
    for row in session.execute(_EVERYBODY, {"event_id": event.id}):
        member = row.member_id is not None
        person = f"member:{row.member_id}" if member else f"attendance:{row.attendance_id}"
        days = tuple(row.member_days) if member else ()
        one = found.setdefault(
            person, Expected(person, row.name, row.role, row.home, days, came={})
        )
        if row.day is not None:
            came = {**one.came, row.day: Came(row.came_at, row.key)}
            found[person] = replace(one, came=came)
    return sorted(found.values(), key=lambda one: alphabetical(one.name))


def matching(people: Iterable[Expected], asked: str) -> list[Expected]:
    """Those whose name, role and city hold every word: "malmo" finds Malmö."""
    words = folded(asked).split()
    return [one for one in people if all(word in one.sought for word in words)]


def counted(people: Sequence[Expected], day: date) -> DayCount:
    expected = [one for one in people if day in one.days]
    came = sum(day in one.came for one in people)
    of_these = sum(day in one.came for one in expected)
    return DayCount(day, len(expected), of_these, came - of_these)


_event_id: BindParameter[int] = bindparam("event_id")
_expected = (
    select(Member.id, Member.name, Member.role, Member.days, Delegation.city_id)
    .join(Delegation, Delegation.id == Member.delegation_id)
    .where(
        Delegation.event_id == _event_id,
        Delegation.state == "confirmed",
        Member.removed_at.is_(None),
    )
    .subquery("expected")
).c
_there = select(Attendance).where(Attendance.event_id == _event_id).subquery("there").c
_EVERYBODY = (
    select(
        _expected.id.label("member_id"),
        _expected.days.label("member_days"),
        _there.id.label("attendance_id"),
        func.coalesce(_expected.name, _there.name).label("name"),
        func.coalesce(_expected.role, _there.role).label("role"),
        func.coalesce(City.name, Organisation.name).label("home"),
        CheckIn.day,
        CheckIn.came_at,
        CheckIn.key,
    )
    .select_from(_expected.id.table)
    .join(_there.id.table, _there.member_id == _expected.id, full=True)
    .outerjoin(City, City.id == func.coalesce(_expected.city_id, _there.city_id))
    .outerjoin(Organisation, Organisation.id == _there.organisation_id)
    .outerjoin(CheckIn, and_(CheckIn.attendance_id == _there.id, CheckIn.taken_back_at.is_(None)))
)
