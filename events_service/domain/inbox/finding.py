"""What was made of a mail, or of one answer in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from events_service.domain.inbox.words import kept
from events_service.model import InboundMail
from events_service.model.inbox import Outcome
from events_service.model.registration import ParticipationStatus

# The first of these that there is says what the whole mail came to.
_MOST_SERIOUS_FIRST: tuple[Outcome, ...] = (
    "quarantined",
    "review",
    "proposal",
    "stale",
    "applied",
    "unchanged",
    "bounce",
    "auto-reply",
)


@dataclass(frozen=True)
class Finding:
    """`reason` is for organisers, in words. `partstat`: the participation afterwards."""

    outcome: Outcome
    reason: str
    claims: dict[str, Any] | None = None
    event_id: int | None = None
    invitation_id: int | None = None
    outbox_mail_id: int | None = None
    partstat: ParticipationStatus | None = None


def most_serious(findings: Sequence[Finding]) -> Finding:
    """The one that is shown of several (at least one), at the event that any of them is about."""
    order = sorted(findings, key=lambda one: _MOST_SERIOUS_FIRST.index(one.outcome))
    worst = order[0]
    if worst.event_id is None:
        worst = replace(worst, event_id=next((one.event_id for one in order if one.event_id), None))
    if len(order) == 1:
        return worst
    others = f"{len(order) - 1} more answer{'s' if len(order) > 2 else ''}"
    return replace(worst, reason=f"{worst.reason} The mail holds {others}.")


def write_finding(mail: InboundMail, finding: Finding, *, now: datetime) -> None:
    mail.outcome, mail.reason = finding.outcome, kept(finding.reason)
    mail.claims, mail.partstat = finding.claims, finding.partstat
    mail.event_id, mail.invitation_id = finding.event_id, finding.invitation_id
    mail.outbox_mail_id, mail.read_at = finding.outbox_mail_id, now
