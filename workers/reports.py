"""Reports that staff asked for: drafted from attendance and records."""

from events_service.db import transaction
from events_service.domain.reporting.drafting import claim_draft, write_draft
from workers.process import Turn, now


def draft_reports() -> None:
    """Draft until no report waits or the turn is over."""
    turn = Turn()
    while not turn.over and _draft_one():
        pass


def _draft_one() -> bool:
    with transaction() as session:
        claim = claim_draft(session)
    if claim is None:
        return False
    # Apart from the claim, so that the page shows that a worker is at it.
    with transaction() as session:
        write_draft(session, claim, now=now())
    return True
