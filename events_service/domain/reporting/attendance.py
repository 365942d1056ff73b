"""Who was there: from the delegations that were confirmed, and those who simply came.

Everything here can be done twice: saving the same page again changes nothing. Cities that came
and are no members are introduced to the network by it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import any_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, contains_eager

from events_service.domain.door.lock import hold_the_door
from events_service.domain.followup.onboarding import introduce_attending_cities
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.domain.registration.form import days_of
from events_service.letters.dates import plain_day
from events_service.model import (
    Attendance,
    CheckIn,
    City,
    Delegation,
    Event,
    Member,
    Organisation,
)
from events_service.translation import gettext as _


def registered(session: Session, event: Event) -> Sequence[Member]:
    """People of confirmed delegations, delegation by delegation."""
    return session.scalars(
        select(Member)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .where(
            Delegation.event_id == event.id,
            Delegation.state == "confirmed",
            Member.removed_at.is_(None),
        )
        .options(contains_eager(Member.delegation))
        .order_by(Delegation.id, Member.position, Member.id)
    ).all()


def refuse_before_it_begins(event: Event, now: datetime) -> None:
    if now.astimezone(event.zone).date() < event.starts_on:
        raise Conflict(
            _(
                "This workshop begins on %(day)s. Nobody has been there yet, so record who came "
                "from that day on.",
                day=plain_day(event.starts_on),
            )
        )


def record_all_as_registered(session: Session, event: Event, *, now: datetime) -> int:
    """Everybody who is not recorded yet was there on the days they registered for. How many."""
    refuse_before_it_begins(event, now)
    hold_the_door(session, event.id)
    rows = [
        row
        for member in registered(session, event)
        if (row := _row(event, member, member.days, now))
    ]
    if not rows:
        return 0
    statement = insert(Attendance).values(rows)
    recorded = session.scalars(
        statement.on_conflict_do_nothing(index_elements=["event_id", "member_id"]).returning(
            Attendance.id
        )
    ).all()
    session.expire_all()
    introduce_attending_cities(session, event, now=now)
    return len(recorded)


def record_members(
    session: Session, event: Event, days: Mapping[int, Collection[date]], *, now: datetime
) -> None:
    """Set the days of these members; a member without a day was not there."""
    refuse_before_it_begins(event, now)
    hold_the_door(session, event.id)
    for member in registered(session, event):
        if member.id not in days:
            continue
        row = _row(event, member, days[member.id], now)
        if row is None:
            session.execute(
                delete(Attendance).where(
                    Attendance.event_id == event.id, Attendance.member_id == member.id
                )
            )
            continue
        statement = insert(Attendance).values(row)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["event_id", "member_id"],
                set_={"days": statement.excluded.days},
            )
        )
    session.flush()
    _take_back_unticked(session, event, now)
    session.expire_all()
    introduce_attending_cities(session, event, now=now)


def record_others(
    session: Session, event: Event, days: Mapping[int, Collection[date]], *, now: datetime
) -> None:
    """Set the days of these rows of attendance; without a day the person was not there."""
    hold_the_door(session, event.id)
    others = session.scalars(
        select(Attendance).where(Attendance.event_id == event.id, Attendance.id.in_(days))
    )
    for row in others:
        there = _within(event, days[row.id])
        if there:
            row.days = there
        else:
            session.delete(row)
    session.flush()
    _take_back_unticked(session, event, now)


def _take_back_unticked(session: Session, event: Event, now: datetime) -> None:
    """The sheet has the last word: an entry made at the door on a day that it takes out ends."""
    ticked = select(Attendance.id).where(
        Attendance.id == CheckIn.attendance_id, CheckIn.day == any_(Attendance.days)
    )
    session.execute(
        update(CheckIn)
        .where(
            CheckIn.event_id == event.id,
            CheckIn.taken_back_at.is_(None),
            ~ticked.exists(),
        )
        .values(taken_back_at=now)
        .execution_options(synchronize_session=False)
    )


def add_walk_in(
    session: Session,
    event: Event,
    body: City | Organisation,
    *,
    name: str,
    role: str,
    days: Collection[date],
    now: datetime,
) -> Attendance:
    """Somebody who came without being registered. The same person again changes their days."""
    refuse_before_it_begins(event, now)
    there = _within(event, days)
    if not there:
        raise Refusal(_("Tick at least one day on which %(name)s was there.", name=name))
    hold_the_door(session, event.id)
    known = _known_there(session, event, body, name)
    if known is None:
        known = Attendance(
            event_id=event.id,
            city=body if isinstance(body, City) else None,
            organisation=body if isinstance(body, Organisation) else None,
            name=name,
            role=role,
            walk_in=True,
            recorded_at=now,
        )
        session.add(known)
    known.role, known.days = role or known.role, there
    session.flush()
    introduce_attending_cities(session, event, now=now)
    return known


def _known_there(
    session: Session, event: Event, body: City | Organisation, name: str
) -> Attendance | None:
    of = Attendance.city_id if isinstance(body, City) else Attendance.organisation_id
    return session.scalar(
        select(Attendance).where(
            Attendance.event_id == event.id,
            of == body.id,
            func.lower(Attendance.name) == name.lower(),
        )
    )


def body_named(session: Session, choice: str) -> City | Organisation:
    """A city or an organisation by "city:12" or "organisation:3"."""
    kind, _colon, digits = choice.partition(":")
    number = int(digits) if digits.isdecimal() and len(digits) < 19 else 0
    found = session.get(City, number) if kind == "city" else session.get(Organisation, number)
    if found is None:
        raise NotFound(_("This city or organisation is not known. Choose one from the list."))
    return found


def _within(event: Event, days: Collection[date]) -> list[date]:
    return [day for day in days_of(event) if day in days]


def _row(
    event: Event, member: Member, days: Collection[date], now: datetime
) -> dict[str, object] | None:
    there = _within(event, days)
    if not there:
        return None
    return {
        "event_id": event.id,
        "member_id": member.id,
        "city_id": member.delegation.city_id,
        "name": member.name,
        "role": member.role,
        "days": there,
        "recorded_at": now,
    }
