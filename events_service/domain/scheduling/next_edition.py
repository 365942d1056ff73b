"""The next edition of a series: all of its events again, whole weeks later, with their weekdays.

1,092 days are 156 weeks, three years but for three or four days; so an event keeps its weekdays
and, nearly, its season, and each of its times is the same on the clocks of its place.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.naming import free_slug, with_year, without_year
from events_service.domain.particulars.configuring import copy_questions
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.scheduling.feasts import Feast, feasts_on
from events_service.domain.scheduling.local_time import (
    TimeProblem,
    days_between,
    instant_of,
    time_problem,
)
from events_service.letters.dates import plain_day
from events_service.model import (
    AgendaSession,
    Event,
    EventPartner,
    Lineage,
    Quota,
    Series,
    SeriesGrant,
    Theme,
)
from events_service.translation import gettext as _

STEP = timedelta(days=1092)
AHEAD = timedelta(days=28)  # the first event lies at least this far ahead


class EditionRefused(Refusal):
    """Times that do not exist, or exist twice, on the new days."""


@dataclass(frozen=True)
class Shifted:
    """One event of the next edition, beside the event it follows."""

    event: Event
    starts_on: date
    ends_on: date
    feasts: tuple[Feast, ...]


def shift_of(series: Series, now: datetime) -> timedelta:
    """The smallest multiple of 1,092 days that brings the first event 28 days ahead of now."""
    events = [one for one in series.events if one.cancelled_at is None]
    if not events:
        raise Conflict(_("This series has no events yet, so there is nothing to repeat."))
    first = min(events, key=lambda one: one.starts_on)
    earliest = now.astimezone(first.zone).date() + AHEAD
    times = -((first.starts_on - earliest) // STEP)
    return STEP * max(times, 1)


def planned_edition(series: Series, *, now: datetime) -> list[Shifted]:
    """What the next edition would be, in order of days."""
    by = shift_of(series, now)
    return [
        Shifted(
            event,
            event.starts_on + by,
            event.ends_on + by,
            tuple(
                feasts_on(
                    event.city.country, days_between(event.starts_on + by, event.ends_on + by)
                )
            ),
        )
        for event in series.events
        if event.cancelled_at is None
    ]


def next_edition_of(session: Session, series: Series) -> Series | None:
    """The edition that was made of this one, if there is one."""
    return session.scalar(select(Series).where(Series.previous_edition_id == series.id))


def next_edition(session: Session, series: Series, *, now: datetime) -> Series:
    """Make the next edition: a new series, its events published and open for registration (a
    draft stays one), each knowing the one before it. Whoever works on this series works on it
    too; nobody is written to. A second call is a Conflict; EditionRefused names every time that
    does not exist, or exists twice, on the new days."""
    session.execute(select(Series.id).where(Series.id == series.id).with_for_update())
    if next_edition_of(session, series) is not None:
        raise Conflict(_("The next edition of this series exists already. Open it in the list."))
    planned = planned_edition(series, now=now)
    by = shift_of(series, now)
    if problems := [words for one in planned for words in _time_problems(one.event, by)]:
        raise EditionRefused(
            _("%(problems)s. Change these times first.", problems="; ".join(problems))
        )
    year = planned[0].starts_on.year
    made = Series(
        slug=free_slug(session, Series, f"{without_year(series.slug)}-{year}"),
        title=with_year(series.title, year),
        summary=series.summary,
        previous_edition_id=series.id,
    )
    session.add(made)
    session.flush()
    granted = session.scalars(
        select(SeriesGrant.account_id).where(SeriesGrant.series_id == series.id)
    )
    session.add_all(SeriesGrant(account_id=one, series_id=made.id) for one in granted.all())
    copies = {one.event.id: _copy(session, made, one.event, by, now) for one in planned}
    _copy_lineage(session, copies)
    return made


def _copy(session: Session, series: Series, event: Event, by: timedelta, now: datetime) -> Event:
    starts_on = event.starts_on + by
    copy = Event(
        slug=free_slug(session, Event, f"{without_year(event.slug)}-{starts_on.year}"),
        series=series,
        kind=event.kind,
        programme=event.programme,
        title=event.title,
        summary=event.summary,
        city=event.city,
        venue=event.venue,
        venue_address=event.venue_address,
        timezone=event.timezone,
        starts_on=starts_on,
        ends_on=event.ends_on + by,
        languages=list(event.languages),
        calendar_style=event.calendar_style,
        capacity=event.capacity,
        seats_per_city=event.seats_per_city,
        approves_delegations=event.approves_delegations,
        quotas=[Quota(kind=one.kind, seats=one.seats) for one in event.quotas],
        registration_closes_at=_shifted(event, by),
        published_at=now if event.published_at is not None else None,
        previous_edition_id=event.id,
        sample=list(event.sample),
        sessions=[_copied_session(one, by) for one in event.sessions],
        partners=[
            EventPartner(
                role=one.role,
                city_id=one.city_id,
                organisation_id=one.organisation_id,
                position=one.position,
            )
            for one in event.partners
        ],
        themes=[Theme(name=one.name, position=one.position) for one in event.themes],
    )
    session.add(copy)
    session.flush()
    copy_questions(session, event, copy, now=now)
    return copy


def _copied_session(session: AgendaSession, by: timedelta) -> AgendaSession:
    return AgendaSession(
        held_on=session.held_on + by,
        starts=session.starts,
        ends=session.ends,
        fold=0,
        title=session.title,
        note=session.note,
        sample=session.sample,
    )


def _copy_lineage(session: Session, copies: dict[int, Event]) -> None:
    """What informed what does so again among the new events."""
    known = session.scalars(select(Lineage).where(Lineage.from_event_id.in_(copies)))
    session.add_all(
        Lineage(from_event_id=copies[one.from_event_id].id, to_event_id=copies[one.to_event_id].id)
        for one in known.all()
        if one.to_event_id in copies
    )
    session.flush()


def _shifted(event: Event, by: timedelta) -> datetime:
    """The end of registration, at the same time on the clocks of the place."""
    local = event.registration_closes_at.astimezone(event.zone)
    return instant_of(event.zone, local.date() + by, local.time(), None)


def _time_problems(event: Event, by: timedelta) -> list[str]:
    local = event.registration_closes_at.astimezone(event.zone)
    found: list[tuple[str, TimeProblem | None]] = [
        (_("end of registration"), time_problem(event.zone, local.date() + by, local.time(), None))
    ]
    found += [
        (f"“{one.title}”", time_problem(event.zone, one.held_on + by, clock, None))
        for one in event.sessions
        for clock in (one.starts, one.ends)
    ]
    where = f"{event.city.name}, {plain_day(event.starts_on + by)}"
    return [f"{where}, {what}: {problem.message}" for what, problem in found if problem]
