"""Who of the network team may sign in. Administrators only."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts import accounts as domain
from events_service.queries.people import accounts_by_name, all_series
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.forms.people import ROLE_HINTS, ROLES, AccountForm
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page


@pages.get("/people")
@access("administrator")
def people() -> str:
    with transaction() as db:
        return render_template(
            "staff/people.html",
            accounts=accounts_by_name(db),
            series={one.id: one.title for one in all_series(db)},
            roles=ROLES,
            me=me(),
        )


@pages.route("/people/new", methods=["GET", "POST"])
@access("administrator")
def add_person() -> Page:
    with transaction() as db:
        form = AccountForm()
        form.role.choices = list(ROLES.items())
        form.series.choices = [(one.id, one.title) for one in all_series(db)]
        if not form.validate_on_submit():
            return form_page(form, "staff/people_new.html", hints=ROLE_HINTS)
        address, name = form.address.data or "", form.name.data or ""
        domain.add_account(db, address, name, form.role.data, form.series.data or (), now=now())
    flash(_("%(name)s can sign in with a link sent to %(address)s.", name=name, address=address))
    return _back()


@pages.post("/people/<int:account_id>/disable")
@access("administrator")
def disable_person(account_id: int) -> Response:
    with transaction() as db:
        account = domain.account_numbered(db, account_id)
        domain.disable_account(db, account, me(), now=now())
    flash(_("%(name)s can no longer sign in.", name=account.name))
    return _back()


@pages.post("/people/<int:account_id>/enable")
@access("administrator")
def enable_person(account_id: int) -> Response:
    with transaction() as db:
        account = domain.account_numbered(db, account_id)
        domain.enable_account(db, account)
    flash(_("%(name)s can sign in again.", name=account.name))
    return _back()


def _back() -> Response:
    return redirect(url_for("staff.people"), 303)
