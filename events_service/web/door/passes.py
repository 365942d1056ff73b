"""A person's entry code: for their own screen, and what any phone shows that reads it."""

from flask import render_template, url_for

from events_service.db import transaction
from events_service.domain.door.opening import door_phase
from events_service.domain.door.passes import has_a_place, pass_behind
from events_service.model import Member
from events_service.tokens import token_for
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.door import pages
from events_service.web.reader import comes_from


@pages.get("/pass/<token>")
@access("link")
def entry_code(token: str) -> str:
    """Looking at it checks nobody in: phones and mail programs open links by themselves."""
    with transaction() as db:
        member = pass_behind(db, settings().secret_key, token)
        event = member.delegation.event
        comes_from(member.delegation.city)
        return render_template(
            "door/pass.html",
            token=token,
            member=member,
            event=event,
            admits=has_a_place(member),
            over=door_phase(event, now()) == "over",
        )


@pages.app_template_global()
def entry_code_of(member: Member) -> str | None:
    """Where a person's entry code is; None when they have no place or it is over."""
    if not has_a_place(member) or door_phase(member.delegation.event, now()) == "over":
        return None
    return url_for("door.entry_code", token=token_for(settings().secret_key, "pass", member.id))
