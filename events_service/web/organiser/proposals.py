"""Deciding about a time that somebody proposed: accepted by way of the preview of every move, or
declined with a letter."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.inbox import proposals as domain
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.scheduling.change_preview import preview_change
from events_service.model import Event, TimeProposal
from events_service.queries.replies import still_open
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages
from events_service.web.organiser.change_pages import drafted, preview_page
from events_service.web.organiser.proposal_words import proposed

PROPOSAL = "/events/<int:event_id>/proposals/<int:proposal_id>"


@pages.get(f"{PROPOSAL}/accept")
@access("organiser")
def see_proposal(event_id: int, proposal_id: int) -> str:
    """What each calendar would show, and who would be written to."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        proposal = _proposal_for(db, event, proposal_id)
        return preview_page(
            db,
            event,
            domain.planned_move(db, proposal),
            back=url_for("organiser.replies", event_id=event.id),
            back_text=_("Replies"),
            confirm=url_for(
                "organiser.accept_proposal", event_id=event.id, proposal_id=proposal.id
            ),
        )


@pages.post(f"{PROPOSAL}/accept")
@access("organiser")
def accept_proposal(event_id: int, proposal_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        proposal = _proposal_for(db, event, proposal_id)
        move = domain.planned_move(db, proposal)
        seen = preview_change(db, settings(), event, move, now=now())
        domain.accept_proposal(
            db, proposal, me(), people=seen.written_to, letters=len(seen.letters), now=now()
        )
    return drafted(event_id)


@pages.get(f"{PROPOSAL}/decline")
@access("organiser")
def see_declining(event_id: int, proposal_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        proposal = _proposal_for(db, event, proposal_id)
        return render_template(
            "organiser/decline.html", event=event, proposed=proposed(proposal, event)
        )


@pages.post(f"{PROPOSAL}/decline")
@access("organiser")
def decline_proposal(event_id: int, proposal_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        proposal = _proposal_for(db, event, proposal_id)
        domain.decline_proposal(db, settings(), proposal, me(), now=now())
        name = proposal.invitation.member.name
    flash(_("The time stays as it is. The letter to %(name)s waits in the outbox.", name=name))
    return redirect(url_for("organiser.replies", event_id=event_id), 303)


def _proposal_for(db: Session, event: Event, proposal_id: int) -> TimeProposal:
    """The proposal, if it is about this event, which the caller loaded. Conflict when it can no
    longer be decided."""
    found = db.get(TimeProposal, proposal_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    if found.state != "open":
        raise Conflict(domain.DECIDED[found.state])
    if not still_open([found], now=now()):
        raise Conflict(_("The proposed time is past, or the workshop has changed since."))
    return found
