"""The forms of the page at the door, for devices on which no script runs."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.door.entries import Result, TakenBack, carry_out
from events_service.domain.door.opening import door_phase
from events_service.letters.dates import clock
from events_service.model import Event
from events_service.queries.attendance import bodies
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.door import pages
from events_service.web.door.page import day_at, door_page, event_at, people_at
from events_service.web.forms.door import UNREADABLE, EntryForm, WalkInForm, came_in, walked_in

BY_FORM = "door, by its form"


@pages.post("/door/<token>/in")
@access("link")
def enter(token: str) -> Response:
    form = EntryForm()
    with transaction() as db:
        event = event_at(db, token)
        sent = came_in(form, day_at(event), now())
        people = people_at(db, event, door_phase(event, now()))
        name = next((one.name for one in people if sent and one.person == sent.person), "")
        result = Result("refused", str(UNREADABLE))
        if sent is not None and _is_rehearsed(event, name):
            return _back(token)
        if sent is not None:
            result = carry_out(db, event, sent, recorded_by=BY_FORM, now=now())
    flash(sentence(event, name, result))
    return _back(token)


@pages.post("/door/<token>/walk-in")
@access("link")
def enter_walk_in(token: str) -> Response:
    form = WalkInForm()
    with transaction() as db:
        event = event_at(db, token)
        form.offer(bodies(db))
        if not form.validate_on_submit():
            people = people_at(db, event, door_phase(event, now()))
            return door_page(token, event, people, form, 422)
        sent = walked_in(form, day_at(event), now())
        if _is_rehearsed(event, sent.name):
            return _back(token)
        result = carry_out(db, event, sent, recorded_by=BY_FORM, now=now())
    flash(sentence(event, sent.name, result))
    return _back(token)


@pages.post("/door/<token>/back")
@access("link")
def take_entry_back(token: str) -> Response:
    with transaction() as db:
        event = event_at(db, token)
        sent = TakenBack(request.form.get("key", ""))
        carry_out(db, event, sent, recorded_by=BY_FORM, now=now())
    flash(_("Taken back. The person counts as not here."))
    return _back(token)


def sentence(event: Event, name: str, result: Result) -> str:
    if result.outcome == "refused" or result.came_at is None:
        return result.said
    at = clock(result.came_at.astimezone(event.zone).time())
    if result.outcome == "in":
        return _("%(name)s came in at %(time)s.", name=name, time=at)
    if result.outcome == "already":
        return _("%(name)s is here already and came in at %(time)s.", name=name, time=at)
    return _("This entry for %(name)s was taken back. Look for them once more.", name=name)


def _is_rehearsed(event: Event, name: str) -> bool:
    """On the day before everything works as it will, and nothing is recorded."""
    if door_phase(event, now()) != "rehearsal":
        return False
    found = _("This is a rehearsal: %(name)s was found, and nothing was recorded.", name=name)
    flash(found if name else _("This is a rehearsal: nobody was found, and nothing was recorded."))
    return True


def _back(token: str) -> Response:
    asked = request.form.get("q") or None
    return redirect(url_for("door.door", token=token, q=asked), 303)
