"""The agenda of an event: sessions on local clocks, checked before they are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.scheduling.calendar_state import calendars_change
from events_service.domain.scheduling.local_time import fold_choices, time_problem
from events_service.itip.days import TimedSession, hours_of_day
from events_service.letters.dates import plain_day
from events_service.model import AgendaSession, Delegation, Event, Member
from events_service.translation import gettext as _

LONGEST = 200  # characters of a title or note


@dataclass(frozen=True)
class SessionPlan:
    """A session as an organiser wants it. `fold` None: it was not said which of two equal times
    is meant. `session_id` names the session it stands for, if there is one."""

    held_on: date
    starts: time
    ends: time
    title: str
    note: str = ""
    fold: int | None = None
    session_id: int | None = None

    def moved(self, by: timedelta) -> "SessionPlan":
        """The same clock times, `by` whole days later. Which of two equal times is meant there
        has not been said, whatever was said of the day before."""
        return SessionPlan(
            self.held_on + by,
            self.starts,
            self.ends,
            self.title,
            self.note,
            None if by else self.fold,
            self.session_id,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "held_on": self.held_on.isoformat(),
            "starts": self.starts.strftime("%H:%M"),
            "ends": self.ends.strftime("%H:%M"),
            "title": self.title,
            "note": self.note,
            "fold": self.fold,
            "session_id": self.session_id,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "SessionPlan":
        return cls(
            date.fromisoformat(kept["held_on"]),
            time.fromisoformat(kept["starts"]),
            time.fromisoformat(kept["ends"]),
            str(kept["title"]),
            str(kept["note"]),
            kept["fold"],
            kept["session_id"],
        )


@dataclass(frozen=True)
class AgendaProblem:
    """What has to be mended in which session (its position). `choices`: the answers to
    the question which of two equal times is meant."""

    position: int
    field: str
    message: str
    choices: tuple[str, str] | None = None


class AgendaRefused(Refusal):
    def __init__(self, problems: Sequence[AgendaProblem]) -> None:
        super().__init__(f"{problems[0].message}.")
        self.problems = problems


def plans_of(event: Event) -> list[SessionPlan]:
    """The agenda as it stands."""
    return [
        SessionPlan(
            one.held_on, one.starts, one.ends, one.title, one.note, _meant(event, one), one.id
        )
        for one in event.sessions
    ]


def _meant(event: Event, session: AgendaSession) -> int | None:
    """Which of two equal times; None for a session whose times come once."""
    clocks = (session.starts, session.ends)
    twice = any(fold_choices(event.zone, session.held_on, clock) for clock in clocks)
    return session.fold if twice else None


def check_agenda(
    plans: Sequence[SessionPlan], zone: ZoneInfo, first: date, last: date
) -> list[AgendaProblem]:
    """Everything that keeps an agenda from being kept, in the order of the form."""
    return [
        problem
        for position, plan in enumerate(plans)
        for problem in _problems(position, plan, zone, first, last)
    ]


def _problems(
    position: int, plan: SessionPlan, zone: ZoneInfo, first: date, last: date
) -> Iterable[AgendaProblem]:
    if not first <= plan.held_on <= last:
        message = _(
            "%(day)s is no day of the workshop: choose one of its days",
            day=plain_day(plan.held_on),
        )
        yield AgendaProblem(position, "held_on", message)
    for field in ("starts", "ends"):
        found = time_problem(zone, plan.held_on, getattr(plan, field), plan.fold)
        if found:
            yield AgendaProblem(position, field, found.message, found.choices)
    if plan.ends <= plan.starts:
        yield AgendaProblem(
            position, "ends", _("Choose an end that is after the start, on one day")
        )
    if not plan.title.strip():
        yield AgendaProblem(position, "title", _("Enter what the session is called"))
    if len(plan.title) > LONGEST:
        message = _("Shorten the title to %(most)s characters", most=LONGEST)
        yield AgendaProblem(position, "title", message)
    if len(plan.note) > LONGEST:
        message = _("Shorten the note to %(most)s characters", most=LONGEST)
        yield AgendaProblem(position, "note", message)


def same_hours(session: Session, event: Event, plans: Sequence[SessionPlan]) -> bool:
    """Whether nobody's calendar changes: each day begins and ends as before and, where sessions
    have entries of their own or people chose some, each session does."""
    wanted = _sessions(plans)
    if hours_of_day(event.sessions) != hours_of_day(wanted):
        return False
    return _each_session(event.sessions) == _each_session(wanted) or not (
        event.calendar_style == "each_session" or _sessions_are_chosen(session, event)
    )


def _each_session(sessions: Sequence[AgendaSession]) -> set[tuple[object, ...]]:
    return {(one.id, one.held_on, one.starts, one.ends, one.fold) for one in sessions}


def _sessions_are_chosen(session: Session, event: Event) -> bool:
    chose = (Delegation.event_id == event.id, Member.session_ids.is_not(None))
    found = exists(select(Member.id).join(Delegation).where(*chose))
    return bool(session.scalar(select(found)))


def timetable(sessions: Iterable[TimedSession]) -> list[tuple[date, time, time, int]]:
    """When there is something on, whatever it is called."""
    return sorted((one.held_on, one.starts, one.ends, one.fold) for one in sessions)


def set_agenda(
    session: Session, event: Event, plans: Sequence[SessionPlan], *, now: datetime
) -> None:
    """Make this the agenda. Nobody is written to, so a published event keeps its hours here;
    other hours go through `changes.ask_for_change`, with a preview.

    AgendaRefused lists what has to be mended.
    """
    if event.cancelled_at is not None:
        raise Conflict(_("This workshop was cancelled, so its agenda stays as it was."))
    if problems := check_agenda(plans, event.zone, event.starts_on, event.ends_on):
        raise AgendaRefused(problems)
    if event.published_at is not None and not same_hours(session, event, plans):
        raise Conflict(
            _("The workshop is published: its hours change by moving it, with a preview.")
        )
    before = timetable(event.sessions)
    write_agenda(event, plans)
    if event.published_at is not None:
        calendars_change(event, moved=before != timetable(event.sessions), now=now)
    event.revision = Event.revision + 1
    session.flush()


def write_agenda(event: Event, plans: Sequence[SessionPlan]) -> None:
    """Sessions that stand are changed in place, the others go or come."""
    known = {one.id: one for one in event.sessions}
    kept = []
    for plan in plans:
        one = known.pop(plan.session_id, None) if plan.session_id is not None else None
        one = one or AgendaSession()
        one.held_on, one.starts, one.ends = plan.held_on, plan.starts, plan.ends
        one.title, one.note = plan.title.strip(), plan.note.strip()
        one.fold = plan.fold or 0
        kept.append(one)
    event.sessions = sorted(kept, key=lambda one: (one.held_on, one.starts))


def _sessions(plans: Sequence[SessionPlan]) -> list[AgendaSession]:
    """Plans as sessions that belong to no event, to compare hours with."""
    return [
        AgendaSession(
            id=plan.session_id,
            held_on=plan.held_on,
            starts=plan.starts,
            ends=plan.ends,
            fold=plan.fold or 0,
        )
        for plan in plans
    ]
