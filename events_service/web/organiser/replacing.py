"""An organiser puts somebody in a person's place; the letters about it wait to be read."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.model import Member
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.organiser import pages
from events_service.web.organiser.people import PERSON, member_for
from events_service.web.replacing import Desk, Page, ask_who_comes, take_answer


@pages.get(f"{PERSON}/replace")
@access("organiser")
def who_comes_instead(event_id: int, member_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return ask_who_comes(member_for(db, event.id, member_id), _desk(event_id, member_id))


@pages.post(f"{PERSON}/replace")
@access("organiser")
def replace_person(event_id: int, member_id: int) -> Page | Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        member = member_for(db, event.id, member_id)
        done = take_answer(db, member, _desk(event_id, member_id))
        if not isinstance(done, Member):
            return done
        flash(
            _(
                "%(new)s comes in place of %(old)s. Nobody has been written to: the letters wait "
                "to be read and released.",
                new=done.name,
                old=member.name,
            )
        )
        there = url_for("organiser.person", event_id=event_id, member_id=done.id)
    return redirect(there, 303)


def _desk(event_id: int, member_id: int) -> Desk:
    back = url_for("organiser.person", event_id=event_id, member_id=member_id)
    return Desk("layouts/organiser.html", back, for_approval=True)
