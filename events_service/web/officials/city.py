"""A city's own page for one event: how things stand, and what can be done now."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.draft import shared_addresses
from events_service.domain.registration.form import (
    closed_because,
    draft_of,
    members_of,
    problems_of,
)
from events_service.domain.registration.saving import has_changes
from events_service.domain.registration.substituting import not_replaceable_because
from events_service.domain.registration.untold import known_refusal, known_state
from events_service.model import CityInvitation, Member
from events_service.model.registration import ParticipationStatus
from events_service.queries.answers import person_of
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.officials import pages
from events_service.web.officials.differing import sessions_in_words
from events_service.web.officials.links import invitation_for, invitation_number_for
from events_service.web.officials.offer import stands
from events_service.web.officials.room import room_for
from events_service.web.officials.tasks import tasks_of


@dataclass(frozen=True)
class Standing:
    """A person, and their one answer as organisers see it too. `replaceable`: somebody can still
    come in their place."""

    member: Member
    partstat: ParticipationStatus
    replaceable: bool


@pages.get("/r/<token>")
@access("link")
def city(token: str) -> str:
    with transaction() as db:
        invitation = invitation_for(db, token)
        delegation = invitation.delegation
        people = [_standing(one) for one in (members_of(delegation) if delegation else [])]
        return render_template(
            "officials/city.html",
            token=token,
            invitation=invitation,
            event=invitation.event,
            delegation=delegation,
            people=people,
            replacing=any(one.replaceable for one in people),
            to_do=tasks_of(db, invitation, token),
            closed=closed_because(invitation.event, now()),
            done=request.args.get("done"),
            changed=delegation is not None and has_changes(delegation),
            refused=known_refusal(delegation) if delegation else None,
            room=room_for(db, delegation),
            **stands(delegation),
        )


def _asks(invitation: CityInvitation, people: int) -> bool:
    """Confirming this list hands it in for an organiser to decide."""
    delegation = invitation.delegation
    if not invitation.event.approves_delegations or delegation is None:
        return invitation.event.approves_delegations
    known = known_state(delegation)
    return known != "waitlisted" and (known != "confirmed" or people > delegation.seats)


def _standing(member: Member) -> Standing:
    replaceable = not_replaceable_because(member, now()) is None
    return Standing(member, person_of(member, None).answer, replaceable)


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
            sessions=[sessions_in_words(invitation.event, person) for person in draft.people],
            shared=shared_addresses(draft),
            waits=len(draft.people) - held > invitation.event.seats_free,
            **stands(invitation.delegation),
            asks=_asks(invitation, len(draft.people)),
        )


@pages.post("/r/<token>/confirm")
@access("link")
def confirm(token: str) -> Response:
    with transaction() as db:
        number = invitation_number_for(db, token)
        outcome = confirm_delegation(db, settings(), number, now=now())
    done = "changed" if outcome.changed else outcome.state
    return redirect(url_for("officials.city", token=token, done=done), 303)


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
            **stands(invitation.delegation),
        )


@pages.post("/r/<token>/withdraw")
@access("link")
def withdraw(token: str) -> Response:
    with transaction() as db:
        number = invitation_number_for(db, token)
        if withdraw_delegation(db, settings(), number, now=now()):
            flash(_("Your delegation is withdrawn. Everyone in it is being told by letter."))
        else:
            flash(_("Nobody is registered, so there is nothing to withdraw."))
    return redirect(url_for("officials.city", token=token), 303)
