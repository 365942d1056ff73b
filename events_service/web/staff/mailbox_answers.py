"""Answering an invitation in the mailbox, as its recipient would from a calendar program. What is
written goes the whole way of mail that comes in. Only while no mail server is set: otherwise the
real recipients answer."""

from email.utils import make_msgid
from typing import cast

from flask import flash, redirect, url_for

from events_service.db import transaction
from events_service.domain.inbox.archive import archive
from events_service.domain.refusals import NotFound
from events_service.itip import replies
from events_service.itip.messages import Person
from events_service.itip.replies import Answered, Asked, asked
from events_service.letters.answering import answering
from events_service.letters.letter import CalendarPart
from events_service.letters.opened import OpenedMail
from events_service.model import OutboxMail
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms.mailbox import PROPOSE, AnswerForm
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.reading import mail_numbered, opened_or_none

SAID = {
    "ACCEPTED": lazy_gettext("Accepted"),
    "TENTATIVE": lazy_gettext("Tentatively accepted"),
    "DECLINED": lazy_gettext("Declined"),
    PROPOSE: lazy_gettext("New time proposed"),
}


@pages.route("/mailbox/<int:mail_id>/answer", methods=["GET", "POST"])
@access("staff")
def mailbox_answer(mail_id: int) -> Page:
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
        ics = _invitation_in(mail)
        invitation = asked(ics)
        form = AnswerForm()
        form.offer(invitation)
        if not form.validate_on_submit():
            return form_page(form, "staff/mailbox_answer.html", mail=mail, invitation=invitation)
        raw = _written(mail, ics, invitation, form)
        archive(db, raw, door="mailbox", recipients=[invitation.organizer], now=now())
    flash(
        _(
            "The answer of %(who)s is posted. It is read within seconds, like one that comes by "
            "mail.",
            who=mail.to_name or mail.to_address,
        )
    )
    return redirect(url_for("staff.mailbox_mail", mail_id=mail_id), 303)


def can_be_answered(mail: OutboxMail, read: OpenedMail | None) -> bool:
    """It has reached the mailbox, and asks for an answer."""
    return bool(
        read and read.calendar and read.calendar.method == "REQUEST" and mail.state == "sent"
    )


def _invitation_in(mail: OutboxMail) -> bytes:
    read = opened_or_none(mail)
    if read is None or not can_be_answered(mail, read) or settings().smtp_url is not None:
        raise NotFound
    return next(one.content for one in read.attachments if one.content_type == "application/ics")


def _written(mail: OutboxMail, ics: bytes, invitation: Asked, form: AnswerForm) -> bytes:
    """The answer as a whole mail, as the recipient's program would send it."""
    said = cast(str, form.answer.data)
    return answering(
        CalendarPart("COUNTER" if said == PROPOSE else "REPLY", _calendar(ics, invitation, form)),
        said=str(SAID[said]),
        title=invitation.title,
        by=Person(mail.to_address, mail.to_name),
        to=invitation.organizer,
        in_reply_to=mail.message_id,
        message_id=make_msgid(domain=mail.to_address.rpartition("@")[2]),
        date=now(),
    )


def _calendar(ics: bytes, invitation: Asked, form: AnswerForm) -> bytes:
    comment = form.comment.data or ""
    if form.answer.data == PROPOSE:
        starts, ends = form.proposed(invitation)
        return replies.counter(ics, starts, ends, now=now(), day=form.day, comment=comment)
    said = cast(Answered, form.answer.data)
    return replies.reply(ics, said, now=now(), day=form.day, comment=comment)
