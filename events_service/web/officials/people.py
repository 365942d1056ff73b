"""Who comes: the form of a delegation, kept whenever a button is pressed."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.draft import MOST_PEOPLE, DelegationDraft, PersonDraft
from events_service.domain.registration.form import (
    RegistrationClosed,
    closed_because,
    days_of,
    draft_of,
    problems_of,
    save_draft,
)
from events_service.domain.registration.session_choice import keeping_sessions
from events_service.model import CityInvitation, Event
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.forms.delegation import (
    DelegationForm,
    Offered,
    draft_from,
    form_of,
    offered_by,
    show_problems,
)
from events_service.web.officials import pages
from events_service.web.officials.city import invitation_for


@pages.get("/r/<token>/people")
@access("link")
def people(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        _refuse_when_closed(invitation.event)
        draft, offered = draft_of(invitation), offered_by(invitation.event)
        form = form_of(draft, offered)
        if request.args.get("check"):
            show_problems(form, problems_of(invitation, draft))
        return _page(form, offered, invitation, token)


@pages.post("/r/<token>/people")
@access("link")
def save_people(token: str) -> str | tuple[str, int] | Response:
    """Save first, then do what the pressed button says: add, remove-N, later or continue."""
    pressed = request.form.get("press", "continue")
    with transaction() as db:
        invitation = invitation_for(db, token)
        _refuse_when_closed(invitation.event)
        offered = offered_by(invitation.event)
        form = form_of(DelegationDraft(), offered)
        draft = _after(pressed, draft_from(form, offered), invitation.event)
        if not offered.by_session:
            draft = keeping_sessions(draft, draft_of(invitation))
        save_draft(db, invitation, draft, now=now())
        if pressed == "continue":
            if problems := problems_of(invitation, draft):
                show_problems(form, problems)
                return _page(form, offered, invitation, token), 422
            return redirect(url_for("officials.review", token=token), 303)
    if pressed == "later":
        flash("Saved. Come back by the link in your letter; nobody has been written to.")
        return redirect(url_for("officials.city", token=token), 303)
    place = f"person-{len(draft.people)}" if pressed == "add" else "people"
    return redirect(url_for("officials.people", token=token, _anchor=place), 303)


def _after(pressed: str, draft: DelegationDraft, event: Event) -> DelegationDraft:
    if pressed == "add" and len(draft.people) < MOST_PEOPLE:
        return replace(draft, people=(*draft.people, PersonDraft(days=tuple(days_of(event)))))
    verb, _, number = pressed.partition("-")
    if verb == "remove" and number.isascii() and number.isdigit():
        position = int(number)
        people = draft.people[:position] + draft.people[position + 1 :]
        return replace(draft, people=people)
    return draft


def _refuse_when_closed(event: Event) -> None:
    if reason := closed_because(event, now()):
        raise RegistrationClosed(reason)


def _page(form: DelegationForm, offered: Offered, invitation: CityInvitation, token: str) -> str:
    return render_template(
        "officials/people.html",
        form=form,
        sessions=offered.groups if offered.by_session else [],
        token=token,
        invitation=invitation,
        event=invitation.event,
        delegation=invitation.delegation,
        most=min(MOST_PEOPLE, invitation.seats),
    )
