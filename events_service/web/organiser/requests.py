"""Addresses that asked to register and that we do not know: invited for a city, or left."""

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.scheduling import access_requests as domain
from events_service.itip.addresses import readable
from events_service.model import AccessRequest, City
from events_service.queries.organiser import all_cities, invited_city_ids
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.cities import RequestForm
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page, form_page

REQUEST = "/events/<int:event_id>/requests/<int:request_id>"


@pages.route(REQUEST, methods=["GET", "POST"])
@access("organiser")
def request_page(event_id: int, request_id: int) -> Page:
    """Who asked; sending the form says for which city they speak, and writes to them."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        asking = _request_for(db, event_id, request_id)
        form = RequestForm()
        form.offer(all_cities(db))
        if not form.validate_on_submit():
            asked = invited_city_ids(db, event.id)
            return form_page(
                form, "organiser/request.html", event=event, asking=asking, asked=asked
            )
        city = db.get_one(City, int(form.city.data))
        domain.invite_requester(
            db,
            settings(),
            asking,
            event,
            city,
            addressee=form.addressee.data or "",
            now=now(),
        )
        flash(
            _(
                "The letter to %(address)s with the link of %(city)s waits in the outbox.",
                address=readable(asking.address),
                city=city.name,
            )
        )
    return _to_cities(event_id)


@pages.post(f"{REQUEST}/dismiss")
@access("organiser")
def dismiss(event_id: int, request_id: int) -> Response:
    with transaction() as db:
        event_for(db, me(), event_id)
        asking = _request_for(db, event_id, request_id)
        domain.dismiss_request(db, asking, now=now())
        flash(
            _(
                "The request of %(address)s is settled; nobody was written to.",
                address=readable(asking.address),
            )
        )
    return _to_cities(event_id)


def _request_for(db: Session, event_id: int, request_id: int) -> AccessRequest:
    found = db.get(AccessRequest, request_id)
    if found is None or found.event_id != event_id or found.settled_at is not None:
        raise NotFound(_("This request was settled already, or there is no such request."))
    return found


def _to_cities(event_id: int) -> Response:
    return redirect(url_for("organiser.cities", event_id=event_id), 303)
