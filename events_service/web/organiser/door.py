"""The door of an event, as organisers prepare it: the link for the devices, and who came."""

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.door.links import replace_door_link
from events_service.domain.registration.form import days_of
from events_service.model import Event
from events_service.queries.door import counted, door_list
from events_service.tokens import token_for
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import settings
from events_service.web.door.codes import door_url
from events_service.web.organiser import pages

NEW = "new_door"  # in the session: which link was just made, to be shown once


@pages.get("/events/<int:event_id>/door")
@access("organiser")
def door(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        people = door_list(db, event)
        return render_template(
            "organiser/door.html",
            event=event,
            counts=[counted(people, day) for day in days_of(event)],
            token=_token_just_made(event),
            door_url=door_url,
        )


@pages.post("/events/<int:event_id>/door")
@access("organiser")
def replace_door(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        session[NEW] = [event.id, replace_door_link(db, event)]
    flash(
        _("The new link is below, and is shown this once. Links made before open nothing any more.")
    )
    return redirect(url_for("organiser.door", event_id=event_id), 303)


def _token_just_made(event: Event) -> str | None:
    if session.pop(NEW, None) != [event.id, event.door_version]:
        return None
    return token_for(settings().secret_key, "door", event.id, event.door_version)
