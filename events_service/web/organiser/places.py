"""Adding a city or an organisation, and going back to the form that lacked it."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling import places as domain
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.forms.places import CityForm, OrganisationForm
from events_service.web.organiser import pages
from events_service.web.signing_in import safe_next
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/cities/new", methods=["GET", "POST"])
@access("organiser")
def new_city() -> Page:
    form = CityForm()
    form.offer_lists()
    if form.validate_on_submit():
        try:
            with transaction() as db:
                domain.add_city(
                    db,
                    (form.name.data or "").strip(),
                    form.country.data,
                    form.latitude.data or 0.0,
                    form.longitude.data or 0.0,
                    form.timezone.data,
                    form.language.data or None,
                )
        except Conflict as problem:
            form.name.errors = [str(problem)]
        else:
            return _added(_("%(name)s is in the list of cities.", name=form.name.data))
    return form_page(form, "organiser/city_form.html", back_to=safe_next(request.args.get("next")))


@pages.route("/organisations/new", methods=["GET", "POST"])
@access("organiser")
def new_organisation() -> Page:
    form = OrganisationForm()
    form.offer_lists()
    if form.validate_on_submit():
        try:
            with transaction() as db:
                domain.add_organisation(
                    db, (form.name.data or "").strip(), form.kind.data, form.country.data or None
                )
        except Conflict as problem:
            form.name.errors = [str(problem)]
        else:
            return _added(_("%(name)s is in the list of partners.", name=form.name.data))
    back_to = safe_next(request.args.get("next"))
    return form_page(form, "organiser/organisation_form.html", back_to=back_to)


def _added(message: str) -> Response:
    flash(message)
    return redirect(safe_next(request.args.get("next")), 303)
