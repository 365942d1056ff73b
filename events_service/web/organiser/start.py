"""The organiser's first page: what needs a person today, then the series with their events."""

from datetime import datetime

from flask import render_template

from events_service.db import transaction
from events_service.model import Event
from events_service.queries.letters import letters_needing_decision
from events_service.queries.needs import needs_of
from events_service.queries.organiser import courses
from events_service.queries.replies import unmatched_waiting
from events_service.queries.standing import standing
from events_service.web.access import access, granted_series, me
from events_service.web.context import now
from events_service.web.organiser import pages
from events_service.web.organiser.needs import items, letters_item, unmatched_item


@pages.get("")
@access("organiser")
def start() -> str:
    account, moment = me(), now()
    with transaction() as db:
        found = courses(db, granted_series(db, account), now=moment)
        events = [line.event for course in found for line in course.events]
        staff = account.role in ("administrator", "staff")
        waiting = letters_needing_decision(db) if staff else None
        unmatched = unmatched_waiting(db) if staff else 0
        today = items(needs_of(db, events, now=moment), staff=staff)
        return render_template(
            "organiser/start.html",
            courses=found,
            upcoming=next_ahead(events, moment),
            moment=moment,
            today=[*(letters_item(waiting) if waiting else ()), *unmatched_item(unmatched), *today],
            standing={event.id: standing(event, moment) for event in events},
        )


def next_ahead(events: list[Event], moment: datetime) -> Event | None:
    """The event that is next, or under way."""
    ahead = [event for event in events if standing(event, moment) not in ("past", "cancelled")]
    return min(ahead, key=lambda event: (event.starts_on, event.id), default=None)
