"""A letter tried on whoever is about to release it. Its links open nothing, and it puts nothing
into a calendar."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import promise
from events_service.domain.recipients import recipient_with
from events_service.letters.trial import LetterTestFacts
from events_service.model import Account


def promise_test(
    session: Session,
    settings: Settings,
    account: Account,
    facts: LetterTestFacts,
    *,
    of: str,
    now: datetime,
) -> None:
    """To the organiser alone, at once, marked as a test. `of`: names the letter among all."""
    promise(
        session,
        "letter_test",
        recipient_with(account),
        key=f"letter_test:{account.id}:{of}:{now.isoformat()}",
        facts=facts,
        now=now,
        mail_domain=settings.mail_domain,
    )
