"""Whether what a held mail says can be carried out; if not, what an organiser does instead."""

from datetime import date, datetime

from events_service.domain.inbox.occurrences import day_begun, starts_of
from events_service.domain.inbox.trust import same_address
from events_service.itip.answers import Moment
from events_service.itip.cleaning import one_line
from events_service.model import Event, InboundMail, Invitation
from events_service.translation import gettext as _


def can_be_applied(mail: InboundMail, event: Event) -> bool:
    """Whether it waits and holds an answer that fits; other mail can only be read."""
    return mail.is_held and mail.claims is not None and not what_instead(mail, event)


def what_instead(mail: InboundMail, event: Event) -> str:
    """What to do about an answer that fits no invitation; empty where it fits, or there is none."""
    claims, invitation = mail.claims, mail.invitation
    if claims is None:
        return ""
    who = one_line(str(claims.get("attendee") or mail.sender or _("the sender")))
    if invitation is None or claims.get("uid") != invitation.uid:
        return _("If %(who)s is to come, ask the city to name them.", who=who)
    name = one_line(invitation.member.name)
    if claims.get("said") == "DELEGATED":  # a person decides about it, whoever wrote
        named = claims.get("delegated_to")
        if named:
            return ""
        return _("Ask %(name)s who is to come instead, and the city to name them.", name=name)
    if not _may_answer(who, invitation):
        return _("If %(who)s is to come, ask the city to name them.", who=who)
    if not _has_day(claims.get("recurrence_id"), invitation, event):
        return _("Ask %(name)s to answer once more, to the invitation as it is now.", name=name)
    return ""


def _may_answer(who: str, invitation: Invitation) -> bool:
    office = invitation.member.assistant_address
    return any(same_address(who, one) for one in (invitation.member.address, office) if one)


def _has_day(begins: object, invitation: Invitation, event: Event) -> bool:
    """`begins`: the start of a single day in ISO form; none is of all days, which it has."""
    if not begins:
        return True
    return day_begun(starts_of(invitation, event), _moment(str(begins))) is not None


def _moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
