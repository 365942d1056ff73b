"""Promising the letters that carry a person's calendar objects."""

from typing import Literal

from events_service.domain.recipients import recipient_of
from events_service.domain.registration.before import Before
from events_service.domain.registration.post import Post
from events_service.domain.snapshot import answer_link, invitation_facts, person_facts, run_facts
from events_service.itip.days import Run
from events_service.letters.facts import EventFacts
from events_service.letters.member_facts import (
    MemberCancelledFacts,
    MemberInvitedFacts,
    MemberUpdatedFacts,
)
from events_service.model import Invitation, Member

InviteReason = Literal["named", "promoted", "readmitted"]
CancelReason = Literal["withdrawn", "removed", "days", "session", "replaced", "event", "too_early"]


def promise_request(
    post: Post,
    member: Member,
    invitation: Invitation,
    reason: InviteReason,
    in_place_of: str = "",
) -> None:
    facts = MemberInvitedFacts(
        event=post.facts,
        city=post.delegation.city.name,
        city_timezone=post.delegation.city.timezone,
        member=person_facts(member),
        named_by=post.delegation.contact_address,
        copied_to_office=member.assistant_address is not None,
        days=[day.isoformat() for day in member.days],
        invitation=invitation_facts(invitation, post.now),
        reason=reason,
        link=answer_link(member),
    )
    if in_place_of:
        facts["in_place_of"] = in_place_of
    _promise(post, "member_invited", member, invitation, facts)


def promise_update(
    post: Post, member: Member, invitation: Invitation, before: Before, *, text_only: bool
) -> None:
    """`text_only`: SEQUENCE stays, so it does not tell this mail from the one before."""
    facts = MemberUpdatedFacts(
        event=post.facts,
        event_before=before.event,
        city=post.delegation.city.name,
        city_timezone=post.delegation.city.timezone,
        member=person_facts(member),
        copied_to_office=member.assistant_address is not None,
        days=[day.isoformat() for day in member.days],
        days_before=[day.isoformat() for day in before.days],
        was=run_facts(before.shown[invitation.id]),
        invitation=invitation_facts(invitation, post.now),
        link=answer_link(member),
    )
    version = f":{post.now.isoformat()}" if text_only else ""
    _promise(post, "member_updated", member, invitation, facts, version)


def promise_cancel(
    post: Post,
    member: Member,
    invitation: Invitation,
    reason: CancelReason,
    *,
    words: str = "",
    event: EventFacts | None = None,
    was: Run | None = None,
) -> None:
    """`event`, `was`: what the calendar shows, unless that is as the event stands now."""
    facts = MemberCancelledFacts(
        event=event or post.facts,
        city=post.delegation.city.name,
        city_timezone=post.delegation.city.timezone,
        member=person_facts(member),
        copied_to_office=member.assistant_address is not None,
        invitation=invitation_facts(invitation, post.now, was),
        reason=reason,
        words=words,
    )
    _promise(post, "member_cancelled", member, invitation, facts)


def _promise(
    post: Post,
    letter: str,
    member: Member,
    invitation: Invitation,
    facts: MemberInvitedFacts | MemberUpdatedFacts | MemberCancelledFacts,
    version: str = "",
) -> None:
    post.promise(
        letter,
        recipient_of(member),
        key=f"{letter}:{invitation.uid}:{invitation.sequence}{version}",
        facts=facts,
        member_id=member.id,
        invitation_id=invitation.id,
    )
