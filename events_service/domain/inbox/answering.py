"""Answers of calendar programs: matched, trusted or held, and carried out."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.applying import participation, rule_and_apply
from events_service.domain.inbox.countering import keep_proposal
from events_service.domain.inbox.finding import Finding, most_serious
from events_service.domain.inbox.matching import (
    Concerned,
    claims_of,
    event_of,
    invitations_held,
    is_invited,
    is_their_office,
)
from events_service.domain.inbox.occurrences import day_begun, starts_of
from events_service.domain.inbox.trust import Proven, distrust, same_address
from events_service.domain.registration.sending_again import NeverSent, SentTooOften, send_again
from events_service.incoming.mail import IncomingMail
from events_service.itip.answers import CalendarAnswer, Moment
from events_service.itip.reading import CalendarUnreadable, read_answers
from events_service.model import InboundMail, Invitation

UNKNOWN = "It answers an invitation that is not known here."
NO_SUCH_DAY = "It answers a single day, but none that this invitation has now."


@dataclass(frozen=True)
class Setting:
    """What the answers of one mail are settled with. `vouched`: a person read the one answer that
    is settled and decided to carry it out, so that nothing has to prove whose it is."""

    session: Session
    settings: Settings
    mail: InboundMail
    read: IncomingMail
    proven: Proven
    concerned: Concerned
    now: datetime
    vouched: bool = False

    @property
    def late_but_wanted(self) -> bool:
        """A person read that the answer came too late, and decided that it counts all the same."""
        return self.vouched and self.mail.outcome == "stale"


def answers_in(read: IncomingMail) -> list[CalendarAnswer]:
    """Every answer once: programs attach what they also write into the mail. CalendarUnreadable
    when one part can't be read, since the mail is then for a person as a whole."""
    return list(dict.fromkeys(one for ics in read.calendars for one in read_answers(ics)))


def settle_answers(at: Setting) -> Finding:
    try:
        answers = answers_in(at.read)
    except CalendarUnreadable as problem:
        return at.concerned.mark(Finding("quarantined", str(problem)))
    held = invitations_held(at.session, {answer.uid for answer in answers})
    return most_serious([_settle_one(at, one, held.get(one.uid)) for one in answers])


def settle_one(at: Setting, answer: CalendarAnswer) -> Finding:
    """What one answer of the mail comes to, whatever else it holds."""
    return _settle_one(at, answer, invitations_held(at.session, [answer.uid]).get(answer.uid))


def _settle_one(at: Setting, answer: CalendarAnswer, invitation: Invitation | None) -> Finding:
    if invitation is None:
        return at.concerned.mark(Finding("quarantined", UNKNOWN, claims_of(answer)))
    event = event_of(invitation)
    starts = starts_of(invitation, event)
    day = None
    finding = _held_back(at, answer, invitation)
    if finding is None and answer.recurrence_id is not None:
        day = day_begun(starts, answer.recurrence_id)
        finding = Finding("review", NO_SUCH_DAY) if day is None else None
        day = day if len(starts) > 1 else None  # of one day, an answer to it is to all
    if finding is None:
        finding = _carry_out(at, answer, invitation, starts, day)
    return replace(
        finding,
        claims=claims_of(answer, day),
        event_id=event.id,
        invitation_id=invitation.id,
        partstat=participation(invitation, day),
    )


def _held_back(at: Setting, answer: CalendarAnswer, invitation: Invitation) -> Finding | None:
    """Why a person has to look at the answer first; None when it can be carried out."""
    name, address = invitation.member.name, invitation.member.address
    if not is_invited(answer, invitation):
        if not is_their_office(answer, invitation):
            reason = f"{answer.attendee} answers, and was not invited: {name} ({address}) was."
            return Finding("review", reason)
        if not at.vouched:
            return Finding("review", f"{answer.attendee}, their office, answers for {name}.")
    if at.vouched:
        return None
    if answer.sent_by is not None and not same_address(answer.sent_by, answer.attendee):
        return Finding("review", f"{answer.sent_by} answers for {name}.")
    doubt = distrust(
        answer.attendee,
        invitation.id,
        at.proven,
        sender=at.read.sender,
        dmarc_passed=at.read.dmarc_passed,
    )
    return Finding("review", doubt) if doubt else None


def _carry_out(
    at: Setting,
    answer: CalendarAnswer,
    invitation: Invitation,
    starts: dict[Any, Moment],
    day: Any,
) -> Finding:
    received_at = at.mail.received_at
    if at.late_but_wanted:  # it counts for the invitation as it stands, from now on
        answer = replace(answer, sequence=invitation.sequence, dtstamp=at.now)
        received_at = at.now
    if answer.method == "COUNTER":
        return keep_proposal(at.session, at.mail, answer, invitation, day, vouched=at.vouched)
    if answer.method == "REFRESH":
        return _refresh(at, invitation)
    ruling = rule_and_apply(
        at.session, at.mail, answer, invitation, starts, day, received_at=received_at, now=at.now
    )
    return Finding(ruling.outcome, ruling.reason)


def _refresh(at: Setting, invitation: Invitation) -> Finding:
    try:
        send_again(at.session, at.settings, invitation, cause=f"mail-{at.mail.id}", now=at.now)
    except SentTooOften as refused:
        return Finding("unchanged", str(refused))
    except NeverSent as refused:
        return Finding("review", str(refused))
    return Finding("applied", "Asked for the invitation, which was sent again.")
