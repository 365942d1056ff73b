"""Letters that wait for a person: to be read and approved, or refused and to be decided about."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery import approval, mail_decisions
from events_service.queries.letters import (
    letters_held,
    letters_to_approve,
    partnership_of,
    waits_for_decision,
)
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.forms.letters import ApproveForm, WordsForm
from events_service.web.refusals import error_page
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.reading import mail_numbered, opened_or_none


@pages.get("/letters")
@access("staff")
def letters() -> str:
    with transaction() as db:
        return render_template(
            "staff/letters.html", to_approve=letters_to_approve(db), held=letters_held(db)
        )


@pages.route("/letters/<int:mail_id>", methods=["GET", "POST"])
@access("staff")
def read_letter(mail_id: int) -> Page:
    """The letter as its recipient will read it; sending the form puts one's own words into it."""
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
        read = approval.digest_of(mail)
        form = WordsForm(read=read, words=mail.facts.get("words", ""))
        if not form.validate_on_submit():
            return form_page(
                form,
                "staff/letter.html",
                mail=mail,
                opened=opened_or_none(mail),
                read=read,
                can_edit="words" in mail.facts,
                undecided=waits_for_decision(db, mail_id),
                partnership=partnership_of(db, mail_id),
            )
        words, seen = form.words.data or "", form.read.data or ""
        approval.edit_letter(db, mail_id, words, read=seen, now=now())
    flash(_("Your words are in the letter. Read it again before you approve it."))
    return _back_to(mail_id)


@pages.post("/letters/<int:mail_id>/approve")
@access("staff")
def approve_letter(mail_id: int) -> Page:
    form = ApproveForm()
    if not form.validate_on_submit():
        return error_page(422, _("Nothing was approved. Read the letter again, then approve it."))
    with transaction() as db:
        approval.approve_letter(db, mail_id, me(), read=form.read.data or "", now=now())
    flash(_("The letter is approved and leaves within a few seconds."))
    return redirect(url_for("staff.letters"), 303)


@pages.post("/letters/<int:mail_id>/discard")
@access("staff")
def discard_letter(mail_id: int) -> Response:
    with transaction() as db:
        approval.discard_letter(db, mail_id)
    flash(_("The letter is put aside and won’t be sent."))
    return _back_to(mail_id)


@pages.post("/letters/<int:mail_id>/restore")
@access("staff")
def restore_letter(mail_id: int) -> Response:
    with transaction() as db:
        approval.restore_letter(db, mail_id)
    flash(_("The letter waits for approval again."))
    return _back_to(mail_id)


@pages.post("/letters/<int:mail_id>/again")
@access("staff")
def send_letter_again(mail_id: int) -> Response:
    with transaction() as db:
        mail_decisions.send_again(db, mail_id, now=now())
    flash(_("The letter is sent again, unchanged."))
    return redirect(url_for("staff.letters"), 303)


@pages.post("/letters/<int:mail_id>/leave")
@access("staff")
def leave_letter(mail_id: int) -> Response:
    with transaction() as db:
        mail_decisions.leave(db, mail_id, me(), now=now())
    flash(_("The letter is left as it is."))
    return redirect(url_for("staff.letters"), 303)


def _back_to(mail_id: int) -> Response:
    return redirect(url_for("staff.read_letter", mail_id=mail_id), 303)
