"""Mail that came in and is held for an organiser: read, applied, put aside or taken up again."""

from collections.abc import Callable

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.inbox import deciding
from events_service.domain.inbox.preview import letters_of_applying
from events_service.domain.refusals import Conflict, NotFound
from events_service.incoming.shown import shown
from events_service.model import Event, InboundMail
from events_service.queries.inbox import held_beyond, held_mails, open_proposals
from events_service.queries.replies import put_aside_lately, still_open
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages
from events_service.web.organiser.applicable import can_be_applied, what_instead
from events_service.web.organiser.claims import came_to, claim_of
from events_service.web.organiser.proposal_words import proposed
from events_service.web.staff.reading import STRANGERS_CSP, framed

REPLIES = "/events/<int:event_id>/replies"
REPLY = f"{REPLIES}/<int:reply_id>"


@pages.get(REPLIES)
@access("organiser")
def replies(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        held = held_mails(db, [event.id])
        return render_template(
            "organiser/replies.html",
            event=event,
            held=[
                (
                    mail,
                    claim_of(mail, event),
                    can_be_applied(mail, event),
                    what_instead(mail, event),
                )
                for mail in held
            ],
            more=held_beyond(db, event.id, held),
            proposals=[
                proposed(one, event) for one in still_open(open_proposals(db, event.id), now=now())
            ],
            aside=[
                (mail, claim_of(mail, event)) for mail in put_aside_lately(db, event.id, now=now())
            ],
        )


@pages.get(REPLY)
@access("organiser")
def reply(event_id: int, reply_id: int) -> str:
    """One mail to read: what it claims, why it is held, and its words."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        mail = reply_for(db, event, reply_id)
        return render_template(
            "organiser/reply.html",
            event=event,
            mail=mail,
            claim=claim_of(mail, event),
            state=came_to(mail),
            applicable=can_be_applied(mail, event),
            instead=what_instead(mail, event),
            shown=shown(mail.raw),
        )


@pages.get(f"{REPLY}/html")
@access("organiser")
def reply_html(event_id: int, reply_id: int) -> Answer:
    with transaction() as db:
        mail = reply_for(db, event_for(db, me(), event_id), reply_id)
        html = shown(mail.raw).html
    if not html:
        raise NotFound
    return framed(html, STRANGERS_CSP)


@pages.get(f"{REPLY}/substitute")
@access("organiser")
def substitute_reply(event_id: int, reply_id: int) -> str | Response:
    """Before somebody takes another one's place: who will be written to."""
    try:
        with transaction() as db:
            event = event_for(db, me(), event_id)
            mail = reply_for(db, event, reply_id)
            return render_template(
                "organiser/substitute.html",
                event=event,
                mail=mail,
                claim=claim_of(mail, event),
                letters=letters_of_applying(db, settings(), mail, me(), now=now()),
            )
    except Conflict as problem:
        flash(str(problem))
    return _back(event_id)


@pages.post(f"{REPLY}/apply")
@access("organiser")
def apply_reply(event_id: int, reply_id: int) -> Response:
    def carry_out(db: Session, mail: InboundMail) -> str:
        deciding.apply_held(db, settings(), mail, me(), now=now())
        if mail.claims and mail.claims.get("said") == "DELEGATED":
            return _("Done. Nobody has been written to: the letters wait in the outbox.")
        if mail.claims:
            return _("Done. What the mail says is carried out.")
        return _("Done. The mail is read.")

    return _decided(event_id, reply_id, carry_out)


@pages.post(f"{REPLY}/aside")
@access("organiser")
def put_reply_aside(event_id: int, reply_id: int) -> Response:
    def put_aside(db: Session, mail: InboundMail) -> str:
        deciding.dismiss_held(db, mail, me(), now=now())
        return _("The mail is put aside and changes nothing. You can take it up again below.")

    return _decided(event_id, reply_id, put_aside)


@pages.post(f"{REPLY}/back")
@access("organiser")
def bring_reply_back(event_id: int, reply_id: int) -> Response:
    def bring_back(db: Session, mail: InboundMail) -> str:
        deciding.bring_back(db, mail)
        return _("The mail waits for your decision again.")

    return _decided(event_id, reply_id, bring_back)


def _decided(
    event_id: int, reply_id: int, decide: Callable[[Session, InboundMail], str]
) -> Response:
    """Back at the replies, which say what happened, or why nothing could."""
    try:
        with transaction() as db:
            said = decide(db, reply_for(db, event_for(db, me(), event_id), reply_id))
    except Conflict as problem:
        said = str(problem)
    flash(said)
    return _back(event_id)


def reply_for(db: Session, event: Event, reply_id: int) -> InboundMail:
    """The mail, if it is about this event, which the caller loaded."""
    found = db.get(InboundMail, reply_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def _back(event_id: int) -> Response:
    return redirect(url_for("organiser.replies", event_id=event_id), 303)
