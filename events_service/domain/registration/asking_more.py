"""A delegation that has its places would come with more people, where an organiser decides about
each: the list as it is typed waits whole, and until then everything stands as it was."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration import decision_letters
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import members_of
from events_service.domain.registration.outcome import Outcome
from events_service.domain.registration.post import Post
from events_service.model import Delegation

ASKED = "asked"  # in a draft: it was handed in as it is. Whoever types on takes it back by that


def asks_for_more(delegation: Delegation) -> bool:
    """It has its places, and its city has asked to come with more people."""
    draft = delegation.draft
    return delegation.state == "confirmed" and draft is not None and bool(draft.get(ASKED))


def ask_for_more(
    session: Session, settings: Settings, delegation: Delegation, *, now: datetime
) -> Outcome:
    """Hand in the draft of a delegation that is held. Once: pressed again, nothing happens."""
    assert delegation.draft is not None
    if asks_for_more(delegation):
        return Outcome("asked")
    delegation.draft = {**delegation.draft, ASKED: True}
    delegation.submitted_at = now
    delegation.version += 1
    draft = DelegationDraft.from_json(delegation.draft)
    with Post(session, settings, delegation, now=now) as post:
        decision_letters.asked_for_more(post, members_of(delegation), len(draft.people))
    return Outcome("asked")


def stop_asking(delegation: Delegation) -> None:
    """What was typed is kept."""
    assert delegation.draft is not None
    delegation.draft = {**delegation.draft, ASKED: False}
    delegation.submitted_at = None
