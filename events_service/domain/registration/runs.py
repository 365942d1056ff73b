"""What an event's agenda comes to in calendars: pure decisions (events_service.itip.days) about
rows."""

from collections.abc import Collection, Sequence
from datetime import date

from events_service.itip.days import Run, run_held, runs
from events_service.model import Event, Invitation, Member


def run_of(invitation: Invitation, event: Event) -> Run:
    """What calendars show of an invitation as the event stands now: DTSTART is the start of its
    first day, on the clocks of `event.timezone`, or that day itself where `hours` is None."""
    return run_held(
        event.calendar_style,
        invitation.days,
        invitation.session_id,
        invitation.member.session_ids,
        event.sessions,
    )


def runs_of(event: Event, days: Sequence[date], chosen: Collection[int] | None = None) -> list[Run]:
    """The calendar objects of somebody who comes on these days, to all sessions or those chosen."""
    return runs(event.calendar_style, days, chosen, event.sessions)


def shown_to(member: Member, event: Event) -> dict[int, Run]:
    """What a person's calendar shows, by the number of each invitation that stands."""
    return {one.id: run_of(one, event) for one in standing(member)}


def standing(member: Member) -> list[Invitation]:
    return [one for one in member.invitations if one.cancelled_at is None]
