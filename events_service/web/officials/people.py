"""Who comes: the form of a delegation, kept whenever a button is pressed, and while one types."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.draft import MOST_PEOPLE, DelegationDraft, PersonDraft
from events_service.domain.registration.form import (
    RegistrationClosed,
    closed_because,
    days_of,
    draft_of,
    places_of,
    problems_of,
)
from events_service.domain.registration.saving import DraftOvertaken, save_draft, standing
from events_service.domain.registration.session_choice import keeping_sessions
from events_service.model import CityInvitation, Event
from events_service.translation import LANGUAGES
from events_service.translation import gettext as _
from events_service.web import language
from events_service.web.access import access
from events_service.web.choices import keep_choice
from events_service.web.context import now, settings
from events_service.web.forms.delegation import (
    DelegationForm,
    Offered,
    draft_from,
    form_of,
    offered_by,
    show_problems,
)
from events_service.web.officials import pages
from events_service.web.officials.differing import Compared, compared, sessions_in_words
from events_service.web.officials.links import invitation_for
from events_service.web.officials.offer import stands

Saved = str | tuple[str, int] | tuple[dict[str, str], int] | Response


@pages.get("/r/<token>/people")
@access("link")
def people(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        _refuse_when_closed(invitation.event)
        draft, offered = draft_of(invitation), offered_by(invitation)
        form = form_of(draft, offered, seen=standing(invitation.delegation))
        if request.args.get("check"):
            show_problems(form, problems_of(invitation, draft))
        return _page(form, offered, invitation, token)


@pages.post("/r/<token>/people")
@access("link")
def save_people(token: str) -> Saved:
    """Save first, then do what the pressed button says: add, remove-N, speak-LANGUAGE, later, keep
    or continue.
    `autosave` is pressed by the script while somebody types, and is answered in its own way. When
    registration has closed meanwhile nothing is saved, and what was typed is shown."""
    pressed = request.form.get("press", "continue")
    with transaction() as db:
        invitation = invitation_for(db, token)
        offered = offered_by(invitation)
        form = form_of(DelegationDraft(), offered)
        typed = _typed(form, offered, invitation)
        if reason := closed_because(invitation.event, now()):
            return _too_late(reason, typed, offered, invitation, token), 409
        draft = _after(pressed, typed, invitation.event)
        try:
            save_draft(db, invitation, draft, now=now(), typed=form.typed)
        except DraftOvertaken as overtaken:
            if pressed == "autosave":
                return {"state": "overtaken"}, 409
            differences = compared(typed, overtaken.theirs, invitation.event)
            form.seen.data = standing(invitation.delegation)
            return _page(form, offered, invitation, token, differences), 409
        if pressed == "autosave":
            return {"state": "saved", "standing": standing(invitation.delegation)}, 200
        if pressed == "continue":
            if problems := problems_of(invitation, draft):
                show_problems(form, problems)
                return _page(form, offered, invitation, token), 422
            return redirect(url_for("officials.review", token=token), 303)
    return _saved(pressed, token, len(draft.people))


def _saved(pressed: str, token: str, people: int) -> Response:
    if pressed == "later":
        flash(_("Saved. Come back by the link in your letter; nobody has been written to."))
        return redirect(url_for("officials.city", token=token), 303)
    if pressed == "keep":
        flash(_("Saved as you typed it. Nobody has been written to."))
    verb, _dash, wanted = pressed.partition("-")
    if verb == "speak" and wanted in LANGUAGES:
        again = redirect(url_for("officials.people", token=token), 303)
        return keep_choice(again, language.COOKIE, wanted)
    place = f"person-{people}" if pressed == "add" else "people"
    return redirect(url_for("officials.people", token=token, _anchor=place), 303)


def _typed(form: DelegationForm, offered: Offered, invitation: CityInvitation) -> DelegationDraft:
    draft = draft_from(form, offered)
    return draft if offered.by_session else keeping_sessions(draft, draft_of(invitation))


def _after(pressed: str, draft: DelegationDraft, event: Event) -> DelegationDraft:
    if pressed == "add" and len(draft.people) < MOST_PEOPLE:
        return replace(draft, people=(*draft.people, PersonDraft(days=tuple(days_of(event)))))
    verb, _dash, number = pressed.partition("-")
    if verb == "remove" and number.isascii() and number.isdigit():
        position = int(number)
        people = draft.people[:position] + draft.people[position + 1 :]
        return replace(draft, people=people)
    return draft


def _refuse_when_closed(event: Event) -> None:
    if reason := closed_because(event, now()):
        raise RegistrationClosed(reason)


def _too_late(
    reason: str, typed: DelegationDraft, offered: Offered, invitation: CityInvitation, token: str
) -> str:
    """Registration has closed since the form was opened: what was typed is shown to be copied."""
    return render_template(
        "officials/closed.html",
        reason=reason,
        draft=typed,
        sessions=[sessions_in_words(invitation.event, one) for one in typed.people],
        by_kind=offered.by_kind,
        address=settings().secretariat_address,
        token=token,
    )


def _page(
    form: DelegationForm,
    offered: Offered,
    invitation: CityInvitation,
    token: str,
    differences: list[Compared] | None = None,
) -> str:
    shown: dict[str, Any] = {
        "form": form,
        "sessions": offered.groups if offered.by_session else [],
        "by_kind": offered.by_kind,
        "differences": differences,
        "token": token,
        "invitation": invitation,
        "event": invitation.event,
        "delegation": invitation.delegation,
        "most": min(MOST_PEOPLE, places_of(invitation, invitation.delegation)),
        **stands(invitation.delegation),
    }
    return render_template("officials/people.html", **shown)
