"""The calendar of somebody of the network team: an address that shows what they work on."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.feeds import feed_of_account, revoke_feed, standing_feed_of_account
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.feed_addresses import private_feed_address
from events_service.web.organiser import pages


@pages.get("/calendar")
@access("organiser")
def own_calendar() -> str:
    with transaction() as db:
        feed = standing_feed_of_account(db, me())
    address = private_feed_address(feed) if feed else None
    return render_template("organiser/own_calendar.html", address=address)


@pages.post("/calendar")
@access("organiser")
def make_address() -> Response:
    with transaction() as db:
        feed_of_account(db, me(), now=now())
    flash(_("Your calendar address is below. Give it to nobody else."))
    return _back()


@pages.get("/calendar/end")
@access("organiser")
def confirm_end() -> str | Response:
    with transaction() as db:
        if standing_feed_of_account(db, me()) is None:
            return _back()
    return render_template("organiser/own_calendar_end.html")


@pages.post("/calendar/end")
@access("organiser")
def end_address() -> Response:
    with transaction() as db:
        feed = standing_feed_of_account(db, me())
        if feed is not None:
            revoke_feed(db, feed, now=now())
    flash(_("The address is ended: no program gets your calendar by it any more."))
    return _back()


def _back() -> Response:
    return redirect(url_for("organiser.own_calendar"), 303)
