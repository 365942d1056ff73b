"""What is left to do before a city is registered, as a list to tick off."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from events_service.domain.particulars.people import Named, people_named
from events_service.domain.particulars.questions import questions_of
from events_service.domain.registration.asking_more import asks_for_more
from events_service.domain.registration.form import (
    closed_because,
    draft_of,
    places_of,
    problems_of,
)
from events_service.domain.registration.saving import has_changes
from events_service.domain.registration.untold import known_state
from events_service.model import CityInvitation, Delegation
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.clocks import in_both
from events_service.web.context import now
from events_service.web.officials.offer import offer_ends_at


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
    seats = places_of(invitation, invitation.delegation)
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
    if offer_ends_at(delegation) is None and delegation is not None and _is_handed_in(delegation):
        return Task(title, _handed_in(delegation), "done", _("Done"))
    if not ready:
        first = _("Name the people first.")
        if offer_ends_at(delegation):
            first = _("First choose who comes.")
        return Task(title, first, "later", _("Not yet possible"))
    hint = _to_confirm(invitation, delegation)
    return _task(title, hint, done=False, href=url_for("officials.review", token=token))


def _is_handed_in(delegation: Delegation) -> bool:
    """Nothing is typed that is not handed in."""
    if delegation.state in ("draft", "withdrawn"):
        return False
    return asks_for_more(delegation) or not has_changes(delegation)


def _handed_in(delegation: Delegation) -> str:
    # Not its state: a decision is told by the letter that an organiser releases.
    known = known_state(delegation)
    if known == "waitlisted":
        return _("On the waiting list.")
    if known == "submitted" or asks_for_more(delegation):
        return _("Sent in.")
    return _("Confirmed.")


def _to_confirm(invitation: CityInvitation, delegation: Delegation | None) -> str:
    if ends_at := offer_ends_at(delegation):
        until = in_both(ends_at, invitation.event)
        return _("The places are held for you until %(moment)s.", moment=until)
    if delegation is not None and delegation.state not in ("draft", "withdrawn"):
        return _("Your changes are saved and not confirmed yet.")
    return _("Nobody is written to before that.")


def _task(title: str, hint: str, *, done: bool, href: str) -> Task:
    state, word = ("done", _("Done")) if done else ("due", _("To do"))
    return Task(title, hint, state, word, href)
