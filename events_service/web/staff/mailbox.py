"""The mailbox inside the service: every mail that was sent, as it was sent. Staff only, since it
holds links that open something."""

import re

from flask import Response, render_template, request

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.queries.letters import mails_that_left
from events_service.web.access import access
from events_service.web.staff import pages
from events_service.web.staff.mailbox_answers import can_be_answered
from events_service.web.staff.reading import (
    SIGN_IN,
    downloaded,
    framed,
    mail_numbered,
    opened_or_none,
    reads_sign_in_links,
    sealed,
)

A_PAGE = 50


@pages.get("/mailbox")
@access("staff")
def mailbox() -> str:
    before = request.args.get("before", type=_mail_number)
    hidden = () if reads_sign_in_links() else (SIGN_IN,)
    with transaction() as db:
        found = mails_that_left(db, limit=A_PAGE + 1, before_id=before, but=hidden)
    return render_template(
        "staff/mailbox.html",
        mails=found[:A_PAGE],
        older=found[A_PAGE - 1].id if len(found) > A_PAGE else None,
        newest=before is None,
    )


def _mail_number(text: str) -> int:
    """ValueError, and so no such argument, for what can't be a number of a row."""
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


@pages.get("/mailbox/<int:mail_id>")
@access("staff")
def mailbox_mail(mail_id: int) -> str:
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
    read = opened_or_none(mail)
    answerable = can_be_answered(mail, read)
    return render_template("staff/mailbox_mail.html", mail=mail, opened=read, answerable=answerable)


@pages.get("/mailbox/<int:mail_id>/html")
@access("staff")
def mailbox_html(mail_id: int) -> Response:
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
    read = opened_or_none(mail)
    if read is None or not read.html:
        raise NotFound
    return framed(read.html)


@pages.get("/mailbox/<int:mail_id>/raw")
@access("staff")
def mailbox_raw(mail_id: int) -> Response:
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
    return downloaded(sealed(mail), "message/rfc822", f"mail-{mail_id}.eml")


@pages.get("/mailbox/<int:mail_id>/parts/<int:number>")
@access("staff")
def mailbox_part(mail_id: int, number: int) -> Response:
    with transaction() as db:
        mail = mail_numbered(db, mail_id)
    read = opened_or_none(mail)
    part = next((one for one in (read.attachments if read else ()) if one.number == number), None)
    if part is None:
        raise NotFound
    return downloaded(part.content, part.content_type, part.name)
