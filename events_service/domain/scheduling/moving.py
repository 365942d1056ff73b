"""Moving an event: its days and place, how it fills calendars, everybody's days and calendars,
every letter about it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events_service.config import Settings
from events_service.domain.registration import letters as delegation_letters
from events_service.domain.registration.before import Before, before_change
from events_service.domain.registration.calendars import Post, replan
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import closed_because, members_of
from events_service.domain.registration.loading import hold_invitations
from events_service.domain.registration.texts import behind
from events_service.domain.registration.untold import known_states, unheard_people
from events_service.domain.scheduling.agenda import timetable, write_agenda
from events_service.domain.scheduling.calendar_state import calendars_change
from events_service.domain.scheduling.city_letters import tell_city_it_moved
from events_service.domain.scheduling.event_change import Move, moved_by
from events_service.domain.snapshot import event_facts
from events_service.letters.facts import EventFacts
from events_service.letters.sender import sender_in
from events_service.model import CityInvitation, Delegation, Event, Invitation, Member
from events_service.model.registration import DelegationState


def move_event(
    session: Session, settings: Settings, event: Event, move: Move, now: datetime
) -> None:
    before, by = event_facts(event), moved_by(event, move)
    hold_invitations(session, event.id)
    asked = asked_cities(session, event)
    delegations = [one.delegation for one in asked if one.delegation is not None]
    calendars = {
        member.id: before_change(member, event, before)
        for delegation in delegations
        for member in members_of(delegation)
    }
    moved = _write(event, move)
    session.flush()
    calendars_change(event, moved=moved, now=now)
    known = known_states(session, event.id, delegations)
    unheard = unheard_people(session, event.id)
    new_texts = behind(session, sender_in(settings), event, delegations) if move.texts else set()
    for invitation in asked:
        delegation = invitation.delegation
        if delegation is not None:
            _move_draft(delegation, by)
        if delegation is None or delegation.state == "draft":
            if moved:
                _tell_city_again(session, settings, invitation, before, now)
            continue
        with Post(session, settings, delegation, now=now) as post:
            for member in members_of(delegation):
                _move_member(post, member, calendars[member.id], by, new_texts)
            stands = known[delegation.id]
            if moved and (post.holds_letters or stands in ("waitlisted", "submitted")):
                delegation.version += 1
                people = known_people(delegation, stands, unheard)
                delegation_letters.moved(post, people, before, known=stands)


def known_people(
    delegation: Delegation, stands: DelegationState, unheard: Collection[int]
) -> list[Member]:
    """Those whom a letter to the city may name as coming, or as asking to."""
    members = members_of(delegation)
    if stands != "confirmed":
        return members
    return [one for one in members if one.id not in unheard]


def _write(event: Event, move: Move) -> bool:
    """Whether its time or place is another now."""
    place = event.venue, event.venue_address
    times = timetable(event.sessions)
    by = moved_by(event, move)
    event.starts_on, event.ends_on = event.starts_on + by, event.ends_on + by
    event.venue, event.venue_address = move.venue.strip(), move.venue_address.strip()
    event.calendar_style = move.style or event.calendar_style
    write_agenda(event, move.sessions)
    return place != (event.venue, event.venue_address) or times != timetable(event.sessions)


def _move_member(
    post: Post, member: Member, before: Before, by: timedelta, new_texts: Collection[int]
) -> None:
    member.days = [day + by for day in member.days]
    if member.session_ids is not None:
        held = {one.id for one in post.event.sessions}
        member.session_ids = [number for number in member.session_ids if number in held]
    if post.delegation.state == "confirmed":
        replan(post, member, before, new_texts=new_texts)


def _move_draft(delegation: Delegation, by: timedelta) -> None:
    """Days that were typed and not confirmed go along with the event."""
    if delegation.draft is not None:
        draft = DelegationDraft.from_json(delegation.draft)
        people = (replace(one, days=tuple(day + by for day in one.days)) for one in draft.people)
        moved = replace(draft, people=tuple(people)).as_json()
        delegation.draft = {**delegation.draft, **moved}  # and what else is known of it


def _tell_city_again(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    before: EventFacts,
    now: datetime,
) -> None:
    """A city that has not registered holds a letter with the old days."""
    if invitation.revoked_at is None and closed_because(invitation.event, now) is None:
        tell_city_it_moved(session, settings, invitation, before, now=now)


def asked_cities(session: Session, event: Event) -> list[CityInvitation]:
    """Every city that was asked, with its people, as they stand at this moment."""
    delegation = joinedload(CityInvitation.delegation)
    return list(
        session.scalars(
            select(CityInvitation)
            .where(CityInvitation.event_id == event.id)
            .order_by(CityInvitation.id)
            .options(
                joinedload(CityInvitation.event, innerjoin=True),
                delegation.selectinload(Delegation.members)
                .selectinload(Member.invitations)
                .selectinload(Invitation.day_answers),
            )
            .execution_options(populate_existing=True)
        )
    )
