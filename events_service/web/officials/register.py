"""The public Register button of an event: an address, and a letter that opens the rest."""

from datetime import timedelta

from flask import render_template, request
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.rates import within_rate
from events_service.domain.refusals import NotFound, TooOften
from events_service.domain.registration.form import closed_because
from events_service.domain.registration.link_requests import request_link
from events_service.model import Event
from events_service.queries import event_page as queries
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms.address import AddressForm
from events_service.web.officials import pages

ASKS_AN_HOUR = 60  # from one network address, which a whole town hall may share


def published_event(db: Session, slug: str) -> Event:
    found = queries.published_event(db, slug)
    if found is None:
        raise NotFound
    return found.event


@pages.get("/events/<slug>/register")
@access("public")
def register(slug: str) -> str:
    with transaction() as db:
        return _page(published_event(db, slug), AddressForm())


@pages.post("/events/<slug>/register")
@access("public")
def send_link(slug: str) -> str | tuple[str, int]:
    form = AddressForm()
    with transaction() as db:
        event = published_event(db, slug)
        if closed_because(event, now()):
            return _page(event, form), 409
        if not form.validate_on_submit():
            return _page(event, form), 422
        asker = f"register from {request.remote_addr}"
        if not within_rate(db, asker, limit=ASKS_AN_HOUR, per=timedelta(hours=1), now=now()):
            raise TooOften(_("Many links were asked for from here. Wait an hour and try again."))
        request_link(db, settings(), event, form.address.data or "", now=now())
        return render_template("officials/register_sent.html", event=event)


def _page(event: Event, form: AddressForm) -> str:
    closed = closed_because(event, now())
    return render_template("officials/register.html", event=event, form=form, closed=closed)
