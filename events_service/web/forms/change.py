"""Moving and cancelling a published event."""

import json
from collections.abc import Iterable
from dataclasses import replace

from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
    ValidationError,
)

from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.event_change import LONGEST_WORDS, Cancellation, Change, Move
from events_service.domain.scheduling.event_plan import PlanProblem
from events_service.domain.scheduling.local_time import fold_choices
from events_service.model import Event
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, number
from events_service.web.forms import PageForm
from events_service.web.forms.agenda import MOST_SESSIONS
from events_service.web.forms.clocks import BAD_TIME, ClockField, WhichTime
from events_service.web.forms.event import PlannedDay


class HoursForm(Form):
    session_id = HiddenField()
    starts = ClockField(lazy_gettext("Starts"))
    ends = ClockField(lazy_gettext("Ends"))
    fold = WhichTime()


class MoveForm(PageForm):
    starts_on = PlannedDay(lazy_gettext("First day"), lazy_gettext("Enter the first day"))
    venue = StringField(lazy_gettext("Venue"))
    venue_address = StringField(lazy_gettext("Address"))
    sessions = FieldList(FormField(HoursForm), max_entries=MOST_SESSIONS)


class CancelForm(PageForm):
    words = TextAreaField(
        lazy_gettext("Why (optional)"),
        description=lazy_gettext("Appears in every letter, as you write it."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        if len(field.data or "") > LONGEST_WORDS:
            raise ValidationError(
                _("Shorten this to %(most)s characters", most=number(LONGEST_WORDS))
            )


def move_form(event: Event, plan: Move) -> MoveForm:
    """The form, filled from what was posted, else from the plan: how the event stands, or a move
    of it that waits."""
    hours = [
        {
            "session_id": _row_of(position, one),
            "starts": f"{one.starts:%H:%M}",
            "ends": f"{one.ends:%H:%M}",
            "fold": str(one.fold) if one.fold is not None else None,
        }
        for position, one in enumerate(plan.sessions)
    ]
    form = MoveForm(
        data={
            "starts_on": plan.starts_on,
            "venue": plan.venue,
            "venue_address": plan.venue_address,
            "sessions": hours,
        }
    )
    for session, row in rows(form, plan):
        if row and row.fold.fold is not None and form.starts_on.data:
            day = session.held_on + (form.starts_on.data - plan.starts_on)
            clocks = [clock for clock in (row.starts.clock, row.ends.clock) if clock]
            found = [fold_choices(event.zone, day, clock) for clock in clocks]
            row.fold.offer(next(filter(None, found), None))
    return form


def _row_of(position: int, session: SessionPlan) -> str:
    """What its row goes by. A session that is new in the plan has no number yet."""
    return f"new-{position}" if session.session_id is None else str(session.session_id)


def rows(form: MoveForm, plan: Move) -> list[tuple[SessionPlan, HoursForm | None]]:
    """Each session of the plan, with the row that stands for it."""
    typed = {entry.form.session_id.data: entry.form for entry in form.sessions}
    return [(one, typed.get(_row_of(n, one))) for n, one in enumerate(plan.sessions)]


def move_in(form: MoveForm, plan: Move) -> tuple[Move, list[PlanProblem]]:
    """The plan with what a form which passed its own checks holds, and times that can't be read."""
    by = form.starts_on.day - plan.starts_on
    sessions: list[SessionPlan] = []
    problems: list[PlanProblem] = []
    for position, (session, row) in enumerate(rows(form, plan)):
        if row is None:
            sessions.append(session.moved(by))
            continue
        problems += [
            PlanProblem(f"sessions-{position}-{name}", BAD_TIME)
            for name, field in (("starts", row.starts), ("ends", row.ends))
            if field.clock is None
        ]
        sessions.append(
            replace(
                session.moved(by),
                starts=row.starts.clock or session.starts,
                ends=row.ends.clock or session.ends,
                fold=row.fold.fold,
            )
        )
    moved = replace(
        plan,
        starts_on=form.starts_on.day,
        venue=(form.venue.data or "").strip(),
        venue_address=(form.venue_address.data or "").strip(),
        sessions=tuple(sessions),
    )
    return moved, problems


def show_problems(form: MoveForm, plan: Move, problems: Iterable[PlanProblem]) -> None:
    """Put each problem at its field. Those of a session are found by its place in the agenda."""
    at = [row for _, row in rows(form, plan)]
    for problem in problems:
        list_name, _, rest = problem.field.partition("-")
        if list_name != "sessions":
            form[problem.field].errors = [*form[problem.field].errors, problem.message]
            continue
        position, _, name = rest.partition("-")
        row = at[int(position)] if int(position) < len(at) else None
        if row is None or name not in row:
            form.starts_on.errors = [*form.starts_on.errors, problem.message]
            continue
        if problem.choices:
            row.fold.offer(problem.choices)
            name = "fold"
        row[name].errors = [problem.message]
    form.sessions.errors = [entry.errors for entry in form.sessions if entry.errors]


def written(change: Change) -> str:
    """A change as the preview page carries it to the page that confirms it."""
    return json.dumps(change.as_json(), ensure_ascii=False)


def confirmed(kind: type[Move] | type[Cancellation], text: str) -> Change:
    """The change that was previewed; the domain checks it again. Refusal when it is garbled."""
    try:
        return kind.from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(
            _("The change could not be read. Go back and fill in the form again.")
        ) from None
