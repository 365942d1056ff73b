"""Moving and cancelling: a form, its preview, and once released a minute to undo it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.scheduling.change_preview import preview_change
from events_service.domain.scheduling.changes import ask_for_change
from events_service.domain.scheduling.event_change import Cancellation, Move, MoveRefused
from events_service.domain.scheduling.pending import plan_of, undo_change, waiting_change
from events_service.model import Event, PendingChange
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import change as forms
from events_service.web.organiser import pages
from events_service.web.organiser.change_pages import drafted, preview_page, to_outbox
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/events/<int:event_id>/move", methods=["GET", "POST"])
@access("organiser")
def move(event_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        waiting = waiting_change(db, event.id)
        plan = plan_of(event, waiting)
        form = forms.move_form(event, plan)
        if form.validate_on_submit():
            wanted, problems = forms.move_in(form, plan)
            if not problems:
                try:
                    return preview_page(db, event, wanted)
                except MoveRefused as refused:
                    problems = refused.problems
            forms.show_problems(form, plan, problems)
        return form_page(
            form,
            "organiser/move.html",
            event=event,
            plan=plan,
            waiting=waiting,
            rows=forms.rows(form, plan),
        )


@pages.route("/events/<int:event_id>/cancel", methods=["GET", "POST"])
@access("organiser")
def cancel(event_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        waiting = waiting_change(db, event.id)
        said = waiting.details["words"] if waiting and waiting.kind == "cancel" else ""
        form = forms.CancelForm(data={"words": said})
        if form.validate_on_submit():
            words = (form.words.data or "").replace("\r\n", "\n").strip()
            return preview_page(db, event, Cancellation(words))
        return form_page(form, "organiser/cancel.html", event=event, waiting=waiting)


@pages.post("/events/<int:event_id>/move/confirm")
@access("organiser")
def confirm_move(event_id: int) -> Response:
    return _confirmed(event_id, Move)


@pages.post("/events/<int:event_id>/cancel/confirm")
@access("organiser")
def confirm_cancel(event_id: int) -> Response:
    return _confirmed(event_id, Cancellation)


def _confirmed(event_id: int, kind: type[Move] | type[Cancellation]) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        change = forms.confirmed(kind, request.form.get("change", ""))
        seen = preview_change(db, settings(), event, change, now=now())
        counts = {"people": seen.written_to, "letters": len(seen.letters)}
        ask_for_change(db, event, change, me(), **counts, now=now())
    return drafted(event_id)


@pages.get("/events/<int:event_id>/changes/<int:change_id>")
@access("organiser")
def change(event_id: int, change_id: int) -> str | Response:
    """Once it is released: loads itself again until the change has left or waits again."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = db.get(PendingChange, change_id)
        if found is None or found.event_id != event.id:
            raise NotFound
        if not (found.due_at or found.undone_at):
            return redirect(url_for("organiser.waiting", event_id=event.id), 303)
        return render_template(
            "organiser/change.html",
            event=event,
            change=found,
            seconds=seconds_left(found),
            leaves=leaves_at(found, event),
        )


@pages.post("/events/<int:event_id>/changes/<int:change_id>/undo")
@access("organiser")
def undo(event_id: int, change_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        undo_change(db, event.id, change_id)
    flash(_("Undone. Nobody was written to, and the letters wait in the outbox again."))
    return redirect(to_outbox(event_id), 303)


def seconds_left(change: PendingChange) -> int:
    """0 for one that waits in the outbox, too."""
    return max(0, round((change.due_at - now()).total_seconds())) if change.due_at else 0


def leaves_at(change: PendingChange, event: Event) -> str:
    """14:03:20, on the clocks of the host city; empty for one that waits in the outbox."""
    return f"{change.due_at.astimezone(event.zone):%H:%M:%S}" if change.due_at else ""
