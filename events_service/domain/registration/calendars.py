"""A person's calendar: what is sent when they are named, when their days change, when they go.

One Invitation is one calendar object (event × person × run of days). Every change here bumps its
SEQUENCE (RFC 5546 §2.1.4) and promises the mail that tells of it, in the same transaction.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Self

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import Recipient, promised, write_down
from events_service.domain.snapshot import answer_link, event_facts, invitation_facts, person_facts
from events_service.itip.days import Run, hours_of_day, match_runs, runs
from events_service.letters.facts import (
    EventFacts,
    MemberCancelledFacts,
    MemberInvitedFacts,
    MemberUpdatedFacts,
)
from events_service.model import Delegation, Event, Invitation, Member

InviteReason = Literal["named", "promoted", "readmitted"]
CancelReason = Literal["withdrawn", "removed", "days", "event"]


class Post:
    """The letters about one delegation: facts gathered once, rows written by one statement when
    the block ends. Use it as `with Post(…) as post:`."""

    def __init__(
        self, session: Session, settings: Settings, delegation: Delegation, *, now: datetime
    ) -> None:
        self.session, self.settings, self.now = session, settings, now
        self.delegation = delegation
        self.event: Event = delegation.event
        self.facts: EventFacts = event_facts(delegation.event)
        self.hours = hours_of_day(delegation.event.sessions)
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            write_down(self.session, self._rows)

    @property
    def holds_letters(self) -> bool:
        return bool(self._rows)

    def promise(
        self,
        letter: str,
        to: Recipient,
        *,
        key: str,
        facts: Mapping[str, Any],
        member_id: int | None = None,
        invitation_id: int | None = None,
    ) -> None:
        self._rows.append(
            promised(
                letter,
                to,
                key=key,
                facts=facts,
                now=self.now,
                mail_domain=self.settings.mail_domain,
                event_id=self.event.id,
                city_id=self.delegation.city_id,
                member_id=member_id,
                invitation_id=invitation_id,
            )
        )

    def runs(self, days: Sequence[date]) -> list[Run]:
        """The calendar objects that these days of the event come to."""
        return runs(days, self.hours)


def runs_of(event: Event, days: Sequence[date]) -> list[Run]:
    """The calendar objects that these days of the event come to."""
    return runs(days, hours_of_day(event.sessions))


def invite(post: Post, members: Sequence[Member], reason: InviteReason) -> None:
    """Ask each person: REQUESTs for their days. Earlier, cancelled invitations are taken up
    again, so that the UID stays and SEQUENCE lies above that of the CANCEL."""
    asked = [pair for member in members for pair in _renewed(post, member)]
    post.session.flush()
    for member, invitation in asked:
        renewed = invitation.sequence > 0
        _promise_request(post, member, invitation, "readmitted" if renewed else reason)


def cancel(post: Post, member: Member, reason: CancelReason, words: str = "") -> None:
    """Clear a person's calendar: one CANCEL for each invitation that stands."""
    for invitation in standing(member):
        _cancel_one(post, member, invitation, reason, words)


def replan(
    post: Post,
    member: Member,
    *,
    before: EventFacts,
    days_before: Sequence[date],
    time_changed: bool,
    place_changed: bool = False,
) -> None:
    """Bring a person's calendar to `member.days` as the event stands now.

    An invitation keeps its UID where it can. It is sent again when its days or the event's times
    or place changed; only a change of time asks for a new answer.
    """
    existing = {one.id: tuple(one.days) for one in standing(member)}
    by_id = {one.id: one for one in standing(member)}
    match = match_runs(existing, post.runs(member.days))
    for number in match.dropped:
        _cancel_one(post, member, by_id[number], "days", "")
    for number, run in match.kept:
        invitation = by_id[number]
        moved = time_changed or tuple(invitation.days) != run.days
        if moved or place_changed:
            _renew(post, invitation, run, ask_again=moved)
            _promise_update(post, member, invitation, before, days_before)
    for run in match.added:
        invitation = _new_invitation(post, member, run)
        post.session.flush()
        _promise_request(post, member, invitation, "named")


def standing(member: Member) -> list[Invitation]:
    return [one for one in member.invitations if one.cancelled_at is None]


def _renewed(post: Post, member: Member) -> list[tuple[Member, Invitation]]:
    ended = {one.id: one for one in member.invitations if one.cancelled_at is not None}
    match = match_runs(
        {number: tuple(one.days) for number, one in ended.items()},
        post.runs(member.days),
    )
    pairs = []
    for number, run in match.kept:
        _renew(post, ended[number], run, ask_again=True)
        pairs.append((member, ended[number]))
    pairs += [(member, _new_invitation(post, member, run)) for run in match.added]
    return pairs


def _renew(post: Post, invitation: Invitation, run: Run, *, ask_again: bool) -> None:
    invitation.days = list(run.days)
    invitation.changed_at = post.now
    invitation.sequence += 1
    invitation.cancelled_at = None
    if ask_again:
        invitation.min_sequence = invitation.sequence
        invitation.partstat = "NEEDS-ACTION"
        invitation.answered_at = invitation.answered_by = None
        invitation.reply_sequence = invitation.reply_dtstamp = None
        invitation.reply_message_id = invitation.reply_comment = None
        invitation.day_answers = []


def _new_invitation(post: Post, member: Member, run: Run) -> Invitation:
    invitation = Invitation(
        uid=f"{secrets.token_hex(16)}@{post.settings.mail_domain}",
        days=list(run.days),
        sequence=0,
        min_sequence=0,
        partstat="NEEDS-ACTION",
        changed_at=post.now,
        day_answers=[],
    )
    member.invitations.append(invitation)
    return invitation


def _cancel_one(
    post: Post, member: Member, invitation: Invitation, reason: CancelReason, words: str
) -> None:
    invitation.sequence += 1
    invitation.cancelled_at = invitation.changed_at = post.now
    facts = MemberCancelledFacts(
        event=post.facts,
        city=post.delegation.city.name,
        member=person_facts(member),
        copied_to_office=member.assistant_address is not None,
        invitation=invitation_facts(invitation, post.now),
        reason=reason,
        words=words,
    )
    _promise(post, "member_cancelled", member, invitation, facts)


def _promise_request(
    post: Post, member: Member, invitation: Invitation, reason: InviteReason
) -> None:
    facts = MemberInvitedFacts(
        event=post.facts,
        city=post.delegation.city.name,
        member=person_facts(member),
        named_by=post.delegation.contact_address,
        copied_to_office=member.assistant_address is not None,
        days=[day.isoformat() for day in member.days],
        invitation=invitation_facts(invitation, post.now),
        reason=reason,
        link=answer_link(member),
    )
    _promise(post, "member_invited", member, invitation, facts)


def _promise_update(
    post: Post,
    member: Member,
    invitation: Invitation,
    before: EventFacts,
    days_before: Sequence[date],
) -> None:
    facts = MemberUpdatedFacts(
        event=post.facts,
        event_before=before,
        city=post.delegation.city.name,
        member=person_facts(member),
        copied_to_office=member.assistant_address is not None,
        days=[day.isoformat() for day in member.days],
        days_before=[day.isoformat() for day in days_before],
        invitation=invitation_facts(invitation, post.now),
        link=answer_link(member),
    )
    _promise(post, "member_updated", member, invitation, facts)


def _promise(
    post: Post,
    letter: str,
    member: Member,
    invitation: Invitation,
    facts: MemberInvitedFacts | MemberUpdatedFacts | MemberCancelledFacts,
) -> None:
    post.promise(
        letter,
        Recipient(member.address, member.name, member.assistant_address),
        key=f"{letter}:{invitation.uid}:{invitation.sequence}",
        facts=facts,
        member_id=member.id,
        invitation_id=invitation.id,
    )
