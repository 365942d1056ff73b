"""Deciding about another time that somebody proposed (COUNTER): declined with a letter, or drafted
as a move of the event, which waits in the outbox like every move."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import cast

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.matching import event_of
from events_service.domain.inbox.occurrences import bounds_of
from events_service.domain.inbox.overtaking import PROPOSALS
from events_service.domain.outbox import promise
from events_service.domain.recipients import recipient_of
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.changes import ask_for_change
from events_service.domain.scheduling.composing import laid_over
from events_service.domain.scheduling.event_change import Move, as_it_stands
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.domain.scheduling.local_time import fold_choices
from events_service.domain.scheduling.pending import plan_of, waiting_change
from events_service.domain.snapshot import event_facts, invitation_facts, person_facts
from events_service.letters.member_facts import ProposalDeclinedFacts
from events_service.model import Account, Event, Invitation, PendingChange, TimeProposal
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

DECIDED = {
    "accepted": lazy_gettext("This proposal was accepted already."),
    "declined": lazy_gettext("This proposal was declined already."),
    "overtaken": lazy_gettext(
        "The workshop has moved or a newer proposal has come, so this one is past."
    ),
}


def decline_proposal(
    session: Session,
    settings: Settings,
    proposal: TimeProposal,
    account: Account,
    *,
    now: datetime,
) -> None:
    """Draft a letter which tells the person that the time stays as it is. Conflict when it was
    decided already."""
    _decide(session, proposal, account, "declined", now)
    invitation = proposal.invitation
    if invitation.cancelled_at is not None:
        return  # they were told already that nothing is left of it
    member = invitation.member
    promise(
        session,
        "proposal_declined",
        recipient_of(member),
        key=f"proposal_declined:{proposal.id}",
        facts=_facts(proposal, now),
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=True,
        event_id=proposal.event_id,
        city_id=member.delegation.city_id,
        member_id=member.id,
        invitation_id=invitation.id,
    )


def accept_proposal(
    session: Session,
    proposal: TimeProposal,
    account: Account,
    *,
    people: int | None,
    letters: int | None = None,
    now: datetime,
) -> PendingChange:
    """Draft the move that was proposed, with a new invitation to everybody whom it concerns.
    Conflict and MoveRefused as for every move."""
    hold_event_alone(session, proposal.event_id)  # before the proposal, as moves do
    _decide(session, proposal, account, "accepted", now)
    event, move = event_of(proposal.invitation), planned_move(session, proposal)
    pending = ask_for_change(session, event, move, account, people=people, letters=letters, now=now)
    accepted = cast(list[int], pending.details[PROPOSALS])
    pending.details = {**pending.details, PROPOSALS: [*accepted, proposal.id]}
    session.flush()
    return pending


def planned_move(session: Session, proposal: TimeProposal) -> Move:
    """The move that the proposal comes to, laid over one that waits in the outbox already.
    Conflict where a cancellation waits, or a change is about to leave."""
    event = event_of(proposal.invitation)
    waiting = waiting_change(session, event.id)
    if waiting is not None and waiting.kind == "cancel":
        raise Conflict(
            _(
                "The cancellation of this workshop waits in the outbox. Throw it away there first, "
                "then accept the time."
            )
        )
    return laid_over(as_it_stands(event), plan_of(event, waiting), move_for(proposal))


def move_for(proposal: TimeProposal) -> Move:
    """The move of the event that the proposal comes to: the sessions of the day or days that it
    is about, by as much as it starts earlier or later; the last of each day ends as proposed, where
    that is after its start. A proposal for all of a person's days takes the whole event to other
    dates."""
    invitation, event = proposal.invitation, event_of(proposal.invitation)
    stands = as_it_stands(event)
    now_starts, _ = bounds_of(invitation, event, proposal.day)
    starts = proposal.starts_at.astimezone(event.zone)
    later = starts.replace(tzinfo=None) - now_starts.replace(tzinfo=None)  # as clocks show it
    whole_days = starts.date() - now_starts.date()
    concerned = _concerned(proposal, invitation, event)
    goes_along = whole_days if _is_about_all(proposal, event) else timedelta()
    return replace(
        stands,
        starts_on=stands.starts_on + goes_along,
        sessions=tuple(
            _shifted(one, later, concerned, proposal, event)
            if _is_concerned(one, concerned, invitation)
            else one.moved(goes_along)
            for one in stands.sessions
        ),
    )


def _is_about_all(proposal: TimeProposal, event: Event) -> bool:
    """Whether another day is meant for the whole event, and not for one day or session of it."""
    alone = proposal.day is not None or proposal.invitation.session_id is not None
    return not alone and (len(proposal.invitation.days) > 1 or event.starts_on == event.ends_on)


def _concerned(
    proposal: TimeProposal, invitation: Invitation, event: Event
) -> dict[date, time | None]:
    """The days that the proposal is about, with when the last session that it moves ends."""
    days = [proposal.day] if proposal.day else invitation.days
    moved = [one for one in event.sessions if invitation.session_id in (None, one.id)]
    return {
        day: max((one.ends for one in moved if one.held_on == day), default=None) for day in days
    }


def _is_concerned(plan: SessionPlan, days: dict[date, time | None], invitation: Invitation) -> bool:
    return plan.held_on in days and invitation.session_id in (None, plan.session_id)


def _shifted(
    plan: SessionPlan,
    later: timedelta,
    days: dict[date, time | None],
    proposal: TimeProposal,
    event: Event,
) -> SessionPlan:
    starts = datetime.combine(plan.held_on, plan.starts) + later
    ends = datetime.combine(plan.held_on, plan.ends) + later
    proposed = (one.astimezone(event.zone) for one in (proposal.starts_at, proposal.ends_at))
    first, last = proposed
    if plan.ends == days[plan.held_on] and last.time() > starts.time():
        ends = datetime.combine(starts.date(), last.time())
    fold = None
    if starts.time() == first.time() and fold_choices(event.zone, starts.date(), first.time()):
        fold = first.fold
    return replace(plan, held_on=starts.date(), starts=starts.time(), ends=ends.time(), fold=fold)


def _decide(
    session: Session, proposal: TimeProposal, account: Account, state: str, now: datetime
) -> None:
    session.refresh(proposal, with_for_update=True)
    if proposal.state != "open":
        raise Conflict(DECIDED[proposal.state])
    proposal.state = "accepted" if state == "accepted" else "declined"
    proposal.decided_at, proposal.decided_by_id = now, account.id
    session.flush()


def _facts(proposal: TimeProposal, now: datetime) -> ProposalDeclinedFacts:
    invitation = proposal.invitation
    member = invitation.member
    return {
        "event": event_facts(event_of(invitation)),
        "city": member.delegation.city.name,
        "city_timezone": member.delegation.city.timezone,
        "member": person_facts(member),
        "copied_to_office": member.assistant_address is not None,
        "invitation": invitation_facts(invitation, now),
        "day": proposal.day.isoformat() if proposal.day else None,
        "proposed_starts": proposal.starts_at.isoformat(),
        "proposed_ends": proposal.ends_at.isoformat(),
    }
