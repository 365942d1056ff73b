"""Moving an event: its days and place, everybody's days and calendars, every letter about it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events_service.config import Settings
from events_service.domain.registration import letters as delegation_letters
from events_service.domain.registration.calendars import Post, replan, runs_of
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import closed_because, members_of
from events_service.domain.scheduling.agenda import write_agenda
from events_service.domain.scheduling.city_invitations import promise_city_letter
from events_service.domain.scheduling.event_change import Move, moved_by
from events_service.domain.snapshot import event_facts
from events_service.itip.days import Run
from events_service.letters.facts import EventFacts
from events_service.model import CityInvitation, Delegation, Event, Member


def move_event(
    session: Session, settings: Settings, event: Event, move: Move, now: datetime
) -> None:
    before, by = event_facts(event), moved_by(event, move)
    asked = asked_cities(session, event)
    calendars = {
        member.id: runs_of(event, member.days)
        for one in asked
        if one.delegation
        for member in members_of(one.delegation)
    }
    place_changed = (event.venue, event.venue_address) != (move.venue, move.venue_address)
    event.starts_on, event.ends_on = event.starts_on + by, event.ends_on + by
    event.venue, event.venue_address = move.venue.strip(), move.venue_address.strip()
    write_agenda(event, move.sessions)
    session.flush()
    for invitation in asked:
        delegation = invitation.delegation
        if delegation is not None:
            _move_draft(delegation, by)
        if delegation is None or delegation.state == "draft":
            _tell_city_again(session, settings, invitation, before, now)
            continue
        with Post(session, settings, delegation, now=now) as post:
            for member in members_of(delegation):
                _move_member(post, member, before, calendars[member.id], by, place_changed)
            if post.holds_letters or delegation.state == "waitlisted":
                delegation.version += 1
                delegation_letters.moved(post, members_of(delegation), before)


def _move_member(
    post: Post,
    member: Member,
    before: EventFacts,
    calendar: list[Run],
    by: timedelta,
    place_changed: bool,
) -> None:
    days_before = list(member.days)
    member.days = [day + by for day in days_before]
    if post.delegation.state != "confirmed":
        return
    replan(
        post,
        member,
        before=before,
        days_before=days_before,
        time_changed=calendar != runs_of(post.event, member.days),
        place_changed=place_changed,
    )


def _move_draft(delegation: Delegation, by: timedelta) -> None:
    """Days that were typed and not confirmed go along with the event."""
    if delegation.draft is not None:
        draft = DelegationDraft.from_json(delegation.draft)
        people = (replace(one, days=tuple(day + by for day in one.days)) for one in draft.people)
        delegation.draft = replace(draft, people=tuple(people)).as_json()


def _tell_city_again(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    before: EventFacts,
    now: datetime,
) -> None:
    """A city that has not registered holds a letter with the old days."""
    if invitation.revoked_at is None and closed_because(invitation.event, now) is None:
        invitation.sent_again_at = now
        promise_city_letter(session, settings, invitation, now=now, again=True, before=before)


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
                delegation.selectinload(Delegation.members).selectinload(Member.invitations),
            )
            .execution_options(populate_existing=True)
        )
    )
