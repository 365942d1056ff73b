"""What a city is told of how its delegation stands, and the part of its places it was offered."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.asking_more import asks_for_more
from events_service.domain.registration.offering import let_offer_go
from events_service.domain.registration.untold import is_told, known_state
from events_service.letters.deadline import Place, deadline
from events_service.model import Delegation
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.officials import pages
from events_service.web.officials.links import invitation_for, invitation_number_for


def stands(delegation: Delegation | None) -> dict[str, Any]:
    """For pages of the city: `known`, the state it has been told of; `offered` places, 0 for none,
    and `offer_until`, on both clocks; `asked_for_more` people, which is not decided yet."""
    if delegation is None:
        return {"known": "none", "offered": 0, "offer_until": [], "asked_for_more": False}
    ends_at = offer_ends_at(delegation)
    return {
        "known": known_state(delegation),
        "offered": delegation.offered_seats if ends_at else 0,
        "offer_until": _until(delegation, ends_at) if ends_at else [],
        "asked_for_more": asks_for_more(delegation),
    }


def offer_ends_at(delegation: Delegation | None) -> datetime | None:
    """Until when part of its places is held for it, as far as the city knows; None: none is."""
    if delegation is None or not is_told(delegation):
        return None
    return delegation.offer_ends_at


def _until(delegation: Delegation, ends_at: datetime) -> list[str]:
    event, city = delegation.event, delegation.city
    home = Place(city.name, ZoneInfo(city.timezone))
    return deadline(ends_at, Place(event.city.name, event.zone), home)


@pages.get("/r/<token>/let-go")
@access("link")
def ask_to_let_go(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        return render_template(
            "officials/let_go.html",
            form=PageForm(),
            token=token,
            invitation=invitation,
            event=invitation.event,
            **stands(invitation.delegation),
        )


@pages.post("/r/<token>/let-go")
@access("link")
def let_go(token: str) -> Response:
    with transaction() as db:
        number = invitation_number_for(db, token)
        if let_offer_go(db, settings(), number, now=now()):
            flash(_("The places go to others. Your delegation keeps its turn on the waiting list."))
        else:
            flash(_("There is no offer any more, so nothing has changed."))
    return redirect(url_for("officials.city", token=token), 303)
