"""What a letter is told: plain values, taken when the mail is promised."""

from collections.abc import Iterable
from datetime import datetime

from events_service.letters.facts import (
    EventFacts,
    InvitationFacts,
    LinkFacts,
    MemberFacts,
    PersonFacts,
    SessionFacts,
)
from events_service.model import AgendaSession, CityInvitation, Event, Invitation, Member


def session_facts(session: AgendaSession) -> SessionFacts:
    return {
        "held_on": session.held_on.isoformat(),
        "starts": session.starts.strftime("%H:%M"),
        "ends": session.ends.strftime("%H:%M"),
        "fold": session.fold,
        "title": session.title,
        "note": session.note,
    }


def event_facts(event: Event) -> EventFacts:
    return {
        "title": event.title,
        "programme": event.programme,
        "city": event.city.name,
        "country": event.city.country,
        "venue": event.venue,
        "venue_address": event.venue_address,
        "timezone": event.timezone,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "sessions": [session_facts(session) for session in event.sessions],
        "slug": event.slug,
    }


def person_facts(member: Member) -> PersonFacts:
    return {"name": member.name, "role": member.role, "address": member.address}


def member_facts(members: Iterable[Member]) -> list[MemberFacts]:
    return [
        {**person_facts(member), "days": [day.isoformat() for day in member.days]}
        for member in members
    ]


def city_link(city_invitation: CityInvitation) -> LinkFacts:
    return {"number": city_invitation.id, "version": city_invitation.link_version}


def answer_link(member: Member) -> LinkFacts:
    return {"number": member.id, "version": 1}


def invitation_facts(invitation: Invitation, now: datetime) -> InvitationFacts:
    return {
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "dtstamp": now.isoformat(),
        "days": [day.isoformat() for day in invitation.days],
        "partstat": invitation.partstat,
        "link": {"number": invitation.id, "version": 1},
    }
