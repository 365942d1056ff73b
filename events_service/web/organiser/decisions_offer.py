"""Offering part of its places to a delegation that waits and does not fit whole."""

from datetime import timedelta

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.form import members_of
from events_service.domain.registration.offering import offer_part, places_to_offer
from events_service.domain.registration.seating import used_of
from events_service.model import CityInvitation
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, me
from events_service.web.context import now, settings
from events_service.web.forms.decisions import OfferForm, until_in
from events_service.web.organiser import pages
from events_service.web.organiser.decisions import DECISIONS
from events_service.web.organiser.invitations import invitation_for
from events_service.web.staff.form_pages import Page, form_page

USUAL_TIME = timedelta(days=7)  # for a city to answer


@pages.route(f"{DECISIONS}/<int:city_invitation_id>/offer", methods=["GET", "POST"])
@access("organiser")
def offer(event_id: int, city_invitation_id: int) -> Page:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        delegation = invitation.delegation
        if delegation is None or delegation.state != "waitlisted" or delegation.offered_seats:
            raise Conflict(
                _("%(city)s does not wait for an offer any more.", city=invitation.city.name)
            )
        most = places_to_offer(delegation, used_of(db, event_id))
        form = OfferForm(data=_usual(invitation, most))
        if form.validate_on_submit() and (until := until_in(form, invitation.event.zone)):
            places = form.places.data or 0
            try:
                offer_part(db, settings(), delegation, me(), places, until, now=now())
            except Refusal as refused:
                form.form_errors.append(str(refused))
            else:
                return _offered(invitation, places)
        return form_page(
            form,
            "organiser/decisions_offer.html",
            event=invitation.event,
            invitation=invitation,
            people=members_of(delegation),
            most=most,
        )


def _usual(invitation: CityInvitation, most: int) -> dict[str, object]:
    closes = invitation.event.registration_closes_at
    until = min(now() + USUAL_TIME, closes).astimezone(invitation.event.zone)
    clock = f"{until:%H:%M}" if until == closes else "18:00"
    return {"places": most or None, "until_on": until.date(), "until_at": clock}


def _offered(invitation: CityInvitation, places: int) -> Response:
    flash(
        ngettext(
            "%(num)s place is held for %(city)s. Read the letter and send it.",
            "%(num)s places are held for %(city)s. Read the letter and send it.",
            places,
            city=invitation.city.name,
        )
    )
    return redirect(url_for("organiser.decisions", event_id=invitation.event_id), 303)
