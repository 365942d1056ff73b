"""The agenda of an event, a row a session. Rows come and go by buttons, without JavaScript."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from wtforms import FieldList, Form, FormField, HiddenField, StringField

from events_service.domain.scheduling.agenda import AgendaProblem, SessionPlan
from events_service.domain.scheduling.local_time import fold_choices
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm
from events_service.web.forms.clocks import BAD_TIME, ClockField, WhichTime, clock_in

MOST_SESSIONS = 120
ROWS_A_DAY = 2  # that a day without a session begins with


class SessionForm(Form):
    session_id = HiddenField()
    held_on = HiddenField()
    starts = ClockField(_("Starts"))
    ends = ClockField(_("Ends"))
    fold = WhichTime()
    title = StringField(_("Session"))
    note = StringField(_("Room or note (optional)"))


class AgendaForm(PageForm):
    sessions = FieldList(FormField(SessionForm), max_entries=MOST_SESSIONS)


@dataclass(frozen=True)
class Row:
    """A row as typed, whether right or wrong."""

    held_on: str
    starts: str = ""
    ends: str = ""
    title: str = ""
    note: str = ""
    fold: str | None = None
    session_id: str = ""

    @property
    def empty(self) -> bool:
        return not any(text.strip() for text in (self.starts, self.ends, self.title, self.note))


def rows_of(plans: Iterable[SessionPlan]) -> list[Row]:
    """Rows that show an agenda."""
    return [
        Row(
            one.held_on.isoformat(),
            f"{one.starts:%H:%M}",
            f"{one.ends:%H:%M}",
            one.title,
            one.note,
            str(one.fold) if one.fold is not None else None,
            str(one.session_id or ""),
        )
        for one in plans
    ]


def rows_in(form: AgendaForm) -> list[Row]:
    """What was typed."""
    return [
        Row(
            entry.form.held_on.data or "",
            entry.form.starts.data or "",
            entry.form.ends.data or "",
            entry.form.title.data or "",
            entry.form.note.data or "",
            entry.form.fold.data,
            entry.form.session_id.data or "",
        )
        for entry in form.sessions
    ]


def with_spare_rows(rows: Sequence[Row], days: Iterable[date]) -> list[Row]:
    """The rows, and some empty ones for each day that has none."""
    held = {row.held_on for row in rows}
    spare = [Row(day.isoformat()) for day in days if day.isoformat() not in held]
    return [*rows, *(row for row in spare for _ in range(ROWS_A_DAY))]


def form_with(rows: Sequence[Row], zone: ZoneInfo) -> AgendaForm:
    """The form filled with rows, the question of two equal times asked where it stands."""
    form = AgendaForm(formdata=None, data={"sessions": [vars(row) for row in rows]})
    for entry in form.sessions:
        offer_folds(entry.form, zone)
    return form


def offer_folds(form: SessionForm, zone: ZoneInfo) -> None:
    """Ask which of two equal times is meant, where it was answered before."""
    day, starts, ends = day_in(form.held_on.data or ""), form.starts.clock, form.ends.clock
    if day and form.fold.data in ("0", "1"):
        for clock in (starts, ends):
            if clock and (words := fold_choices(zone, day, clock)):
                form.fold.offer(words)
                return


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plans_in(rows: Sequence[Row]) -> tuple[list[SessionPlan], list[int], list[AgendaProblem]]:
    """The sessions of the rows that are not empty, the row of each, and what could not be read."""
    plans, places, problems = [], [], []
    for place, row in enumerate(rows):
        day, starts, ends = day_in(row.held_on), clock_in(row.starts), clock_in(row.ends)
        if row.empty or day is None:
            continue
        problems += [
            AgendaProblem(place, name, BAD_TIME)
            for name, clock in (("starts", starts), ("ends", ends))
            if clock is None
        ]
        plans.append(
            SessionPlan(
                day,
                starts or time(),
                ends or time(23, 59),
                row.title,
                row.note,
                int(row.fold) if row.fold in ("0", "1") else None,
                int(row.session_id) if row.session_id.isdigit() else None,
            )
        )
        places.append(place)
    return plans, places, problems


def at_row(problem: AgendaProblem, places: Sequence[int]) -> AgendaProblem:
    """A problem of a session as one of the row that it came from."""
    return replace(problem, position=places[problem.position])


def show_problems(form: AgendaForm, problems: Iterable[AgendaProblem]) -> None:
    """Put each problem at its field; the first of a field is enough. `position` is the row."""
    for problem in problems:
        row = form.sessions[problem.position].form
        if problem.choices:
            row.fold.offer(problem.choices)
        field = row["fold" if problem.choices else problem.field]
        if not field.errors:
            field.errors = [problem.message]
    form.sessions.errors = [entry.errors for entry in form.sessions if entry.errors]
