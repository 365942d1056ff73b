"""Partnerships with the cities behind practices: the list, one of them, a new one."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts.accounts import account_numbered, staff_accounts
from events_service.domain.followup import spotlights as domain
from events_service.domain.followup.contacts import add_contact
from events_service.domain.followup.due import today
from events_service.domain.followup.spotlight_letters import contact_for, draft_due_letters
from events_service.model import Spotlight
from events_service.queries.spotlights import partnerships, practices_without_partnership
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now, settings
from events_service.web.forms.choices import owners
from events_service.web.forms.contacts import ContactForm
from events_service.web.forms.spotlights import StartForm, practices
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.steps import Situation, situation_of


@pages.get("/spotlights")
@access("staff")
def spotlights() -> str:
    with transaction() as db:
        day = today(now())
        found = sorted(partnerships(db), key=_due_first)
        return render_template(
            "staff/spotlights.html",
            rows=[(one, domain.next_step(one), _situation(one, day)) for one in found],
            steps=domain.STEP,
            can_start=bool(practices_without_partnership(db)),
        )


def _due_first(spotlight: Spotlight) -> tuple[bool, date]:
    step = domain.next_step(spotlight)
    return (True, spotlight.started_at.date()) if step is None else (False, step.due_on)


def _situation(spotlight: Spotlight, day: date) -> Situation | None:
    step = domain.next_step(spotlight)
    if step is None:
        return None
    return situation_of(step, day, following=True, address_known=bool(spotlight.city.contacts))


@pages.route("/spotlights/new", methods=["GET", "POST"])
@access("staff")
def start_spotlight() -> Page:
    with transaction() as db:
        asked = request.args.get("practice", type=int)
        form = StartForm(starts_on=today(now()), owner=me().id, practice=asked)
        form.practice.choices = practices(practices_without_partnership(db))
        form.owner.choices = owners(staff_accounts(db))
        if not form.validate_on_submit():
            return form_page(form, "staff/spotlight_new.html")
        owner = account_numbered(db, form.owner.data)
        starts_on = form.starts_on.day
        made = domain.start_partnership(db, form.practice.data, owner, starts_on, now=now())
        draft_due_letters(db, settings(), now=now())
    flash(_("The partnership has begun."))
    return back_to(made.id)


@pages.get("/spotlights/<int:spotlight_id>")
@access("staff")
def spotlight(spotlight_id: int) -> str:
    with transaction() as db:
        found = domain.partnership(db, spotlight_id)
        contact = contact_for(db, found)
        current, day = domain.next_step(found), today(now())
        known = contact is not None
        return render_template(
            "staff/spotlight.html",
            spotlight=found,
            contact=contact,
            current_step=current,
            rows=[
                (step, situation_of(step, day, following=step is current, address_known=known))
                for step in found.steps
            ],
            steps=domain.STEP,
            finished_at=domain.finished_at,
        )


@pages.post("/spotlights/<int:spotlight_id>/decline")
@access("staff")
def spotlight_declined(spotlight_id: int) -> Response:
    with transaction() as db:
        domain.decline(db, domain.partnership(db, spotlight_id))
    flash(_("The city declined. Nothing more is due."))
    return back_to(spotlight_id)


@pages.post("/spotlights/<int:spotlight_id>/reopen")
@access("staff")
def spotlight_reopened(spotlight_id: int) -> Response:
    with transaction() as db:
        domain.reopen(db, domain.partnership(db, spotlight_id))
        draft_due_letters(db, settings(), now=now())
    flash(_("The partnership goes on."))
    return back_to(spotlight_id)


@pages.route("/spotlights/<int:spotlight_id>/contact", methods=["GET", "POST"])
@access("staff")
def spotlight_contact(spotlight_id: int) -> Page:
    with transaction() as db:
        found = domain.partnership(db, spotlight_id)
        form = ContactForm()
        if not form.validate_on_submit():
            return form_page(form, "staff/spotlight_contact.html", spotlight=found)
        add_contact(db, found.city, *form.typed)
        draft_due_letters(db, settings(), now=now())
    flash(_("The contact is added."))
    return back_to(spotlight_id)


def back_to(spotlight_id: int) -> Response:
    return redirect(url_for("staff.spotlight", spotlight_id=spotlight_id), 303)
