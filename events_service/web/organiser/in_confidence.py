"""What one person told in confidence: on a page of its own, which somebody has to ask for."""

from flask import render_template

from events_service.db import transaction
from events_service.queries.what_they_told import told_by
from events_service.web.access import access, event_for, me
from events_service.web.organiser import pages
from events_service.web.organiser.people import PERSON, member_for
from events_service.web.organiser.told import line_of


@pages.get(f"{PERSON}/in-confidence")
@access("organiser")
def told_in_confidence(event_id: int, member_id: int) -> str:
    """Only what they told in confidence, each with the purpose for which it may be looked at."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        member = member_for(db, event_id, member_id)
        told = told_by(db, member)
        return render_template(
            "organiser/person_in_confidence.html",
            event=event,
            member=member,
            lines=[line_of(event, one) for one in told.in_confidence],
        )
