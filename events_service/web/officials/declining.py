"""The first buttons on a city's page: that it starts to name people, or that it can't come."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Conflict
from events_service.domain.registration import declining as domain
from events_service.domain.registration.form import RegistrationClosed, closed_because
from events_service.domain.registration.taking_up import take_up
from events_service.domain.registration.untold import is_handed_in
from events_service.model import CityInvitation
from events_service.translation import lazy_gettext
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms.declining import DecliningForm
from events_service.web.officials import pages
from events_service.web.officials.links import invitation_for, invitation_number_for
from events_service.web.staff.form_pages import Page, form_page

DECLINED = lazy_gettext(
    "Thank you for telling us. A letter that says so is on its way to the city."
)


@pages.post("/r/<token>/start")
@access("link")
def start(token: str) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, token)
        if reason := closed_because(invitation.event, now()):
            raise RegistrationClosed(reason)
        take_up(invitation, now=now())
    return redirect(url_for("officials.people", token=token), 303)


@pages.get("/r/<token>/decline")
@access("link")
def ask_to_decline(token: str) -> Page:
    with transaction() as db:
        invitation = invitation_for(db, token)
        _refuse_when_registered(invitation)
        return _page(token, invitation, DecliningForm(reason=invitation.declined_because))


@pages.post("/r/<token>/decline")
@access("link")
def decline(token: str) -> Page:
    with transaction() as db:
        number = invitation_number_for(db, token)
        form = DecliningForm()
        if not form.validate():
            return _page(token, invitation_for(db, token), form)
        reason = (form.reason.data or "").replace("\r\n", "\n").strip()
        if domain.decline(db, settings(), number, reason, now=now()):
            flash(str(DECLINED))
    return redirect(url_for("officials.city", token=token), 303)


def _page(token: str, invitation: CityInvitation, form: DecliningForm) -> str | tuple[str, int]:
    return form_page(
        form,
        "officials/decline.html",
        token=token,
        invitation=invitation,
        event=invitation.event,
        closed=closed_because(invitation.event, now()),
    )


def _refuse_when_registered(invitation: CityInvitation) -> None:
    delegation = invitation.delegation
    if delegation is not None and is_handed_in(delegation):
        raise Conflict(domain.REGISTERED)
