"""A city confirms, changes or withdraws its delegation: at once and without an organiser, or, where
each delegation is approved, for an organiser to decide."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration import letters, runs
from events_service.domain.registration.asking_more import ask_for_more
from events_service.domain.registration.confirmation import Confirmation, let_go
from events_service.domain.registration.draft import DelegationDraft, Problem, normalised
from events_service.domain.registration.form import (
    RegistrationClosed,
    closed_because,
    draft_from,
    members_of,
    places_of,
    problems_of,
)
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.offering import offer_is_over
from events_service.domain.registration.outcome import Outcome, Overtaken, WorkshopFull
from events_service.domain.registration.post import Post
from events_service.domain.registration.seating import release_seats, seats_held
from events_service.domain.registration.untold import (
    is_handed_in,
    letters_wait,
    may_be_taken_back,
    put_letters_aside,
    take_back,
)
from events_service.domain.registration.waiting import promote_waiting
from events_service.domain.scheduling.refreshing import refresh_first_letters
from events_service.model import Delegation, Member
from events_service.translation import gettext as _

__all__ = [
    "DraftIncomplete",
    "OfferEnded",
    "Outcome",
    "Overtaken",
    "WorkshopFull",
    "confirm_delegation",
    "withdraw_delegation",
]


class OfferEnded(Conflict):
    """The city answers an offer whose time is over."""


class DraftIncomplete(Refusal):
    """The draft can't be confirmed; `problems` say what to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def confirm_delegation(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> Outcome:
    """Make the draft true: seats taken or the delegation wait-listed whole, everybody written to.
    Or, where an organiser approves each delegation, hand it in.

    A delegation that has its places there changes by itself as long as no more people come than
    have places. With more, the list as it is typed waits whole for a decision, and until then
    those who were approved stand as they were, with their seats and calendars. A decision that
    nobody was told of yet is taken back first: it was about another list.

    RegistrationClosed, DraftIncomplete and WorkshopFull refuse, and nothing has changed then.
    Confirming twice changes nothing the second time.
    """
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or delegation.draft is None:
        return Outcome("unchanged")
    if reason := closed_because(delegation.event, now):
        raise RegistrationClosed(reason)
    draft = DelegationDraft.from_json(delegation.draft)
    places = places_of(delegation.city_invitation, delegation)
    if problems := problems_of(delegation.city_invitation, draft, places=places):
        raise DraftIncomplete(problems)
    held = seats_held(delegation)
    _take_back_what_nobody_knows(session, settings, delegation, now)
    if offer_is_over(delegation, now):
        raise OfferEnded(
            _("The time to answer is over, and the places go to others. You get a letter about it.")
        )
    confirmation = Confirmation(session, settings, delegation, normalised(draft), now)
    if delegation.event.approves_delegations:
        if confirmation.asks_for_more:
            return ask_for_more(session, settings, delegation, now=now)
        if delegation.state not in ("confirmed", "waitlisted"):
            return confirmation.hand_in()
    outcome = confirmation.carry_out()
    if seats_held(delegation) < held:  # by a decision that nobody knew of
        promote_waiting(session, settings, delegation.event_id, now=now)
    return outcome


def withdraw_delegation(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> bool:
    """The city does not come: calendars are cleared, seats go to whoever waits. False: it had
    nothing to withdraw. What was typed is kept, so that the city can register again."""
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or not is_handed_in(delegation):
        return False
    held = seats_held(delegation)
    if may_be_taken_back(session, delegation) and letters_wait(session, delegation):
        # and its seats are given back by it
        take_back(session, settings, delegation, now=now, for_approval=False)
    else:
        put_letters_aside(session, delegation, now=now)
    members, was = members_of(delegation), delegation.state
    delegation.draft = _without_numbers(draft_from(delegation.contact_address, members)).as_json()
    delegation.state, delegation.withdrawn_at = "withdrawn", now
    delegation.submitted_at = delegation.waitlisted_at = None
    delegation.version += 1
    with Post(session, settings, delegation, now=now) as post:
        let_go(
            post, [*members, *_not_told_to_go(delegation)], "withdrawn", waited=was == "waitlisted"
        )
        letters.withdrawn(post, members if was != "submitted" else ())
    refresh_first_letters(session, delegation.event, [one.id for one in delegation.members], now)
    release_seats(session, delegation)
    if held:
        promote_waiting(session, settings, delegation.event_id, now=now)
    return True


def _not_told_to_go(delegation: Delegation) -> list[Member]:
    """People who were taken off the list by a decision that nobody is told of."""
    return [one for one in delegation.members if one.removed_at is not None and runs.standing(one)]


def _take_back_what_nobody_knows(
    session: Session, settings: Settings, delegation: Delegation, now: datetime
) -> None:
    """A decision about the list as it was; the one that more people come is not undone so."""
    if not letters_wait(session, delegation):
        return
    if not may_be_taken_back(session, delegation):
        raise Conflict(
            _(
                "An organiser is deciding about your list at this moment. You get a letter; "
                "change the delegation after that. What you typed is kept."
            )
        )
    take_back(session, settings, delegation, now=now, for_approval=False)


def _without_numbers(draft: DelegationDraft) -> DelegationDraft:
    people = tuple(replace(one, member_id=None) for one in draft.people)
    return DelegationDraft(draft.contact_address, people)
