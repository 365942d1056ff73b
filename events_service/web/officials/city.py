"""A city's own page for one event: how things stand, and what can be done now."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.draft import PersonDraft, shared_addresses
from events_service.domain.registration.form import (
    closed_because,
    draft_of,
    members_of,
    problems_of,
)
from events_service.domain.registration.links import (
    city_invitation_behind,
    city_invitation_number_behind,
)
from events_service.model import CityInvitation, Event, Member
from events_service.model.registration import ParticipationStatus
from events_service.queries.answers import person_of
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.officials import pages

WITHDRAWN = "Your delegation is withdrawn. Everyone in it is being told by letter."


@dataclass(frozen=True)
class Standing:
    """A person, and their one answer as organisers see it too."""

    member: Member
    partstat: ParticipationStatus


def invitation_for(db: Session, token: str) -> CityInvitation:
    return city_invitation_behind(db, settings().secret_key, token)


def invitation_number_for(db: Session, token: str) -> int:
    return city_invitation_number_behind(db, settings().secret_key, token)


@pages.get("/r/<token>")
@access("link")
def city(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        delegation = invitation.delegation
        members = members_of(delegation) if delegation else []
        return render_template(
            "officials/city.html",
            token=token,
            invitation=invitation,
            event=invitation.event,
            delegation=delegation,
            people=[_standing(one) for one in members],
            closed=closed_because(invitation.event, now()),
            done=request.args.get("done"),
        )


def _standing(member: Member) -> Standing:
    return Standing(member, person_of(member, None).answer)


@pages.get("/r/<token>/review")
@access("link")
def review(token: str) -> str | Response:
    with transaction() as db:
        invitation = invitation_for(db, token)
        draft = draft_of(invitation)
        if problems_of(invitation, draft) or closed_because(invitation.event, now()):
            return redirect(url_for("officials.people", token=token, check="yes"), 303)
        held = invitation.delegation.seats if invitation.delegation else 0
        return render_template(
            "officials/review.html",
            form=PageForm(),
            token=token,
            invitation=invitation,
            event=invitation.event,
            draft=draft,
            sessions=[_sessions(invitation.event, person) for person in draft.people],
            shared=shared_addresses(draft),
            waits=len(draft.people) - held > invitation.event.seats_free,
        )


def _sessions(event: Event, person: PersonDraft) -> str:
    """What a person comes to on their days; nothing where sessions are not asked for."""
    if person.session_ids is not None:
        return "; ".join(one.title for one in event.sessions if one.id in person.session_ids)
    return "All on these days" if event.calendar_style == "each_session" else ""


@pages.post("/r/<token>/confirm")
@access("link")
def confirm(token: str) -> Response:
    with transaction() as db:
        number = invitation_number_for(db, token)
        outcome = confirm_delegation(db, settings(), number, now=now())
    return redirect(url_for("officials.city", token=token, done=outcome.state), 303)


@pages.get("/r/<token>/withdraw")
@access("link")
def ask_to_withdraw(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        members = members_of(invitation.delegation) if invitation.delegation else []
        return render_template(
            "officials/withdraw.html",
            form=PageForm(),
            token=token,
            invitation=invitation,
            event=invitation.event,
            members=members,
        )


@pages.post("/r/<token>/withdraw")
@access("link")
def withdraw(token: str) -> Response:
    with transaction() as db:
        number = invitation_number_for(db, token)
        if withdraw_delegation(db, settings(), number, now=now()):
            flash(WITHDRAWN)
    return redirect(url_for("officials.city", token=token), 303)
