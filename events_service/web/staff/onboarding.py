"""Cities on their way into the network, each with its list of tasks."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts.accounts import account_numbered, staff_accounts
from events_service.domain.followup import onboarding as domain
from events_service.domain.followup.due import today
from events_service.model import Onboarding, OnboardingTask
from events_service.queries.onboarding import introduced_cities
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.forms.onboarding import NOBODY, OwnerForm, TaskForm, owners_or_nobody
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.steps import Situation, done, open_situation

STATES = {
    "introduced": lazy_gettext("Introduced"),
    "interested": lazy_gettext("Interested"),
    "applied": lazy_gettext("Has applied"),
    "decided": lazy_gettext("Accepted"),
    "focal_points": lazy_gettext("Focal points named"),
    "welcomed": lazy_gettext("Welcomed"),
    "active": lazy_gettext("Member"),
    "ended": lazy_gettext("Not joining"),
}
TASK = "/onboarding/<int:onboarding_id>/tasks/<int:task_id>"


@pages.get("/onboarding")
@access("staff")
def onboarding() -> str:
    with transaction() as db:
        found = introduced_cities(db)
        rows = [(one, domain.next_task(one)) for one in sorted(found, key=_due_first)]
        return render_template(
            "staff/onboarding.html",
            rows=rows,
            states=STATES,
            today=today(now()),
        )


def _due_first(onboarding: Onboarding) -> tuple[bool, date]:
    task = domain.next_task(onboarding)
    return (True, onboarding.introduced_on) if task is None else (False, task.due_on)


@pages.route("/onboarding/<int:onboarding_id>", methods=["GET", "POST"])
@access("staff")
def onboarding_city(onboarding_id: int) -> Page:
    """The city's tasks; sending the form says who looks after the city."""
    with transaction() as db:
        found = domain.onboarding_of(db, onboarding_id)
        form = OwnerForm(owner=found.owner_id or NOBODY)
        form.owner.choices = owners_or_nobody(staff_accounts(db), found.owner)
        if not form.validate_on_submit():
            current = domain.next_task(found)
            return form_page(
                form,
                "staff/onboarding_city.html",
                onboarding=found,
                current_task=current,
                rows=[(task, _situation(task, current)) for task in found.tasks],
                states=STATES,
            )
        number = form.owner.data
        domain.look_after(db, found, account_numbered(db, number) if number != NOBODY else None)
    flash(_("It is noted who looks after the city."))
    return _back_to(onboarding_id)


def _situation(task: OnboardingTask, current: OnboardingTask | None) -> Situation:
    if task.done_at is not None:
        return done(task.done_at)
    return open_situation(task.due_on, today(now()), following=task is current)


@pages.route(TASK, methods=["GET", "POST"])
@access("staff")
def onboarding_task(onboarding_id: int, task_id: int) -> Page:
    with transaction() as db:
        task = domain.task_of(db, onboarding_id, task_id)
        form = TaskForm(owner=task.owner_id or NOBODY, due_on=task.due_on)
        form.owner.choices = owners_or_nobody(staff_accounts(db), task.owner)
        if not form.validate_on_submit():
            city = domain.onboarding_of(db, onboarding_id)
            return form_page(form, "staff/onboarding_task.html", onboarding=city, task=task)
        number = form.owner.data
        owner = account_numbered(db, number) if number != NOBODY else None
        domain.change_task(db, task, owner, form.due_on.day)
    flash(_("The task is changed."))
    return _back_to(onboarding_id)


@pages.post(f"{TASK}/done")
@access("staff")
def onboarding_task_done(onboarding_id: int, task_id: int) -> Response:
    with transaction() as db:
        domain.mark_done(db, domain.task_of(db, onboarding_id, task_id), now=now())
    flash(_("The task is marked as done."))
    return _back_to(onboarding_id)


@pages.post(f"{TASK}/open")
@access("staff")
def onboarding_task_open(onboarding_id: int, task_id: int) -> Response:
    with transaction() as db:
        domain.mark_open(db, domain.task_of(db, onboarding_id, task_id), now=now())
    flash(_("The task is to be done again."))
    return _back_to(onboarding_id)


@pages.post("/onboarding/<int:onboarding_id>/end")
@access("staff")
def onboarding_ended(onboarding_id: int) -> Response:
    with transaction() as db:
        domain.end_onboarding(db, domain.onboarding_of(db, onboarding_id))
    flash(_("The city is not joining. Nothing more is due."))
    return _back_to(onboarding_id)


@pages.post("/onboarding/<int:onboarding_id>/resume")
@access("staff")
def onboarding_resumed(onboarding_id: int) -> Response:
    with transaction() as db:
        domain.resume_onboarding(db, domain.onboarding_of(db, onboarding_id), now=now())
    flash(_("The city’s list is taken up again."))
    return _back_to(onboarding_id)


def _back_to(onboarding_id: int) -> Response:
    return redirect(url_for("staff.onboarding_city", onboarding_id=onboarding_id), 303)
