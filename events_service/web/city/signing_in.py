"""Signing in for a city, and out. GET never acts; every address is answered alike."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts import city_signing_in as domain
from events_service.domain.rates import within_rate
from events_service.domain.refusals import TooOften
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.city import pages
from events_service.web.city_access import sign_in_for_city, sign_out_of_city
from events_service.web.context import now, settings
from events_service.web.forms.address import AddressForm
from events_service.web.reader import comes_from

ASKS_AN_HOUR = 60  # from one network address, which a whole town hall may share
LETTERS_AN_HOUR = 5  # to one address, so that nobody's mailbox can be filled from here
HOUR = timedelta(hours=1)


@pages.get("")
@access("public")
def ask() -> str:
    return render_template("city/sign_in.html", form=AddressForm())


@pages.post("")
@access("public")
def send() -> str | tuple[str, int]:
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("city/sign_in.html", form=form), 422
    address, asker = form.address.data or "", f"city sign-in from {request.remote_addr}"
    with transaction() as db:
        if not within_rate(db, asker, limit=ASKS_AN_HOUR, per=HOUR, now=now()):
            raise TooOften(_("Many links were asked for from here. Wait an hour and try again."))
        key = f"city sign-in to {address.lower()}"
        if within_rate(db, key, limit=LETTERS_AN_HOUR, per=HOUR, now=now()):
            domain.send_city_sign_in_link(db, settings(), address, now=now())
    return render_template("city/sign_in_sent.html", address=address)


@pages.get("/enter/<token>")
@access("link")
def confirm(token: str) -> str:
    with transaction() as db:
        voices = domain.voices_behind(db, settings().secret_key, token, now=now())
        comes_from(voices[0].city)
    return render_template("city/sign_in_confirm.html", voices=voices, token=token)


@pages.post("/enter/<token>")
@access("link")
def enter(token: str) -> Response:
    with transaction() as db:
        address = domain.use_city_sign_in_link(db, settings().secret_key, token, now=now())
    sign_in_for_city(address)
    return redirect(url_for("city.home"), 303)


@pages.post("/leave")
@access("public")
def leave() -> Response:
    sign_out_of_city()
    flash(_("You are signed out."))
    return redirect(url_for("city.ask"), 303)
