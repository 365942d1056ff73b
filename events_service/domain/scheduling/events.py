"""Scheduling: a series, its events, and putting an event before the public."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.naming import free_slug, slug_of
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.waiting import promote_waiting
from events_service.domain.scheduling.agenda import check_agenda, plans_of, write_agenda
from events_service.domain.scheduling.calendar_state import calendars_change
from events_service.domain.scheduling.city_letters import hold_released
from events_service.domain.scheduling.event_plan import (
    EventPlan,
    PartnerPlan,
    PlanProblem,
    check_plan,
)
from events_service.domain.scheduling.local_time import days_between
from events_service.domain.scheduling.refreshing import refresh_drafts
from events_service.model import Account, City, Event, EventPartner, Series, SeriesGrant
from events_service.translation import gettext as _


class PlanRefused(Refusal):
    """An event can't be as planned; `problems` say what to mend."""

    def __init__(self, problems: Sequence[PlanProblem]) -> None:
        super().__init__(f"{problems[0].message}.")
        self.problems = problems


@dataclass(frozen=True)
class Lack:
    """What an event still needs before it is published, and on which page it is given."""

    message: str
    page: Literal["edit", "agenda"]


def create_series(session: Session, account: Account, title: str, summary: str) -> Series:
    """A new series. An organiser who creates one works on it."""
    series = Series(
        slug=free_slug(session, Series, slug_of(title)),
        title=title.strip(),
        summary=summary.strip(),
    )
    session.add(series)
    session.flush()
    if account.role == "organiser":
        session.add(SeriesGrant(account_id=account.id, series_id=series.id))
        session.flush()
    return series


def edit_series(session: Session, series: Series, title: str, summary: str) -> None:
    """Its address stays, since letters and other sites point to it."""
    series.title, series.summary = title.strip(), summary.strip()
    session.flush()


def schedule_event(session: Session, series: Series, plan: EventPlan) -> Event:
    """A draft: seen by organisers only. PlanRefused lists what has to be mended."""
    if problems := check_plan(plan):
        raise PlanRefused(problems)
    city = session.get_one(City, plan.city_id)
    event = Event(series=series, slug=_slug(session, city, plan.starts_on))
    _write(event, plan, city)
    session.add(event)
    session.flush()
    return event


def edit_event(
    session: Session, settings: Settings, event: Event, plan: EventPlan, *, now: datetime
) -> int:
    """Write what changed. Days and place of a published event stay: moving it writes to people.
    Letters that wait tell it, and those to cities that were released wait again if registration
    closes at another time.

    Returns how many delegations got seats from the waiting list, where there are more now.
    """
    if event.cancelled_at is not None:
        raise Conflict(_("This workshop was cancelled, so it stays as it was."))
    if event.published_at is not None:
        plan = as_announced(event, plan)
    agenda = [one.moved(plan.starts_on - event.starts_on) for one in plans_of(event)]
    problems = check_plan(plan)
    if not problems:
        problems = [
            PlanProblem("starts_on", _("The agenda does not fit: %(problem)s", problem=one.message))
            for one in check_agenda(agenda, ZoneInfo(plan.timezone), plan.starts_on, plan.ends_on)
        ]
    if problems:
        raise PlanRefused(problems)
    _set_capacity(session, event, plan.capacity)
    write_agenda(event, agenda)
    city = session.get_one(City, plan.city_id)
    words = event.title, event.programme, event.summary
    closed_at = event.registration_closes_at
    if event.published_at is None and (city, plan.starts_on.year) != _named_after(event):
        event.slug = _slug(session, city, plan.starts_on)
    _write(event, plan, city)
    if event.published_at is not None and words != (event.title, event.programme, event.summary):
        calendars_change(event, moved=False, now=now)
    event.revision = Event.revision + 1
    if closed_at != event.registration_closes_at:
        hold_released(session, event)
    refresh_drafts(session, event, now)
    return len(promote_waiting(session, settings, event.id, now=now, for_approval=True))


def _named_after(event: Event) -> tuple[City, int]:
    return event.city, event.starts_on.year


def _slug(session: Session, city: City, starts_on: date) -> str:
    return free_slug(session, Event, f"{city.slug}-{starts_on.year}")


def as_announced(event: Event, plan: EventPlan) -> EventPlan:
    """The plan with the days and the place that a published event has."""
    return replace(
        plan,
        city_id=event.city_id,
        timezone=event.timezone,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        venue=event.venue,
        venue_address=event.venue_address,
    )


def lacks(event: Event, *, now: datetime) -> list[Lack]:
    """What keeps a draft from being published, in the words of a checklist."""
    found = []
    if not event.venue.strip():
        found.append(Lack(_("Say where it takes place"), "edit"))
    if not event.summary.strip():
        found.append(Lack(_("Write two or three sentences for the event page"), "edit"))
    if event.starts_on <= now.astimezone(event.zone).date():
        found.append(Lack(_("Choose a first day that lies ahead"), "edit"))
    elif event.registration_closes_at <= now:
        found.append(Lack(_("Choose a day for the end of registration that lies ahead"), "edit"))
    empty = _days_without_session(event)
    if empty:
        what = _("Set at least one session for the day that has none")
        if len(empty) > 1 or not event.sessions:
            what = _("Set at least one session for each day")
        found.append(Lack(what, "agenda"))
    return found


def publish_event(session: Session, event: Event, *, now: datetime) -> None:
    """Put a draft before the public and open registration. Nobody is written to."""
    if event.published_at is not None:
        return
    if missing := lacks(event, now=now):
        what = missing[0].message
        first_to_do = what[0].lower() + what[1:]
        raise Conflict(_("The workshop is not ready: %(lack)s first.", lack=first_to_do))
    event.published_at = now
    calendars_change(event, moved=False, now=now)
    event.revision = Event.revision + 1
    session.flush()


def _days_without_session(event: Event) -> list[date]:
    held = {one.held_on for one in event.sessions}
    days = days_between(event.starts_on, event.ends_on)
    return [day for day in days if day not in held]


def _set_capacity(session: Session, event: Event, capacity: int) -> None:
    """One conditional UPDATE, since a delegation may take seats at this moment."""
    held = session.execute(
        update(Event)
        .where(Event.id == event.id, Event.seats_taken <= capacity)
        .values(capacity=capacity)
        .returning(Event.id)
    ).scalar()
    if held is None:
        session.refresh(event, ["seats_taken"])
        message = _("%(taken)s places are taken, so there can’t be fewer", taken=event.seats_taken)
        raise PlanRefused([PlanProblem("capacity", message)])


def _write(event: Event, plan: EventPlan, city: City) -> None:
    event.title, event.kind, event.programme = plan.title.strip(), plan.kind, plan.programme.strip()
    event.summary, event.city = plan.summary.strip(), city
    event.venue, event.venue_address = plan.venue.strip(), plan.venue_address.strip()
    event.timezone, event.starts_on, event.ends_on = plan.timezone, plan.starts_on, plan.ends_on
    event.languages, event.capacity = list(plan.languages), plan.capacity
    event.seats_per_city = plan.seats_per_city
    event.approves_delegations = plan.approves_delegations
    event.registration_closes_at = plan.registration_closes_at
    event.partners = _partners(event, plan.partners)


def _partners(event: Event, plans: Sequence[PartnerPlan]) -> list[EventPartner]:
    """Those that stand are kept as rows; each is there once a role."""
    standing = {(one.role, one.city_id, one.organisation_id): one for one in event.partners}
    wanted = dict.fromkeys((one.role, one.city_id, one.organisation_id) for one in plans)
    rows = []
    for position, (role, city_id, organisation_id) in enumerate(wanted):
        row = standing.get((role, city_id, organisation_id)) or EventPartner(
            role=role, city_id=city_id, organisation_id=organisation_id
        )
        row.position = position
        rows.append(row)
    return rows
