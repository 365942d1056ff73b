"""Signing in and out. GET never acts; the link's page asks for a press of a button."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts import signing_in as domain
from events_service.domain.rates import within_rate
from events_service.domain.refusals import TooOften
from events_service.translation import gettext as _
from events_service.web.access import access, me, sign_in
from events_service.web.context import now, settings
from events_service.web.forms.address import AddressForm
from events_service.web.local_address import inside

pages = Blueprint("signing_in", __name__)
HOUR = timedelta(hours=1)


def safe_next(target: str | None) -> str:
    """A path on this site, or the organiser's start page."""
    return inside(target) or url_for("organiser.start")


@pages.get("/sign-in")
@access("public")
def ask() -> str:
    return render_template("organiser/sign_in.html", form=AddressForm())


@pages.post("/sign-in")
@access("public")
def send() -> str | tuple[str, int]:
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("organiser/sign_in.html", form=form), 422
    return _sent_to(form.address.data or "", other=url_for("signing_in.ask"))


@pages.get("/sign-in/again")
@access("organiser")
def prove() -> str:
    """Before people's data leave the service: somebody else may sit at this device by now."""
    return render_template(
        "organiser/sign_in_again.html", account=me(), origin=safe_next(request.args.get("next"))
    )


@pages.post("/sign-in/again")
@access("organiser")
def send_again() -> str:
    return _sent_to(me().address, other="")


def _sent_to(address: str, *, other: str) -> str:
    """Promise a link, and say where to look. `other`: where to name another address."""
    ip = request.remote_addr or "?"
    with transaction() as db:
        if not within_rate(db, f"sign-in from {ip}", limit=60, per=HOUR, now=now()):
            raise TooOften(_("Too many sign-in links were asked for from here. Try in an hour."))
        if within_rate(db, f"sign-in to {address.lower()}", limit=5, per=HOUR, now=now()):
            domain.send_sign_in_link(db, settings(), address, now=now())
    session["next"] = safe_next(request.args.get("next"))
    return render_template("organiser/sign_in_sent.html", address=address, other=other)


@pages.get("/sign-in/<token>")
@access("link")
def confirm(token: str) -> str:
    with transaction() as db:
        account = domain.account_behind(db, settings().secret_key, token, now=now())
    return render_template("organiser/sign_in_confirm.html", account=account, token=token)


@pages.post("/sign-in/<token>")
@access("link")
def enter(token: str) -> Response:
    target = safe_next(session.get("next"))
    with transaction() as db:
        account = domain.use_sign_in_link(db, settings().secret_key, token, now=now())
    sign_in(account)
    return redirect(target, 303)


@pages.post("/sign-out")
@access("public")
def leave() -> Response:
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("signing_in.ask"), 303)
