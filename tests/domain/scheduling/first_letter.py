"""An organiser at the desk, with the first letter to one city."""

from datetime import timedelta

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import batch, desk
from events_service.domain.scheduling.city_invitations import invite_cities
from events_service.domain.scheduling.invitees import Invitee
from events_service.model import Account, CityInvitation, Event, OutboxMail
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague

FIRST = "city_invited"


class Desk:
    """An organiser who has drafted the letter to Boise, 40 days before registration closes."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock) -> None:
        self.db, self.settings, self.clock = db, settings, clock
        self.event: Event = cast.event(db)
        self.me: Account = colleague(db, "Workshop lead", "organiser")
        clock.now = self.event.registration_closes_at - timedelta(days=40)
        [self.boise] = self.invite()

    def invite(
        self, address: str = "mayor@boise.example.org", seats: int = 3
    ) -> list[CityInvitation]:
        one = Invitee(cast.city(self.db, "Boise").id, address, "Mayor", seats)
        return invite_cities(self.db, self.settings, self.event, [one], now=self.clock.now)

    def leave_out(self) -> None:
        desk.leave_group_out(self.db, self.event.id, FIRST, self.me, now=self.clock.now)
        self.db.expire_all()

    def release(self) -> None:
        office.release_all(self.db, self.settings, self.clock, self.event, self.me)
        self.db.expire_all()

    def undo(self) -> None:
        released = self.clock.now
        self.clock.advance(timedelta(seconds=20))
        batch.take_back(self.db, self.event.id, released)
        self.db.expire_all()

    def happens(self, what: str) -> None:
        """Of the letter: it waits, is left_out, released or taken_back."""
        match what:
            case "left_out":
                self.leave_out()
            case "released":
                self.release()
            case "taken_back":
                self.release()
                self.undo()

    def letters(self) -> list[tuple[str, str, str]]:
        mails = self.db.query(OutboxMail).order_by(OutboxMail.id).populate_existing()
        return [(one.letter, one.to_address, one.state) for one in mails]
