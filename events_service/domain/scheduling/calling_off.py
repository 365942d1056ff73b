"""Calling an event off: calendars cleared, every city told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import promise
from events_service.domain.recipients import somebody_in
from events_service.domain.registration import letters
from events_service.domain.registration.calendars import Post, cancel
from events_service.domain.registration.form import members_of
from events_service.domain.registration.loading import hold_invitations
from events_service.domain.registration.untold import known_states, unheard_people
from events_service.domain.scheduling.calendar_state import calendars_change
from events_service.domain.scheduling.city_letters import was_written_to
from events_service.domain.scheduling.event_change import Cancellation
from events_service.domain.scheduling.moving import asked_cities, known_people
from events_service.domain.snapshot import event_facts, member_facts
from events_service.letters.facts import EventCancelledFacts
from events_service.model import CityInvitation, Event, Member
from events_service.model.registration import DelegationState


def call_off_event(
    session: Session, settings: Settings, event: Event, change: Cancellation, now: datetime
) -> None:
    event.cancelled_at = now
    calendars_change(event, moved=True, now=now)
    session.flush()
    hold_invitations(session, event.id)
    asked = asked_cities(session, event)
    delegations = [one.delegation for one in asked if one.delegation is not None]
    known = known_states(session, event.id, delegations)
    unheard = unheard_people(session, event.id)
    for invitation in asked:
        delegation = invitation.delegation
        stands = known[delegation.id] if delegation is not None else "draft"
        if stands in ("withdrawn", "turned_down"):
            continue
        if delegation is not None:
            with Post(session, settings, delegation, now=now) as post:
                _tell_people(post, change.words, stands)
        if delegation is None and (
            invitation.revoked_at or not was_written_to(session, invitation)
        ):
            continue  # it knows of no workshop, or has nothing to do with it any more
        registered = delegation is not None and stands == "confirmed"
        people = known_people(delegation, stands, unheard) if delegation and registered else []
        _promise_cancellation(session, settings, invitation, people, change.words, now)


def _tell_people(post: Post, words: str, stands: DelegationState) -> None:
    """`stands`: how things stand with the delegation as far as its city knows. Who has not been
    told of their entry is not told that it ended."""
    members = members_of(post.delegation)
    for member in members:
        cancel(post, member, "event", words)
    if stands == "waitlisted":
        letters.waiting_ended(post, members, "event", words)


def _promise_cancellation(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    people: Sequence[Member],
    words: str,
    now: datetime,
) -> None:
    """`people`: those who come, as far as the city knows."""
    delegation = invitation.delegation
    address = delegation.contact_address if delegation is not None else invitation.address
    facts = EventCancelledFacts(
        event=event_facts(invitation.event),
        city=invitation.city.name,
        addressee=invitation.addressee if address == invitation.address else "",
        members=member_facts(people),
        words=words,
    )
    promise(
        session,
        "event_cancelled_city",
        somebody_in(invitation.city, address),
        key=f"event-cancelled:{invitation.event_id}:{invitation.id}",
        facts=facts,
        now=now,
        mail_domain=settings.mail_domain,
        event_id=invitation.event_id,
        city_id=invitation.city_id,
    )
