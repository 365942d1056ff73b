"""One step of a partnership: whose it is, when it is due, whether it is done."""

from flask import flash
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts.accounts import account_numbered, staff_accounts
from events_service.domain.followup import spotlights as domain
from events_service.domain.followup.spotlight_letters import draft_due_letters
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms.choices import owners
from events_service.web.forms.spotlights import StepForm
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.spotlights import back_to

STEP = "/spotlights/<int:spotlight_id>/steps/<int:step_id>"


@pages.route(STEP, methods=["GET", "POST"])
@access("staff")
def spotlight_step(spotlight_id: int, step_id: int) -> Page:
    with transaction() as db:
        step = domain.step_of(db, spotlight_id, step_id)
        form = StepForm(owner=step.owner_id, due_on=step.due_on)
        form.owner.choices = owners(staff_accounts(db), step.owner)
        if not form.validate_on_submit():
            return form_page(
                form,
                "staff/spotlight_step.html",
                spotlight=domain.partnership(db, spotlight_id),
                title=domain.STEP[step.key].title,
            )
        domain.change_step(db, step, account_numbered(db, form.owner.data), form.due_on.day)
        draft_due_letters(db, settings(), now=now())
    flash(_("The step is changed."))
    return back_to(spotlight_id)


@pages.post(f"{STEP}/done")
@access("staff")
def spotlight_step_done(spotlight_id: int, step_id: int) -> Response:
    with transaction() as db:
        domain.mark_done(db, domain.step_of(db, spotlight_id, step_id), now=now())
        draft_due_letters(db, settings(), now=now())
    flash(_("The step is marked as done."))
    return back_to(spotlight_id)


@pages.post(f"{STEP}/open")
@access("staff")
def spotlight_step_open(spotlight_id: int, step_id: int) -> Response:
    with transaction() as db:
        domain.mark_open(db, domain.step_of(db, spotlight_id, step_id))
    flash(_("The step is to be done again."))
    return back_to(spotlight_id)
