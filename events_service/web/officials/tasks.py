"""What is left to do before a city is registered, as a list to tick off."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from events_service.domain.particulars.people import Named, people_named
from events_service.domain.particulars.questions import questions_of
from events_service.domain.registration.form import closed_because, draft_of, problems_of
from events_service.domain.registration.untold import known_state
from events_service.model import CityInvitation
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.context import now


@dataclass(frozen=True)
class Task:
    """`state` and `word` as macros/state.html shows them; without `href` it can't be begun yet."""

    title: str
    hint: str
    state: str
    word: str
    href: str = ""


def tasks_of(db: Session, invitation: CityInvitation, token: str) -> list[Task]:
    """In the order in which they are done; none for what can't be done any more."""
    people = people_named(db, invitation, now=now())
    details = [_details(people, token)] if questions_of(db, invitation.event) else []
    if closed_because(invitation.event, now()):
        return details if people else []
    ready = not problems_of(invitation, draft_of(invitation))
    return [
        _naming(people, invitation, token, ready=ready),
        *details,
        _confirming(invitation, token, ready=ready),
    ]


def _naming(people: list[Named], invitation: CityInvitation, token: str, *, ready: bool) -> Task:
    seats = invitation.seats
    hint = ngettext(
        "%(named)s of %(num)s place is named.",
        "%(named)s of %(num)s places are named.",
        seats,
        named=len(people),
    )
    if people and not ready:
        hint = _("Something is missing or needs another look.")
    href = url_for("officials.people", token=token, check="yes" if people and not ready else None)
    return _task(_("Name the people who come"), hint, done=ready, href=href)


def _details(people: list[Named], token: str) -> Task:
    told = sum(one.form is not None and one.form.completed_at is not None for one in people)
    title = _("Details of each person")
    if not people:
        hint = _("Name somebody first.")
        return Task(title, hint, "later", _("Not yet possible"))
    hint = ngettext(
        "%(told)s of %(num)s person has told what we ask.",
        "%(told)s of %(num)s people have told what we ask.",
        len(people),
        told=told,
    )
    href = url_for("officials.details_list", token=token)
    return _task(title, hint, done=told == len(people), href=href)


def _confirming(invitation: CityInvitation, token: str, *, ready: bool) -> Task:
    delegation = invitation.delegation
    title = _("Look the list over and confirm")
    if invitation.event.approves_delegations:
        title = _("Look the list over and send it in")
    confirmed = delegation is not None and delegation.state not in ("draft", "withdrawn")
    if delegation is not None and confirmed and delegation.draft is None:
        # Not its state: a decision is told by the letter that an organiser releases.
        hint = _("Sent in.") if known_state(delegation) == "submitted" else _("Confirmed.")
        return Task(title, hint, "done", _("Done"))
    if not ready:
        return Task(title, _("Name the people first."), "later", _("Not yet possible"))
    hint = _("Nobody is written to before that.")
    if confirmed:
        hint = _("Your changes are saved and not confirmed yet.")
    return _task(title, hint, done=False, href=url_for("officials.review", token=token))


def _task(title: str, hint: str, *, done: bool, href: str) -> Task:
    state, word = ("done", _("Done")) if done else ("due", _("To do"))
    return Task(title, hint, state, word, href)
