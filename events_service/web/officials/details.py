"""What somebody tells about themselves, behind a link of their own. Looking changes nothing."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.particulars.answers import in_words
from events_service.domain.particulars.asking import send_new_link
from events_service.domain.particulars.consents import standing
from events_service.domain.particulars.filling import (
    Unfinished,
    asked_in,
    complete,
    erase,
    open_steps,
    opened,
)
from events_service.domain.particulars.links import particulars_behind
from events_service.domain.particulars.people import name_on, still_named
from events_service.letters.salutation import salutation
from events_service.model import Delegation, Event, Particulars
from events_service.translation import gettext as _
from events_service.translation import said
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms.details import CONSENTS, NAMING, erased_on, ways_of_naming
from events_service.web.officials import pages
from events_service.web.reader import comes_from


@dataclass(frozen=True)
class Told:
    """One line of what we hold. `erased_on` None: it stays on record; `open`: not said yet."""

    step: str
    label: str
    value: str
    erased_on: date | None
    open: bool


def form_behind(db: Session, token: str) -> Particulars:
    form = particulars_behind(db, settings().secret_key, token, now=now())
    comes_from(db.get_one(Delegation, form.delegation_id).city)
    return form


def shown(db: Session, token: str, form: Particulars) -> dict[str, object]:
    """What every page of a person shows."""
    delegation = db.get_one(Delegation, form.delegation_id)
    return {
        "token": token,
        "particulars": form,
        "event": delegation.event,
        "delegation": delegation,
        "city": delegation.city,
        "name": salutation(name_on(db, form), delegation.city.name),
    }


@pages.get("/me/<token>")
@access("link")
def own_details(token: str) -> str:
    """Who named the person and what for; once they have told something, all that we hold."""
    with transaction() as db:
        form = form_behind(db, token)
        asked, _answers = asked_in(db, form)
        return render_template(
            "officials/details.html",
            **shown(db, token, form),
            questions=asked,
            told=told(db, form) if form.details or form.consents else [],
            open=open_steps(db, form),
            named=still_named(db, form),
        )


@pages.post("/me/<token>/start")
@access("link")
def start_details(token: str) -> Response:
    with transaction() as db:
        form = form_behind(db, token)
        opened(form, now=now())
        steps = open_steps(db, form)
    if not steps:
        return redirect(url_for("officials.review_details", token=token), 303)
    return redirect(url_for("officials.details_step", token=token, step=steps[0]), 303)


@pages.get("/me/<token>/review")
@access("link")
def review_details(token: str) -> str | Response:
    with transaction() as db:
        form = form_behind(db, token)
        if steps := open_steps(db, form):
            return redirect(url_for("officials.details_step", token=token, step=steps[0]), 303)
        return render_template(
            "officials/details_review.html", **shown(db, token, form), told=told(db, form)
        )


@pages.post("/me/<token>/confirm")
@access("link")
def confirm_details(token: str) -> Response:
    with transaction() as db:
        form = form_behind(db, token)
        try:
            complete(db, form, by="person", now=now())
        except Unfinished as unfinished:
            step = unfinished.steps[0]
            return redirect(url_for("officials.details_step", token=token, step=step), 303)
    flash(_("Thank you. Your details are saved, and you can change them here until the workshop."))
    return redirect(url_for("officials.own_details", token=token), 303)


@pages.post("/me/<token>/new-link")
@access("link")
def new_details_link(token: str) -> Response:
    """For somebody whose letter went on to others: its link ends with this very press, and the
    page behind it then says so."""
    with transaction() as db:
        send_new_link(db, settings(), form_behind(db, token), now=now())
    return redirect(url_for("officials.own_details", token=token), 303)


@pages.get("/me/<token>/erase")
@access("link")
def ask_to_erase(token: str) -> str:
    with transaction() as db:
        return render_template(
            "officials/details_erase.html", **shown(db, token, form_behind(db, token))
        )


@pages.post("/me/<token>/erase")
@access("link")
def erase_details(token: str) -> Response:
    with transaction() as db:
        erase(db, form_behind(db, token), now=now())
    flash(_("What you told us about yourself is erased."))
    return redirect(url_for("officials.own_details", token=token), 303)


def told(db: Session, form: Particulars) -> list[Told]:
    """All that was told, in the order of the form, with the steps at which it can be changed."""
    event: Event = db.get_one(Delegation, form.delegation_id).event
    city = db.get_one(Delegation, form.delegation_id).city.name
    asked, answers = asked_in(db, form)
    lines = [
        Told(
            one.key,
            said(one.label),
            in_words(answers.get(one.key)),
            erased_on(event, one),
            one.key not in answers,
        )
        for one in asked
    ]
    chosen = dict(ways_of_naming(city)).get(form.attribution or "", "")
    lines.append(Told("attribution", str(NAMING), chosen, None, not chosen))
    agreed = standing(form.consents)
    for kind, label in CONSENTS.items():
        one_said = agreed.get(kind)
        word = "" if one_said is None else in_words(one_said.given)
        lines.append(Told("consents", str(label), word, None, one_said is None))
    return lines
