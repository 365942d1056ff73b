"""An organiser decides about a delegation as a whole: it has its places, it has none, it waits.

Every letter that follows from a decision waits to be read and sent; until the first of them has
left, the decision can be undone. Seats are taken at the decision itself.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration import decision_letters, letters
from events_service.domain.registration.asking_more import asks_for_more, stop_asking
from events_service.domain.registration.calendars import Post, invite
from events_service.domain.registration.confirmation import Confirmation
from events_service.domain.registration.draft import DelegationDraft, normalised
from events_service.domain.registration.form import members_of, problems_of
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.outcome import WorkshopFull
from events_service.domain.registration.seating import (
    most_seats_for,
    practitioners_among,
    release_seats,
    seat_whole,
    used_of,
)
from events_service.domain.registration.substituting import is_over
from events_service.domain.registration.untold import letters_wait, may_be_taken_back, take_back
from events_service.model import Account, Delegation
from events_service.translation import gettext as _
from events_service.translation import ngettext

LONGEST_REASON = 1000  # characters


class NothingToDecide(Conflict):
    """The city has changed or withdrawn its delegation, or somebody has decided meanwhile."""


class ReasonMissing(Refusal):
    """Whoever is turned down reads why, in few enough words."""


class DoesNotFit(Conflict):
    """There are not enough seats for the whole delegation."""


def approve_delegation(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    account: Account,
    *,
    now: datetime,
    because: str = "",
) -> None:
    """The delegation has its places, all of them. DoesNotFit when there are not enough."""
    delegation = _held(session, delegation, ("submitted", "waitlisted", "turned_down"), now)
    if asks_for_more(delegation):
        _give_more(session, settings, delegation, account, now, because)
        return
    members, was = members_of(delegation), delegation.state
    if letters_wait(session, delegation):
        take_back(session, settings, delegation, now=now)
        was = delegation.state
    people = practitioners_among(one.is_elected for one in members)
    if not seat_whole(session, delegation, people):
        used = used_of(session, delegation.event_id)
        raise DoesNotFit(_no_room(delegation, most_seats_for(delegation, people, used)))
    delegation.state, delegation.confirmed_at = "confirmed", now
    _note_decision(delegation, account, because, now)
    with _reviewed(session, settings, delegation, now) as post:
        if was == "waitlisted":
            invite(post, members, "promoted")
            letters.promoted(post, members)
        else:
            invite(post, members, "named")
            decision_letters.approved(post, members)


def turn_down_delegation(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    account: Account,
    *,
    now: datetime,
    because: str = "",
) -> None:
    """The delegation gets no places, and its city reads why. Of one that has places and asked for
    more, these stand as they were. Seats that it was offered are free then, for `promote_waiting`
    as soon as everything is decided."""
    if not because.strip():
        raise ReasonMissing(_("Write why: the city reads it in the letter."))
    if len(because) > LONGEST_REASON:
        raise ReasonMissing(_("Shorten the reason to %(most)s characters.", most=LONGEST_REASON))
    delegation = _held(session, delegation, ("submitted", "waitlisted"), now)
    if letters_wait(session, delegation):
        take_back(session, settings, delegation, now=now)
    members, was = members_of(delegation), delegation.state
    if was == "confirmed":
        stop_asking(delegation)
    else:
        delegation.state = "turned_down"
    if was == "waitlisted":
        release_seats(session, delegation)
    _note_decision(delegation, account, because, now)
    with _reviewed(session, settings, delegation, now) as post:
        decision_letters.turned_down(post, members, because)
        if was == "waitlisted":
            letters.waiting_ended(post, members, "turned_down")


def waitlist_delegation(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    account: Account,
    *,
    now: datetime,
    because: str = "",
) -> None:
    """The delegation may come as soon as there is room for all of it; it waits after those that
    wait already."""
    delegation = _held(session, delegation, ("submitted", "turned_down"), now)
    if delegation.state == "confirmed":
        raise Conflict(
            _("This delegation has its places. Approve that more people come, or turn it down.")
        )
    if letters_wait(session, delegation):
        take_back(session, settings, delegation, now=now)
    members = members_of(delegation)
    delegation.state, delegation.waitlisted_at = "waitlisted", now
    _note_decision(delegation, account, because, now)
    with _reviewed(session, settings, delegation, now) as post:
        letters.waitlisted(post, members, members)


def undo_decision(
    session: Session, settings: Settings, delegation: Delegation, *, now: datetime
) -> None:
    """Put the letters aside and give the seats back, as long as nobody has been told."""
    found = locked_delegation(session, delegation.city_invitation_id)
    if found is None or not may_be_taken_back(session, found):
        raise Conflict(
            _(
                "This decision can’t be undone any more: its letters have left, or the city has "
                "changed its list."
            )
        )
    take_back(session, settings, found, now=now)


def _held(
    session: Session, delegation: Delegation, states: tuple[str, ...], now: datetime
) -> Delegation:
    """The delegation as it is now, in one of these states or asking for more."""
    found = locked_delegation(session, delegation.city_invitation_id)
    if found is None or not (found.state in states or asks_for_more(found)):
        raise NothingToDecide(
            _(
                "There is nothing to decide about %(city)s any more: look at the list again.",
                city=delegation.city.name,
            )
        )
    if found.event.cancelled_at is not None or is_over(found.event, now):
        raise Conflict(_("This workshop is over or was cancelled, so nothing is decided."))
    return found


def _give_more(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    account: Account,
    now: datetime,
    because: str,
) -> None:
    """The list that was handed in comes true; those who had places keep them."""
    assert delegation.draft is not None
    draft = DelegationDraft.from_json(delegation.draft)
    invitation = delegation.city_invitation
    if problems := problems_of(invitation, draft, places=invitation.seats):
        raise Conflict(problems[0].message)
    confirmed_at = delegation.confirmed_at
    more = len(draft.people) - delegation.seats
    try:
        Confirmation(
            session, settings, delegation, normalised(draft), now, for_approval=True
        ).carry_out()
    except WorkshopFull as full:
        message = ngettext(
            "There is no room for one more person of %(city)s.",
            "There is no room for %(num)s more people of %(city)s.",
            more,
            city=delegation.city.name,
        )
        raise DoesNotFit(message) from full
    delegation.confirmed_at = confirmed_at  # so it is known that it had places before
    delegation.submitted_at = None
    delegation.decided_at, delegation.decided_by_id = now, account.id
    delegation.decided_because = because


def _note_decision(delegation: Delegation, account: Account, because: str, now: datetime) -> None:
    delegation.decided_at, delegation.decided_by_id = now, account.id
    delegation.decided_because = because
    delegation.version += 1


def _reviewed(session: Session, settings: Settings, delegation: Delegation, now: datetime) -> Post:
    session.flush()
    return Post(session, settings, delegation, now=now, for_approval=True)


def _no_room(delegation: Delegation, places: int) -> str:
    people = len(members_of(delegation))
    if not places:
        return _(
            "There are no places for %(city)s. Put the delegation on the waiting list.",
            city=delegation.city.name,
        )
    return ngettext(
        "There is only one place for the %(people)s people of %(city)s. Put the delegation on "
        "the waiting list; then you can offer it.",
        "There are only %(num)s places for the %(people)s people of %(city)s. Put the delegation "
        "on the waiting list; then you can offer them.",
        places,
        people=people,
        city=delegation.city.name,
    )
