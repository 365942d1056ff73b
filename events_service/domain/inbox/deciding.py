"""A person decides about a mail that was held: what it says is carried out, or it is dismissed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.answering import Setting, answers_in, settle_one
from events_service.domain.inbox.finding import Finding
from events_service.domain.inbox.matching import claims_of, concerned_by
from events_service.domain.inbox.settling import read_and_proven
from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.substituting import substitute
from events_service.itip.answers import CalendarAnswer
from events_service.itip.reading import CalendarUnreadable
from events_service.model import Account, Delegation, InboundMail, Invitation, Member
from events_service.model.inbox import HELD, Decision
from events_service.translation import gettext as _


def apply_held(
    session: Session, settings: Settings, mail: InboundMail, account: Account, *, now: datetime
) -> None:
    """Carry out what the mail says, as if it proved whose it is; all its other rules hold. Of
    several answers that is the one that was shown; the others came to what they came to.

    One that came too late counts for the invitation as it stands now, since a person says so.
    An answer is written down, a proposed time becomes an open proposal, a delegate takes the
    place of who was named by letters that wait to be read, a letter in words is marked as read.
    Conflict says why it can't be.
    """
    _hold_undecided(session, mail)
    if mail.claims is None and mail.outcome == "quarantined":
        raise Conflict(_not_carried_out(mail.reason))
    if mail.claims is not None:
        _carry_out(session, settings, mail, now)
    _note(session, mail, "applied", account, now)


def dismiss_held(session: Session, mail: InboundMail, account: Account, *, now: datetime) -> None:
    """Change nothing; the mail stays in the archive."""
    _hold_undecided(session, mail)
    _note(session, mail, "dismissed", account, now)


def bring_back(session: Session, mail: InboundMail) -> None:
    """Undo a dismissal: the mail waits for a decision again."""
    session.refresh(mail, with_for_update=True)
    if mail.decision != "dismissed":
        raise Conflict(_("This mail was not dismissed, so there is nothing to bring back."))
    mail.decision, mail.decided_at, mail.decided_by_id = None, None, None
    session.flush()


def _carry_out(session: Session, settings: Settings, mail: InboundMail, now: datetime) -> None:
    _hold_delegation(session, mail)
    read, proven = read_and_proven(settings, mail)
    concerned = concerned_by(session, read, proven)
    at = Setting(session, settings, mail, read, proven, concerned, now, vouched=True)
    answer = _shown(at)
    finding = settle_one(at, answer)
    if answer.said == "DELEGATED":
        finding = _substitute(at, answer, finding)
    elif finding.outcome in HELD:
        raise Conflict(_not_carried_out(finding.reason))
    mail.partstat = finding.partstat


def _shown(at: Setting) -> CalendarAnswer:
    """The one answer of the mail that people read before they decided."""
    try:
        answers = answers_in(at.read)
    except CalendarUnreadable as problem:
        raise Conflict(_not_carried_out(problem)) from None
    for answer in answers:
        said = claims_of(answer)
        # How its day was told is left out: by the day, or by the moment at which it begins.
        if said == {**said, **(at.mail.claims or {}), "day": said["day"]}:
            return answer
    raise Conflict(_("This can’t be carried out, since it reads differently now. Write to them."))


def _hold_delegation(session: Session, mail: InboundMail) -> None:
    """Held before any invitation of it, in the order in which registrations and moves hold them."""
    city_invitation = session.scalar(
        select(Delegation.city_invitation_id)
        .join(Member, Member.delegation_id == Delegation.id)
        .join(Invitation, Invitation.member_id == Member.id)
        .where(Invitation.id == mail.invitation_id)
    )
    if city_invitation is not None:
        locked_delegation(session, city_invitation)


def _substitute(at: Setting, answer: CalendarAnswer, finding: Finding) -> Finding:
    """What was found about a delegation is that it is for a person to decide, who has."""
    if finding.outcome != "review" or answer.delegated_to is None or finding.invitation_id is None:
        raise Conflict(_not_carried_out(finding.reason))
    invitation = at.session.get_one(Invitation, finding.invitation_id)
    # Of the delegate only the address is known: it stands for the name until the city mends it.
    delegate = PersonDraft(name=answer.delegated_to, address=answer.delegated_to)
    substitute(at.session, at.settings, invitation.member, delegate, now=at.now, for_approval=True)
    return replace(finding, partstat=invitation.partstat)


def _hold_undecided(session: Session, mail: InboundMail) -> None:
    session.refresh(mail, with_for_update=True)
    if mail.decided_at is not None:
        raise Conflict(_("This mail was decided about already."))
    if mail.outcome not in HELD:
        raise Conflict(_("This mail does not wait for a decision."))


def _not_carried_out(reason: object) -> str:
    return _("This can’t be carried out. %(reason)s", reason=reason)


def _note(
    session: Session, mail: InboundMail, decision: Decision, account: Account, now: datetime
) -> None:
    mail.decision, mail.decided_at, mail.decided_by_id = decision, now, account.id
    session.flush()
