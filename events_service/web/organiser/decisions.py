"""Delegations that wait for an organiser: approved, turned down or put on the waiting list, one or
several at once; and what was decided, which can be undone until its letters leave."""

from typing import get_args

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Refusal
from events_service.domain.registration import deciding
from events_service.domain.registration.deciding_many import Decision, decide
from events_service.domain.registration.queue import decisions_of
from events_service.domain.registration.saving import standing
from events_service.queries.outbox import decisions_leaving
from events_service.queries.standing import goes_on
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.decisions import DecisionForm
from events_service.web.organiser import pages
from events_service.web.organiser.invitations import invitation_for
from events_service.web.staff.form_pages import Page

DECISIONS = "/events/<int:event_id>/decisions"


@pages.get(DECISIONS)
@access("organiser")
def decisions(event_id: int) -> str:
    with transaction() as db:
        return _page(db, event_id, DecisionForm(), set())


@pages.post(DECISIONS)
@access("organiser")
def decide_about(event_id: int) -> Page:
    """`chosen`: number of each delegation that is ticked, and what of it was read. `press`: what
    is decided."""
    form = DecisionForm()
    read = _chosen()
    pressed: Decision | None = next(
        (one for one in get_args(Decision) if one == request.form.get("press")), None
    )
    try:
        if pressed is None or not form.validate():
            raise Refusal(_("Choose what you decide."))
        with transaction() as db:
            event = event_for(db, me(), event_id)
            decided = decide(
                db,
                settings(),
                event,
                read,
                pressed,
                me(),
                now=now(),
                because=(form.because.data or "").strip(),
            )
            flash(_said(pressed, len(decided)))
    except deciding.ReasonMissing as refused:
        form.because.errors = [str(refused)]
    except Refusal as refused:
        form.form_errors.append(str(refused))
    else:
        return redirect(url_for("organiser.decisions", event_id=event_id), 303)
    with transaction() as db:
        return _page(db, event_id, form, set(read)), 422


@pages.post(f"{DECISIONS}/<int:city_invitation_id>/undo")
@access("organiser")
def undo_decision(event_id: int, city_invitation_id: int) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        if invitation.delegation is None:
            raise Refusal(_("There is nothing to undo."))
        deciding.undo_decision(db, settings(), invitation.delegation, now=now())
        flash(
            _(
                "The decision about %(city)s is undone, and its letters are put aside.",
                city=invitation.city.name,
            )
        )
    return redirect(url_for("organiser.decisions", event_id=event_id), 303)


def _page(db: Session, event_id: int, form: DecisionForm, ticked: set[int]) -> str:
    event = event_for(db, me(), event_id)
    return render_template(
        "organiser/decisions.html",
        event=event,
        form=form,
        ticked=ticked,
        found=decisions_of(db, event),
        leaving=decisions_leaving(db, event.id, now=now()),
        standing=standing,
        goes_on=goes_on(event, now()),
    )


def _chosen() -> dict[int, str]:
    pairs = (text.partition(":") for text in request.form.getlist("chosen"))
    return {
        int(number): read
        for number, _colon, read in pairs
        if number.isascii() and number.isdigit() and len(number) < 19
    }


def _said(decision: Decision, count: int) -> str:
    words = {
        "approve": ngettext(
            "One delegation is approved.", "%(num)s delegations are approved.", count
        ),
        "turn_down": ngettext(
            "One delegation is turned down.", "%(num)s delegations are turned down.", count
        ),
        "waitlist": ngettext(
            "One delegation is on the waiting list.",
            "%(num)s delegations are on the waiting list.",
            count,
        ),
    }[decision]
    waits = _("Nobody is told until you have read the letters and sent them.")
    return f"{words} {waits}"
