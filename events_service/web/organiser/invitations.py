"""What is done about one city's invitation: sent again, its link replaced or ended."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.scheduling import city_invitations as domain
from events_service.model import CityInvitation
from events_service.queries.board import board_of
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages

CITY = "/events/<int:event_id>/cities/<int:city_invitation_id>"


@pages.post(f"{CITY}/resend")
@access("organiser")
def resend(event_id: int, city_invitation_id: int) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        domain.send_again(db, settings(), invitation, now=now())
        flash(
            _(
                "A letter to %(city)s waits in the outbox, with the same link.",
                city=invitation.city.name,
            )
        )
    return _to_cities(event_id)


@pages.post("/events/<int:event_id>/cities/remind")
@access("organiser")
def remind(event_id: int) -> Response:
    """Draft the letter again for every city that was asked 14 days ago and has not registered."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        silent = [row for row in board_of(db, event, now=now()).silent if row.questions]
        for row in silent:
            domain.send_again(db, settings(), row.invitation, now=now())
    flash(
        ngettext(
            "%(num)s letter waits in the outbox. Read it there, then release it.",
            "%(num)s letters wait in the outbox. Read them there, then release them.",
            len(silent),
        )
    )
    return redirect(url_for("organiser.outbox", event_id=event_id), 303)


@pages.get(f"{CITY}/revoke")
@access("organiser")
def link(event_id: int, city_invitation_id: int) -> str:
    """What ending or replacing the link does, before it is done."""
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        return render_template("organiser/link.html", invitation=invitation, event=invitation.event)


@pages.post(f"{CITY}/revoke")
@access("organiser")
def revoke(event_id: int, city_invitation_id: int) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        domain.revoke_link(db, invitation, now=now())
        flash(_("The link of %(name)s opens nothing any more.", name=invitation.city.name))
    return _to_cities(event_id)


@pages.post(f"{CITY}/replace")
@access("organiser")
def replace(event_id: int, city_invitation_id: int) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        domain.replace_link(db, settings(), invitation, now=now())
        flash(
            _(
                "A new link for %(city)s waits in the outbox; the one before is ended.",
                city=invitation.city.name,
            )
        )
    return _to_cities(event_id)


def invitation_for(db: Session, event_id: int, city_invitation_id: int) -> CityInvitation:
    """The invitation, if it is one of an event that the account works on."""
    event = event_for(db, me(), event_id)
    found = db.get(CityInvitation, city_invitation_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def _to_cities(event_id: int) -> Response:
    return redirect(url_for("organiser.cities", event_id=event_id), 303)
