"""A workshop with a registered city, and the inbox that their answers come to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.archive import archive
from events_service.domain.inbox.settling import settle_inbound
from events_service.model import Account, InboundMail, Invitation, Member
from tests import cast, office
from tests.conftest import TestClock
from tests.domain.inbox import written

TRUSTED = "mx.events.example.org"


@dataclass
class Inbox:
    """A workshop to which Newark sends its mayor and an adviser, on all three days."""

    db: Session
    settings: Settings
    clock: TestClock
    mayor: Member
    adviser: Member

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def invitation(self) -> Invitation:
        """The mayor's."""
        return self.mayor.invitations[0]

    def takes(self, raw: bytes, *recipients: str) -> InboundMail:
        """The mail, archived and read."""
        number = archive(self.db, raw, door="smtp", recipients=recipients, now=self.now)
        mail = self.db.get_one(InboundMail, number)
        settle_inbound(self.db, self.settings, mail, now=self.now)
        return mail

    def answers(self, said: str, **given: Any) -> InboundMail:
        """The mayor's calendar answers, to the address in the invitation."""
        raw = written.answer(self.invitation, said, **{"at": self.now, **given})
        return self.takes(raw, written.rsvp(self.invitation))

    def later(self, minutes: int = 1) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    def letters(self, *names: str) -> list[tuple[str, str]]:
        """Promised since the last call."""
        return office.letters(self.db, *names)

    def stands(self, invitation: Invitation | None = None) -> tuple[str, str | None, int | None]:
        one = invitation or self.invitation
        self.db.refresh(one)
        return one.partstat, one.answered_by, one.reply_sequence


@pytest.fixture
def inbox(db: Session, settings: Settings, clock: TestClock) -> Inbox:
    trusting = replace(settings, inbox_trusted_servers=TRUSTED)
    event = cast.event(db, days=3)
    invitation = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    mayor, adviser = office.people_of(invitation)
    clock.advance(timedelta(days=1))
    return Inbox(db, trusting, clock, mayor, adviser)


@pytest.fixture
def organiser(db: Session, clock: TestClock) -> Account:
    account = Account(
        address="organiser@example.org", name="Organiser", role="staff", created_at=clock.now
    )
    db.add(account)
    db.flush()
    return account
