"""A proposed time beside the one that is set, in words, on the clocks of the host city."""

from dataclasses import dataclass

from events_service.domain.inbox.occurrences import bounds_of
from events_service.itip.cleaning import lines, one_line
from events_service.letters.dates import zone_label
from events_service.model import Event, TimeProposal
from events_service.translation import gettext as _
from events_service.web.organiser.claims import span_words


@dataclass(frozen=True)
class Proposed:
    proposal: TimeProposal
    who: str
    city: str
    now: str
    then: str
    clocks: str  # Stockholm time (UTC+2)
    comment: str


def proposed(proposal: TimeProposal, event: Event) -> Proposed:
    invitation = proposal.invitation
    several = proposal.day is None and len(invitation.days) > 1
    days = len(invitation.days) if several else 1
    stands = span_words(*bounds_of(invitation, event, proposal.day), event.zone)
    offered = span_words(proposal.starts_at, proposal.ends_at, event.zone)
    return Proposed(
        proposal,
        one_line(invitation.member.name),
        invitation.member.delegation.city.name,
        _of_days(stands, days),
        _of_days(offered, days),
        _(
            "%(city)s time (%(zone)s)",
            city=event.city.name,
            zone=zone_label(event.zone, proposal.starts_at),
        ),
        lines(proposal.comment),
    )


def _of_days(span: str, days: int) -> str:
    if days == 1:
        return span
    return _("%(span)s, the first of %(days)s days", span=span, days=days)
