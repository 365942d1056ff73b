"""One person of a delegation: their answers, what came in from them, and what they were sent."""

import hashlib
from dataclasses import dataclass
from datetime import date

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery import refused_addresses
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.registration.substituting import not_replaceable_because
from events_service.letters.message import seal
from events_service.model import Member, OutboxMail
from events_service.queries.answers import asked_of, person_of
from events_service.queries.proof import letters_to, mails_from
from events_service.queries.troubles import troubles_of
from events_service.queries.what_they_told import told_by
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages
from events_service.web.organiser.claims import came_to, claim_of
from events_service.web.organiser.told import shown_of
from events_service.web.staff.reading import framed, opened_without_links

PERSON = "/events/<int:event_id>/people/<int:member_id>"
LETTER = f"{PERSON}/letters/<int:letter_id>"


@dataclass(frozen=True)
class Proof:
    """Of the exact bytes that are handed to the mail server; none while a letter is not written."""

    size: int
    digest: str  # SHA-256, hexadecimal


@pages.get(PERSON)
@access("organiser")
def person(event_id: int, member_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        member = member_for(db, event_id, member_id)
        trouble = troubles_of(db, event.id, member.id).get(member.id)
        return render_template(
            "organiser/person.html",
            event=event,
            member=member,
            delegation=member.delegation,
            person=person_of(member, trouble),
            asked=asked_of(member),
            titles={one.id: one.title for one in event.sessions},
            came=[(mail, claim_of(mail, event)) for mail in mails_from(db, member)],
            letters=[(one, proof_of(one.mail)) for one in letters_to(db, member)],
            staff=me().role != "organiser",
            told=shown_of(event, member, told_by(db, member)),
            replaceable=not_replaceable_because(member, now()) is None,
            came_to=came_to,
            days_of_letter=_days_of,
            session_of_letter=_session_of,
        )


@pages.post(f"{PERSON}/address")
@access("organiser")
def try_address(event_id: int, member_id: int) -> Response:
    """Their address was refused; from now on it gets letters again."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        address = member_for(db, event.id, member_id).address
        said = _(
            "Letters to %(address)s are sent again from now on. Earlier ones stay unsent.",
            address=address,
        )
        try:
            refused_addresses.try_again(db, address)
        except Conflict as problem:
            said = str(problem)
    flash(said)
    back = url_for("organiser.person", event_id=event_id, member_id=member_id)
    return redirect(back, 303)


@pages.get(LETTER)
@access("organiser")
def person_letter(event_id: int, member_id: int, letter_id: int) -> str:
    """A letter as its recipient gets it, without what its links open."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        member = member_for(db, event_id, member_id)
        mail = letter_for(db, member, letter_id)
        return render_template(
            "organiser/person_letter.html",
            event=event,
            member=member,
            mail=mail,
            opened=opened_without_links(mail),
            proof=proof_of(mail),
            staff=me().role != "organiser",
        )


@pages.get(f"{LETTER}/html")
@access("organiser")
def person_letter_html(event_id: int, member_id: int, letter_id: int) -> Answer:
    with transaction() as db:
        event_for(db, me(), event_id)
        mail = letter_for(db, member_for(db, event_id, member_id), letter_id)
        read = opened_without_links(mail)
    if read is None or not read.html:
        raise NotFound
    return framed(read.html)


def member_for(db: Session, event_id: int, member_id: int) -> Member:
    """The person, if they are, or were, of a delegation to this event, which the caller loaded."""
    found = db.get(Member, member_id)
    if found is None or found.delegation.event_id != event_id:
        raise NotFound
    return found


def letter_for(db: Session, member: Member, letter_id: int) -> OutboxMail:
    found = db.get(OutboxMail, letter_id)
    if found is None or found.member_id != member.id:
        raise NotFound
    return found


def _days_of(mail: OutboxMail) -> list[date]:
    """The days of the calendar entry that a letter carries."""
    return [date.fromisoformat(day) for day in mail.facts["invitation"]["days"]]


def _session_of(mail: OutboxMail) -> str:
    """What the one session is called that the entry of a letter is about; empty for whole days."""
    return str(mail.facts["invitation"].get("run", {}).get("title") or "")


def proof_of(mail: OutboxMail) -> Proof | None:
    if mail.rendered is None:
        return None
    wire = seal(settings().secret_key, mail.rendered)
    return Proof(len(wire), hashlib.sha256(wire).hexdigest())
