"""People with invitations in a database of a test's own, and their answers on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.inbox.archive import archive
from events_service.model import InboundMail, Invitation, Member
from tests import cast, office
from tests.conftest import SECRET, TestClock
from tests.domain.inbox import written

NOBODY = "redis://:none@127.0.0.1:1/0"


@dataclass(frozen=True)
class Person:
    """Somebody who was invited, and the mail that accepts."""

    invitation_id: int
    recipient: str
    accepts: bytes


def people_invited(count: int) -> list[Person]:
    """Members of Newark's delegation, committed."""
    settings = Settings(database_url="postgresql://", redis_url=NOBODY, secret_key=SECRET)
    with transaction() as session:
        event = cast.event(session, capacity=100)
        office.registered(session, settings, TestClock(), event, "Newark", "Mayor")
        mayor = session.scalars(select(Member)).one()
        for number in range(count - 1):
            session.add(_colleague(mayor, number))
        session.flush()
        return [_person(one) for one in session.scalars(select(Invitation).order_by(Invitation.id))]


def _colleague(mayor: Member, number: int) -> Member:
    like = mayor.invitations[0]
    return Member(
        delegation=mayor.delegation,
        position=number + 1,
        name=f"Adviser {number}",
        address=f"adviser-{number}@newark.example.org",
        days=mayor.days,
        invitations=[
            Invitation(uid=f"{number}-{like.uid}", days=like.days, changed_at=like.changed_at)
        ],
    )


def _person(invitation: Invitation) -> Person:
    at = datetime.now(UTC)
    raw = written.answer(invitation, "ACCEPTED", at=at)
    return Person(invitation.id, written.rsvp(invitation), raw)


def deliver(people: Sequence[Person]) -> None:
    with transaction() as session:
        for one in people:
            archive(
                session,
                one.accepts,
                door="command",
                recipients=[one.recipient],
                now=datetime.now(UTC),
            )


def outcomes() -> dict[str | None, int]:
    with transaction() as session:
        counted = select(InboundMail.outcome, func.count()).group_by(InboundMail.outcome)
        return {row.outcome: row[1] for row in session.execute(counted)}


def tries() -> list[int]:
    with transaction() as session:
        return list(session.scalars(select(InboundMail.attempts).order_by(InboundMail.id)))


def held_row(session: Session, person: Person) -> None:
    """Keep that invitation from everybody else until the transaction ends."""
    session.scalars(
        select(Invitation).where(Invitation.id == person.invitation_id).with_for_update()
    ).one()
