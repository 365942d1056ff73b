"""Mail that came in and that no event could be found for: staff read it, and put it aside."""

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.inbox import deciding
from events_service.domain.refusals import NotFound
from events_service.incoming.shown import shown
from events_service.model import InboundMail
from events_service.queries.inbox import held_beyond, unmatched_mails
from events_service.queries.replies import put_aside_lately
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.organiser.claims import came_to, claim_of
from events_service.web.staff import pages
from events_service.web.staff.reading import STRANGERS_CSP, downloaded, framed

REPLY = "/replies/<int:inbound_id>"


@pages.get("/replies")
@access("staff")
def replies() -> str:
    with transaction() as db:
        held = unmatched_mails(db)
        return render_template(
            "staff/replies.html",
            held=[(mail, claim_of(mail, None)) for mail in held],
            more=held_beyond(db, None, held),
            aside=[(mail, claim_of(mail, None)) for mail in put_aside_lately(db, None, now=now())],
        )


@pages.get(REPLY)
@access("staff")
def reply(inbound_id: int) -> str:
    with transaction() as db:
        mail = _unmatched(db, inbound_id)
        return render_template(
            "staff/reply.html",
            mail=mail,
            claim=claim_of(mail, None),
            state=came_to(mail),
            shown=shown(mail.raw),
        )


@pages.get(f"{REPLY}/html")
@access("staff")
def reply_html(inbound_id: int) -> Answer:
    with transaction() as db:
        html = shown(_unmatched(db, inbound_id).raw).html
    if not html:
        raise NotFound
    return framed(html, STRANGERS_CSP)


@pages.get(f"{REPLY}/raw")
@access("staff")
def reply_raw(inbound_id: int) -> Answer:
    with transaction() as db:
        raw = _unmatched(db, inbound_id).raw
    return downloaded(raw, "message/rfc822", f"reply-{inbound_id}.eml")


@pages.post(f"{REPLY}/aside")
@access("staff")
def put_reply_aside(inbound_id: int) -> Response:
    with transaction() as db:
        deciding.dismiss_held(db, _unmatched(db, inbound_id), me(), now=now())
    flash(_("The mail is put aside. You can take it up again below."))
    return redirect(url_for("staff.replies"), 303)


@pages.post(f"{REPLY}/back")
@access("staff")
def bring_reply_back(inbound_id: int) -> Response:
    with transaction() as db:
        deciding.bring_back(db, _unmatched(db, inbound_id))
    flash(_("The mail waits to be read again."))
    return redirect(url_for("staff.replies"), 303)


def _unmatched(db: Session, inbound_id: int) -> InboundMail:
    """The mail, if no event is known for it: else it is at its event."""
    found = db.get(InboundMail, inbound_id)
    if found is None or found.event_id is not None:
        raise NotFound
    return found
