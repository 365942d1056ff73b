"""Calendars that still say what the programme said before somebody reworded it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from events_service.domain.registration.form import members_of
from events_service.domain.registration.runs import standing
from events_service.domain.snapshot import event_facts, invitation_facts, person_facts
from events_service.letters.calendar import words_of
from events_service.letters.sender import Sender
from events_service.model import Delegation, Event, Invitation, Member, OutboxMail

WITH_REQUEST = ("member_invited", "member_updated", "member_nudge")


def behind(
    session: Session, sender: Sender, event: Event, delegations: Iterable[Delegation]
) -> set[int]:
    """Numbers of the invitations whose title and description, as sent last, are others now."""
    asked = {
        one.id: (member, one)
        for delegation in delegations
        if delegation.state == "confirmed"
        for member in members_of(delegation)
        for one in standing(member)
    }
    now = event_facts(event)
    found = set()
    for mail in _last_sent(session, asked):
        assert mail.invitation_id is not None
        member, invitation = asked[mail.invitation_id]
        facts = mail.facts
        sent = words_of(facts["event"], facts["member"], facts["invitation"], sender)
        as_now = invitation_facts(invitation, mail.created_at)
        if sent != words_of(now, person_facts(member), as_now, sender):
            found.add(invitation.id)
    return found


def _last_sent(
    session: Session, asked: dict[int, tuple[Member, Invitation]]
) -> Iterable[OutboxMail]:
    return session.scalars(
        select(OutboxMail)
        .where(OutboxMail.invitation_id.in_(asked), OutboxMail.letter.in_(WITH_REQUEST))
        .where(OutboxMail.state.not_in(("drafted", "discarded")))
        .ext(distinct_on(OutboxMail.invitation_id))
        .order_by(OutboxMail.invitation_id, OutboxMail.id.desc())
    )
