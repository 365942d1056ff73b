"""A city sends somebody else in place of a person whose place is confirmed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.registration import person_of
from events_service.demo.story import Happened, Story
from events_service.domain.registration.substituting import substitute
from events_service.model import City, Delegation, Event, Member, OutboxMail

CITY = "boise"
LEAVES, COMES = "Community engagement lead", "Youth services lead"


def somebody_else_comes(story: Story) -> Happened:
    """The seat stays the city's: one calendar is cleared, another filled."""
    with transaction() as db:
        event = story.coming(db, "stockholm")
        leaves = _member(db, event, LEAVES)
        if leaves.removed_at is None:
            comes = person_of(leaves.delegation.city, COMES)
            substitute(db, story.settings, leaves, comes, now=story.now)
    story.wait_for_mail("the letters about who comes instead")
    with transaction() as db:
        event = story.coming(db, "stockholm")
        cancelled = _last_letter(db, _member(db, event, LEAVES))
        invited = _last_letter(db, _member(db, event, COMES))
        return Happened(
            "Boise sends its youth services lead in place of its community engagement lead: one "
            f"calendar is cleared ({cancelled.calendar_method}), another is filled "
            f"({invited.calendar_method})",
            story.url(f"/staff/mailbox/{cancelled.id}"),
        )


def _member(db: Session, event: Event, role: str) -> Member:
    return db.scalars(
        select(Member)
        .join(Delegation)
        .join(City, City.id == Delegation.city_id)
        .where(Delegation.event_id == event.id, City.slug == CITY, Member.role == role)
    ).one()


def _last_letter(db: Session, member: Member) -> OutboxMail:
    return db.scalars(
        select(OutboxMail)
        .where(OutboxMail.member_id == member.id, OutboxMail.calendar_method.is_not(None))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    ).one()
