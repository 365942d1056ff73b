"""A person's calendar: what is sent when they are named, when their days change, when they go.

One Invitation is one calendar object (event × person × run of days, or session). A change of time
or place bumps its SEQUENCE (RFC 5546 §2.1.4); a change of text keeps it. The mail that tells of
either is promised in the same transaction.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence

from events_service.domain.registration.before import Before, before_change
from events_service.domain.registration.member_letters import (
    CancelReason,
    InviteReason,
    promise_cancel,
    promise_request,
    promise_update,
)
from events_service.domain.registration.post import Post
from events_service.domain.registration.runs import run_of, runs_of, standing
from events_service.itip.days import Run
from events_service.itip.matching import match_runs
from events_service.model import Invitation, Member

__all__ = [
    "Before",
    "Post",
    "before_change",
    "cancel",
    "invite",
    "replan",
    "run_of",
    "runs_of",
    "standing",
]


def invite(
    post: Post,
    members: Sequence[Member],
    reason: InviteReason,
    *,
    in_place_of: str = "",
) -> None:
    """Ask each person: REQUESTs for their days. Earlier, cancelled invitations are taken up
    again, so that the UID stays and SEQUENCE lies above that of the CANCEL. `in_place_of`: name of
    whom they replace."""
    asked = [pair for member in members for pair in _renewed(post, member)]
    post.session.flush()
    for member, invitation in asked:
        renewed = invitation.sequence > 0
        why: InviteReason = "readmitted" if renewed else reason
        promise_request(post, member, invitation, why, in_place_of)


def cancel(post: Post, member: Member, reason: CancelReason, words: str = "") -> None:
    """Clear a person's calendar: one CANCEL for each invitation that stands."""
    for invitation in standing(member):
        _end(post, invitation)
        promise_cancel(post, member, invitation, reason, words=words)


def replan(post: Post, member: Member, before: Before, *, new_texts: Collection[int] = ()) -> None:
    """Bring a person's calendar to their days and sessions as the event stands now.

    Each invitation is compared with what it was: one that fits no longer is cancelled, one whose
    time or place changed is sent again, and only a change of time asks for a new answer.
    `new_texts`: numbers of invitations whose new text is sent too.
    """
    by_id = {one.id: one for one in standing(member)}
    wanted = runs_of(post.event, member.days, member.session_ids)
    match = match_runs({number: before.shown[number] for number in by_id}, wanted)
    for number in match.dropped:
        _take_out(post, member, by_id[number], before, wanted)
    for number, run in match.kept:
        _bring_up_to_date(post, member, by_id[number], run, before, number in new_texts)
    added = [_new_invitation(post, member, run) for run in match.added]
    post.session.flush()
    for invitation in added:
        promise_request(post, member, invitation, "named")


def _bring_up_to_date(
    post: Post, member: Member, invitation: Invitation, run: Run, before: Before, new_text: bool
) -> None:
    moved = not run.same_time(before.shown[invitation.id])
    if moved or before.place_differs(post.facts):
        _renew(post, invitation, run, ask_again=moved)
        promise_update(post, member, invitation, before, text_only=False)
    elif new_text:
        invitation.changed_at = post.now
        promise_update(post, member, invitation, before, text_only=True)


def _take_out(
    post: Post, member: Member, invitation: Invitation, before: Before, wanted: Sequence[Run]
) -> None:
    was = before.shown[invitation.id]
    _end(post, invitation)
    reason = _why_taken_out(post, member, before, was, wanted)
    promise_cancel(post, member, invitation, reason, event=before.event, was=was)


def _why_taken_out(
    post: Post, member: Member, before: Before, was: Run, wanted: Iterable[Run]
) -> CancelReason:
    if was.session is not None and was.session not in {one.id for one in post.event.sessions}:
        return "session"
    moved = post.facts["starts_on"] != before.event["starts_on"]
    expected = moved or set(was.days) <= {day for run in wanted for day in run.days}
    if was.session is not None and member.session_ids is not None:
        expected = was.session in member.session_ids
    return "replaced" if expected else "days"


def _renewed(post: Post, member: Member) -> list[tuple[Member, Invitation]]:
    ended = {one.id: one for one in member.invitations if one.cancelled_at is not None}
    match = match_runs(
        {number: run_of(one, post.event) for number, one in ended.items()},
        runs_of(post.event, member.days, member.session_ids),
    )
    pairs = []
    for number, run in match.kept:
        _renew(post, ended[number], run, ask_again=True)
        pairs.append((member, ended[number]))
    pairs += [(member, _new_invitation(post, member, run)) for run in match.added]
    return pairs


def _renew(post: Post, invitation: Invitation, run: Run, *, ask_again: bool) -> None:
    invitation.days, invitation.session_id = list(run.days), run.session
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
        session_id=run.session,
        sequence=0,
        min_sequence=0,
        partstat="NEEDS-ACTION",
        changed_at=post.now,
        day_answers=[],
    )
    member.invitations.append(invitation)
    return invitation


def _end(post: Post, invitation: Invitation) -> None:
    invitation.sequence += 1
    invitation.cancelled_at = invitation.changed_at = post.now
