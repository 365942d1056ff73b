"""What a letter is told: plain values, taken when the mail is promised."""

from collections.abc import Iterable
from datetime import datetime

from events_service.domain.registration.runs import run_of
from events_service.itip.days import Hours, Run
from events_service.letters.facts import (
    EventFacts,
    HoursFacts,
    InvitationFacts,
    LinkFacts,
    MemberFacts,
    PersonFacts,
    RunFacts,
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
        "number": session.id,
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


def run_facts(run: Run) -> RunFacts:
    return {
        "days": [day.isoformat() for day in run.days],
        "hours": _hours(run.hours) if run.hours else None,
        "session": run.session,
        "title": run.title,
    }


def _hours(hours: Hours) -> HoursFacts:
    return {
        "starts": f"{hours.starts:%H:%M}",
        "starts_fold": hours.starts.fold,
        "ends": f"{hours.ends:%H:%M}",
        "ends_fold": hours.ends.fold,
    }


def invitation_facts(
    invitation: Invitation, now: datetime, run: Run | None = None
) -> InvitationFacts:
    """`run`: what it stands for, unless that is as the event stands now."""
    member = invitation.member
    return {
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "dtstamp": now.isoformat(),
        "days": [day.isoformat() for day in invitation.days],
        "partstat": invitation.partstat,
        "link": {"number": invitation.id, "version": 1},
        "run": run_facts(run or run_of(invitation, member.delegation.event)),
        "chosen": member.session_ids,
    }
