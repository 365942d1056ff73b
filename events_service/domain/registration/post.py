"""The letters about one delegation that one change causes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import Recipient, promised, write_down
from events_service.domain.snapshot import event_facts
from events_service.letters.facts import EventFacts
from events_service.model import Delegation, Event


class Post:
    """Facts gathered once, rows written by one statement when the block ends. Use it as
    `with Post(…) as post:`. `for_approval`: the letters wait as drafts until somebody releases
    them, and are those of what an organiser decided at `now`."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        delegation: Delegation,
        *,
        now: datetime,
        for_approval: bool = False,
    ) -> None:
        self.session, self.settings, self.now = session, settings, now
        self.delegation, self.for_approval = delegation, for_approval
        self.event: Event = delegation.event
        self.facts: EventFacts = event_facts(delegation.event)
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            write_down(self.session, self._rows)

    @property
    def holds_letters(self) -> bool:
        return bool(self._rows)

    def promise(
        self,
        letter: str,
        to: Recipient,
        *,
        key: str,
        facts: Mapping[str, Any],
        member_id: int | None = None,
        invitation_id: int | None = None,
    ) -> None:
        self._rows.append(
            promised(
                letter,
                to,
                key=key,
                facts=facts,
                now=self.now,
                mail_domain=self.settings.mail_domain,
                for_approval=self.for_approval,
                decided_at=self.now if self.for_approval else None,
                event_id=self.event.id,
                city_id=self.delegation.city_id,
                member_id=member_id,
                invitation_id=invitation_id,
            )
        )
