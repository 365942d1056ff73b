"""The cities' chapters: delegations, their letters, their answers, and a waiting list."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.schedule import invitation_of
from events_service.demo.story import Happened, Story
from events_service.domain.registration.answers import answer
from events_service.domain.registration.calendars import standing
from events_service.domain.registration.confirming import confirm_delegation, withdraw_delegation
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import days_of, members_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.reporting.wording import in_words
from events_service.model import City, Delegation, Event, Invitation, Member, OutboxMail
from events_service.model.registration import ParticipationStatus

DELEGATIONS = {
    "newark": ["Deputy mayor", "Director of public safety", "Schools liaison"],
    "boise": ["Mayor’s chief of staff", "Community engagement lead"],
    "bratislava": ["Deputy mayor for public safety", "Prevention coordinator"],
    "edmonton": ["City councillor", "Anti-racism programme lead"],
    "helsinki": ["Head of community relations"],
}
ELECTED = ("Mayor", "Deputy mayor", "Deputy mayor for public safety", "City councillor")
ANSWERS: tuple[ParticipationStatus, ...] = ("ACCEPTED", "ACCEPTED", "TENTATIVE", "DECLINED")
ROOM = 4  # seats of the small room in Strasbourg
IN_THE_SMALL_ROOM = {
    "newark": ["Deputy mayor", "Schools liaison"],
    "boise": ["Mayor’s chief of staff", "Community engagement lead"],
    "berlin": ["State secretary", "Prevention officer"],
}


def cities_register(story: Story) -> Happened:
    with transaction() as db:
        event = story.coming(db, "stockholm")
        for city_slug, roles in DELEGATIONS.items():
            register(db, story, event, city_slug, roles)
        invitation = invitation_of(db, event, "newark")
        people = sum(len(roles) for roles in DELEGATIONS.values())
        return Happened(
            f"{in_words(len(DELEGATIONS)).capitalize()} cities name {in_words(people)} people",
            story.link("r", "city", invitation.id, invitation.link_version),
        )


def register(db: Session, story: Story, event: Event, city_slug: str, roles: Sequence[str]) -> str:
    """A city fills in its form and confirms; a city that has done so is left alone. The state of
    its delegation then."""
    invitation = invitation_of(db, event, city_slug)
    if invitation.delegation is None:
        save_draft(db, invitation, draft_of_people(invitation.city, event, roles), now=story.now)
        confirm_delegation(db, story.settings, invitation.id, now=story.now)
    db.refresh(invitation, ["delegation"])
    return invitation.delegation.state if invitation.delegation else "draft"


def draft_of_people(city: City, event: Event, roles: Sequence[str]) -> DelegationDraft:
    """Role-named people at example.org; the lead's assistant is copied."""
    days = tuple(days_of(event))
    people = [replace(person_of(city, role), days=days) for role in roles]
    people[0] = replace(people[0], assistant_address=f"assistant@{city.slug}.example.org")
    return DelegationDraft(city.contacts[0].address, tuple(people))


def person_of(city: City, role: str) -> PersonDraft:
    return PersonDraft(
        name=f"{role}, {city.name}",
        role=role,
        address=f"{_as_address(role)}@{city.slug}.example.org",
        is_elected=role in ELECTED,
    )


def _as_address(role: str) -> str:
    return "-".join(word for word in role.lower().replace("’", "").split() if word.isascii())


def letters_arrive(story: Story) -> Happened:
    story.wait_for_mail("the letters to the delegations")
    with transaction() as db:
        event = story.coming(db, "stockholm")
        sent = db.scalars(
            select(OutboxMail)
            .join(Member, Member.id == OutboxMail.member_id)
            .where(
                OutboxMail.event_id == event.id,
                OutboxMail.letter == "member_invited",
                Member.removed_at.is_(None),
            )
            .order_by(OutboxMail.id)
        ).all()
        people = len({mail.member_id for mail in sent})
        return Happened(
            f"{in_words(people).capitalize()} people have a letter with a calendar invitation",
            story.url(f"/staff/mailbox/{sent[0].id}"),
        )


def people_answer(story: Story) -> Happened:
    with transaction() as db:
        event = story.coming(db, "stockholm")
        words = cycle(ANSWERS)
        delegations = db.scalars(
            select(Delegation).where(Delegation.event_id == event.id).order_by(Delegation.id)
        ).all()
        silent = [] if _answered(db, event) else delegations[:-1]  # one city answers later
        for delegation in silent:
            for member in members_of(delegation):
                said = next(words)
                open_ones = {one.id: said for one in standing(member) if not one.answered_at}
                if open_ones:
                    answer(member, open_ones, now=story.now)
        return Happened(
            f"{in_words(_answered(db, event)).capitalize()} people answer on their page",
            story.url(f"/organise/events/{event.id}"),
        )


def _answered(db: Session, event: Event) -> int:
    """How many have answered on their page."""
    answered = db.scalar(
        select(func.count(Invitation.member_id.distinct()))
        .join(Member)
        .join(Delegation)
        .where(Delegation.event_id == event.id, Invitation.answered_by == "page")
    )
    return answered or 0


def a_city_waits_and_is_promoted(story: Story) -> Happened:
    """A small room fills up, a third city waits whole, and moves up when another withdraws."""
    with transaction() as db:
        event = story.coming(db, "strasbourg")
        if event.seats_taken == 0:
            event.capacity = ROOM
            db.flush()
        for city_slug, roles in IN_THE_SMALL_ROOM.items():
            state = register(db, story, event, city_slug, roles)
        waited = state == "waitlisted"
        number = event.id
    with transaction() as db:
        invitation = invitation_of(db, story.coming(db, "strasbourg"), "newark")
        withdraw_delegation(db, story.settings, invitation.id, now=story.now)
    story.wait_for_mail("the letters about the waiting list")
    with transaction() as db:
        berlin = invitation_of(db, story.coming(db, "strasbourg"), "berlin")
        promoted = bool(berlin.delegation and berlin.delegation.state == "confirmed")
    return Happened(
        f"Strasbourg has a room for {in_words(ROOM)}: Berlin "
        f"{'waited' if waited else 'had waited'}, Newark withdrew, "
        f"Berlin {'has its places' if promoted else 'waits'}",
        story.url(f"/organise/events/{number}"),
    )
