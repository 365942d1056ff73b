"""Papers for the days of an event, to print."""

from flask import make_response, render_template
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.documents.papers import Paper, paper_pdf
from events_service.domain.door.papers import happening, on_paper
from events_service.domain.door.papers import participants as agreed
from events_service.domain.refusals import Conflict
from events_service.domain.reporting.attendance import registered
from events_service.queries.particulars import attributions
from events_service.translation import lazy_gettext
from events_service.web.access import access, event_for, me
from events_service.web.context import settings
from events_service.web.organiser import pages

PAPERS = "/events/<int:event_id>/papers"
NOBODY = lazy_gettext(
    "No delegation is confirmed yet, so there is nobody to print. Come back when one is."
)


@pages.get(PAPERS)
@access("organiser")
def papers(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        count = len(registered(db, event))
        return render_template("organiser/papers.html", event=event, count=count)


@pages.get(f"{PAPERS}/badges.pdf")
@access("organiser")
def badges(event_id: int) -> Response:
    return _printed(event_id, "badges")


@pages.get(f"{PAPERS}/name-plates.pdf")
@access("organiser")
def name_plates(event_id: int) -> Response:
    return _printed(event_id, "plates")


@pages.get(f"{PAPERS}/participants.pdf")
@access("organiser")
def participants(event_id: int) -> Response:
    return _printed(event_id, "participants")


@pages.get(f"{PAPERS}/signatures.pdf")
@access("organiser")
def signatures(event_id: int) -> Response:
    return _printed(event_id, "signatures")


def _printed(event_id: int, paper: Paper) -> Response:
    """Set once the transaction is over: it takes a while, and needs nothing of the database."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        members = registered(db, event)
        listed = paper == "participants"
        people = agreed(members, attributions(db, event)) if listed else on_paper(members)
    if not people:
        raise Conflict(NOBODY)
    content = paper_pdf(paper, happening(event), people, network=settings().network_name)
    response = make_response(content)
    response.mimetype = "application/pdf"
    name = f"{event.slug}-{paper}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
