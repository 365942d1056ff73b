"""One part of a drafted report: its words, and what becomes of them when the draft changes."""

from flask import flash
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.reporting import editing
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms.report import BlockForm
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.report import back_to_report
from events_service.web.staff.sources import sources

PART = "/events/<int:event_id>/report/parts/<int:block_id>"


@pages.route(PART, methods=["GET", "POST"])
@access("organiser")
def report_part(event_id: int, block_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        block = editing.block_of(db, event, block_id)
        form = BlockForm()
        if not form.validate_on_submit():
            if not form.is_submitted():
                form.show(editing.body_of(block))
            return form_page(
                form,
                "staff/report_part.html",
                event=event,
                block=block,
                difference=editing.difference(block),
                sources=sources(event.id, block.sources),
            )
        editing.edit_block(db, block, form.words, me(), now=now())
    flash(_("Your words are kept."))
    return back_to_report(event_id, block_id)


@pages.post(f"{PART}/reset")
@access("organiser")
def reset_report_part(event_id: int, block_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        editing.reset_block(db, editing.block_of(db, event, block_id))
    flash(_("The part says again what was drafted."))
    return back_to_report(event_id, block_id)


@pages.post(f"{PART}/keep")
@access("organiser")
def keep_report_part(event_id: int, block_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        editing.keep_edit(db, editing.block_of(db, event, block_id))
    flash(_("Your words stay."))
    return back_to_report(event_id, block_id)
