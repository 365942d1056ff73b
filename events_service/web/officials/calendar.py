"""A person's own calendar: their invitations as a file, and an address that keeps them up to date.

Looking makes no address and ends none: mail scanners follow links.
"""

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from events_service.db import transaction
from events_service.domain.feeds import feed_of_person, revoke_feed, standing_feed_of_person
from events_service.domain.own_calendar import invited_entries
from events_service.domain.refusals import NotFound
from events_service.domain.registration.links import member_behind
from events_service.domain.registration.runs import standing
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.feed_addresses import private_feed_address
from events_service.web.feeds import sent, single_file, teller
from events_service.web.officials import pages
from events_service.web.officials.answer import member_for


@pages.get("/a/<token>/calendar.ics")
@access("link")
def own_file(token: str) -> Response:
    """What they are asked to at this workshop, as it stands now."""
    with transaction() as db:
        member = member_behind(db, settings().secret_key, token)
        entries = invited_entries(db, [member.id], teller(), only_standing=True)
        name = member.delegation.event.slug
    if not entries:
        raise NotFound(_("You have no invitation to this workshop now, so there is no file."))
    return sent(single_file(entries), private=True, filename=f"{name}.ics")


@pages.get("/a/<token>/calendar")
@access("link")
def own_calendar(token: str) -> str:
    with transaction() as db:
        member = member_for(db, token)
        feed = standing_feed_of_person(db, member)
        return render_template(
            "officials/calendar.html",
            token=token,
            event=member.delegation.event,
            member=member,
            invited=bool(standing(member)),
            address=private_feed_address(feed) if feed else None,
        )


@pages.post("/a/<token>/calendar")
@access("link")
def make_address(token: str) -> Answer:
    with transaction() as db:
        feed_of_person(db, member_for(db, token), now=now())
    flash(_("Your calendar address is below. Give it to nobody else."))
    return _back(token)


@pages.get("/a/<token>/calendar/end")
@access("link")
def confirm_end(token: str) -> str | Answer:
    with transaction() as db:
        member = member_for(db, token)
        if standing_feed_of_person(db, member) is None:
            return _back(token)
        return render_template(
            "officials/calendar_end.html", token=token, event=member.delegation.event
        )


@pages.post("/a/<token>/calendar/end")
@access("link")
def end_address(token: str) -> Answer:
    with transaction() as db:
        feed = standing_feed_of_person(db, member_for(db, token))
        if feed is not None:
            revoke_feed(db, feed, now=now())
    flash(_("The address is ended: no program gets your calendar by it any more."))
    return _back(token)


def _back(token: str) -> Answer:
    return redirect(url_for("officials.own_calendar", token=token), 303)
