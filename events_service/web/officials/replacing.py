"""A city sends somebody else in place of a person, until the workshop is over."""

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.model import Member
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.officials import pages
from events_service.web.officials.links import invitation_for
from events_service.web.replacing import Desk, Page, ask_who_comes, take_answer

REPLACE = "/r/<token>/replace/<int:member_id>"


@pages.get(REPLACE)
@access("link")
def who_comes_instead(token: str, member_id: int) -> str:
    with transaction() as db:
        return ask_who_comes(_member(db, token, member_id), _desk(token))


@pages.post(REPLACE)
@access("link")
def replace_person(token: str, member_id: int) -> Page | Response:
    with transaction() as db:
        member = _member(db, token, member_id)
        done = take_answer(db, member, _desk(token))
        if not isinstance(done, Member):
            return done
        flash(
            _(
                "%(new)s comes in place of %(old)s. Both get a letter, and you get a receipt.",
                new=done.name,
                old=member.name,
            )
        )
    return redirect(url_for("officials.city", token=token), 303)


def _desk(token: str) -> Desk:
    return Desk("layouts/official.html", url_for("officials.city", token=token))


def _member(db: Session, token: str, member_id: int) -> Member:
    """Of the delegation that the link is about, also one who comes no longer."""
    invitation = invitation_for(db, token)
    found = db.get(Member, member_id)
    if found is None or found.delegation.city_invitation_id != invitation.id:
        raise NotFound
    return found
