"""Bringing in cities and their focal points from a list: read, shown, then carried out whole."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.importing import cities as domain
from events_service.domain.importing.lines import HEADINGS, lines_in, tidy
from events_service.domain.importing.problems import LineProblem, ListRefused
from events_service.sheets.reading import MOST_BYTES, sheet_in
from events_service.sheets.table import NoSheet, Table
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.forms.city_import import CityListForm
from events_service.web.lists.cities import IMPORTED
from events_service.web.lists.files import FileKind, exported
from events_service.web.lists.import_steps import list_of_steps
from events_service.web.lists.page import list_page
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.uploads import takes_file

IMPORT = "/cities/import"
ONE = f"{IMPORT}/<int:import_id>"
LONGEST_NAME = 200  # of the file
SHOWN = 200  # problems


@pages.route(IMPORT, methods=["GET", "POST"])
@access("staff")
@takes_file(MOST_BYTES + 1)  # one more than is read: what is larger is told so on the page
def import_cities() -> Page:
    form = CityListForm()
    problems: list[LineProblem] = []
    if form.validate_on_submit():
        try:
            return _preview_of(form)
        except NoSheet as refused:
            form.file.errors = [str(refused)]
        except ListRefused as refused:
            problems = list(refused.problems)
            form.file.errors = [str(refused)]
    return form_page(
        form,
        "staff/city_import.html",
        problems=problems[:SHOWN],
        more=max(0, len(problems) - SHOWN),
        headings=[str(title) for title in HEADINGS.values()],
        columns=IMPORTED,
    )


def _preview_of(form: CityListForm) -> Response:
    found = lines_in(sheet_in(form.sent.stream.read(MOST_BYTES + 1)))
    name = tidy(form.sent.filename or "")[:LONGEST_NAME] or "List"
    with transaction() as db:
        number = domain.keep_list(db, found, name, me(), now=now()).id
    return redirect(url_for("staff.city_import", import_id=number), 303)


@pages.get(f"{IMPORT}/template.csv")
@access("staff")
def import_template_as_csv() -> Response:
    return _template("csv")


@pages.get(f"{IMPORT}/template.xlsx")
@access("staff")
def import_template_as_xlsx() -> Response:
    return _template("xlsx")


def _template(kind: FileKind) -> Response:
    table = Table([str(title) for title in HEADINGS.values()], [])
    return exported(table, kind, what="cities", of="template", day=now().date())


@pages.get(ONE)
@access("staff")
def city_import(import_id: int) -> Page:
    """What the list would do; once it is imported, what was done."""
    with transaction() as db:
        kept = domain.list_numbered(db, import_id, now=now())
        if kept.imported_at is not None:
            return render_template("staff/city_import_done.html", kept=kept)
        try:
            plan = domain.plan_for(db, kept, now=now())
        except ListRefused as refused:
            page = render_template(
                "staff/city_import_stale.html", kept=kept, problems=refused.problems[:SHOWN]
            )
            return page, 409
        return render_template(
            "staff/city_import_preview.html",
            kept=kept,
            plan=plan,
            page=list_page(list_of_steps(), plan.steps),
        )


@pages.post(ONE)
@access("staff")
def confirm_city_import(import_id: int) -> Response:
    with transaction() as db:
        kept = domain.list_numbered(db, import_id, now=now())
        domain.carry_out(db, kept, read=request.form.get("read", ""), now=now())
    flash(_("The list is imported."))
    return redirect(url_for("staff.city_import", import_id=import_id), 303)


@pages.post(f"{ONE}/drop")
@access("staff")
def drop_city_import(import_id: int) -> Response:
    with transaction() as db:
        kept = domain.list_numbered(db, import_id, now=now())
        done = kept.imported_at is not None
        domain.drop_list(db, kept)
    flash(
        _("The list is put aside.") if done else _("The list is put aside; nothing was imported.")
    )
    return redirect(url_for("staff.import_cities"), 303)
