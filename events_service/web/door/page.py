"""The page at the door: by typing on every device, and with a script also by camera and without a
network."""

import secrets
from collections.abc import Sequence
from datetime import date

from flask import make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.door.links import door_behind
from events_service.domain.door.opening import Phase, door_phase, today
from events_service.domain.registration.form import days_of
from events_service.model import Event
from events_service.queries.attendance import bodies
from events_service.queries.door import Expected, counted, door_list, matching
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.door import pages
from events_service.web.forms.door import WalkInForm

MOST_SHOWN = 40  # people; more are found by typing
CAMERA = "camera=(self), geolocation=(), microphone=()"  # on this page and no other


def event_at(db: Session, token: str) -> Event:
    return door_behind(db, settings().secret_key, token, now=now())


def day_at(event: Event) -> date:
    """The day that people are checked in for; the first one in a rehearsal."""
    return min(max(today(event, now()), event.starts_on), event.ends_on)


def people_at(db: Session, event: Event, phase: Phase) -> list[Expected]:
    """Names are there from the day before on, and no longer than they are needed."""
    return door_list(db, event) if phase in ("rehearsal", "open") else []


@pages.get("/door/<token>")
@access("link")
def door(token: str) -> Response:
    with transaction() as db:
        event = event_at(db, token)
        form = WalkInForm(formdata=None, data={"key": new_key()})
        form.offer(bodies(db))
        return door_page(token, event, people_at(db, event, door_phase(event, now())), form)


def new_key() -> str:
    """For a form: whoever presses its button twice has sent one entry."""
    return secrets.token_hex(16)


def door_page(
    token: str, event: Event, people: Sequence[Expected], form: WalkInForm, status: int = 200
) -> Response:
    asked = request.args.get("q", "").strip()[:100]
    found, day = matching(people, asked), day_at(event)
    response = make_response(
        render_template(
            "door/door.html",
            token=token,
            event=event,
            phase=door_phase(event, now()),
            day=day,
            days=days_of(event),
            count=counted(people, day),
            asked=asked,
            found=len(found),
            people=found[:MOST_SHOWN],
            new_key=new_key,
            form=form,
        ),
        status,
    )
    response.headers["Permissions-Policy"] = CAMERA
    return response
