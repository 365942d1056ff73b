"""An organiser's own words in the letters of a change: the same for all, or for one."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.change_letter import keyed
from events_service.domain.scheduling.event_change import LONGEST_WORDS
from events_service.domain.scheduling.pending import hold_waiting
from events_service.model import OutboxMail, PendingChange
from events_service.translation import gettext as _

ALL = ""  # the key of words that stand in every letter which has none of its own
LONGEST_KEY = 80


def edit_wording(
    session: Session, event_id: int, change_id: int, key: str, words: str, *, now: datetime
) -> None:
    """Put these words into the letter of that key, or into all; none: take them out again.
    Conflict unless the change waits in the outbox."""
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_WORDS:
        raise Refusal(_("Shorten your words to %(most)s characters.", most=f"{LONGEST_WORDS:,}"))
    if len(key) > LONGEST_KEY:
        raise Refusal(_("There is no such letter."))
    pending = hold_waiting(session, event_id, change_id)
    others = {one: kept for one, kept in pending.wordings.items() if one != key}
    pending.wordings = {**others, key: words} if words else others
    pending.asked_at = now
    session.flush()


def put_words(mails: Iterable[OutboxMail], wordings: Mapping[str, str]) -> None:
    if wordings:
        for key, mail in keyed(mails):
            words = wordings.get(key) or wordings.get(ALL)
            if words:
                mail.facts = {**mail.facts, "words": words}


def words_for(pending: PendingChange, key: str) -> str:
    """What was written for this key; may be empty."""
    return pending.wordings.get(key, "")
