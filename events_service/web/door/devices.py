"""What the script at the door asks for and sends: the list, entries, and the part that lets the
page load without a network."""

import hashlib
import json
from datetime import date
from typing import Any

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from events_service.config import shipped
from events_service.db import transaction
from events_service.domain.door.entries import Result, carry_out
from events_service.domain.door.opening import door_phase
from events_service.domain.door.passes import fingerprint
from events_service.domain.registration.form import days_of
from events_service.letters.dates import weekday_day_month
from events_service.model import Event
from events_service.queries.door import Expected
from events_service.web.access import access
from events_service.web.assets import built_name
from events_service.web.context import now, settings
from events_service.web.door import pages
from events_service.web.door.page import event_at, people_at
from events_service.web.forms.door import UNREADABLE, device_in, entries_in


@pages.get("/door/<token>/list")
@access("link")
def the_list(token: str) -> Response:
    """Without its people when these are as in the version that the device knows."""
    with transaction() as db:
        state = _state(db, event_at(db, token))
    if state["version"] == request.args.get("known"):
        del state["people"]
    return jsonify(state)


@pages.post("/door/<token>/entries")
@access("link")
def take_entries(token: str) -> Response:
    """A result for each entry, by its id, and the list as it is afterwards."""
    sent = request.get_json(silent=True)
    with transaction() as db:
        event = event_at(db, token)
        by = device_in(sent)
        results = [
            _told(
                number,
                carry_out(db, event, entry, recorded_by=by, now=now())
                if entry is not None
                else Result("refused", str(UNREADABLE)),
            )
            for number, entry in entries_in(sent)
        ]
        return jsonify({"results": results, **_state(db, event)})


@pages.get("/door/worker.js")
@access("public")
def worker() -> Response:
    """It must lie here: a service worker has to do with addresses below its own, and no others."""
    script = (shipped("static") / built_name("door-worker.js")).read_bytes()
    response = Response(script, mimetype="text/javascript")
    response.cache_control.no_cache = True
    return response


def _told(number: str, result: Result) -> dict[str, object]:
    return {"id": number, "outcome": result.outcome, "said": result.said}


def _state(db: Session, event: Event) -> dict[str, Any]:
    phase = door_phase(event, now())
    people = [_shown(one) for one in people_at(db, event, phase)]
    return {
        "now": now().isoformat(),
        "zone": event.timezone,
        "phase": phase,
        "days": [{"day": one.isoformat(), "name": _name(one)} for one in days_of(event)],
        "people": people,
        "version": hashlib.sha256(json.dumps(people).encode()).hexdigest()[:16],
        "csrf": generate_csrf(),
    }


def _name(day: date) -> str:
    return weekday_day_month(day)


def _shown(one: Expected) -> dict[str, object]:
    number = one.member_id
    return {
        "id": one.person,
        "name": one.name,
        "role": one.role,
        "home": one.home,
        "sought": one.sought,
        "code": fingerprint(settings().secret_key, number) if number is not None else "",
        "days": [day.isoformat() for day in one.days],
        "came": {
            day.isoformat(): {"at": came.at.isoformat(), "key": came.key}
            for day, came in one.came.items()
        },
    }
