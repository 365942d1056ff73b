"""An organiser decides: places kept for some, delegations approved, turned down or wait-listed, the
letters about it read and released, and part of its places offered to a city that waits."""

from dataclasses import dataclass
from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.registration import register
from events_service.demo.schedule import invitation_of, invitees
from events_service.demo.story import Happened, Story
from events_service.domain.delivery.approval import digest_of
from events_service.domain.delivery.desk import reword_letter
from events_service.domain.delivery.outbox_groups import waiting_letters
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.deciding_many import Decision, decide
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.keeping import keep_seats
from events_service.domain.registration.offering import offer_part
from events_service.domain.registration.saving import save_draft, standing
from events_service.domain.registration.seating import quotas_of, used_of
from events_service.domain.reporting.wording import in_words, sentence
from events_service.domain.scheduling.city_invitations import invite_cities
from events_service.domain.scheduling.event_plan import EventPlan, PartnerPlan
from events_service.domain.scheduling.events import edit_event
from events_service.domain.scheduling.local_time import instant_of
from events_service.model import Delegation, Event, OutboxMail

HOST = "columbus"
ROOM, KEPT = 9, 4  # places of the room, and how many of them are kept for new cities
OFFERED = 2  # of three
TO_ANSWER = timedelta(days=10)
HANDED_IN = {
    "newark": ["Deputy mayor", "Director of public safety", "Schools liaison"],
    "dijon": ["Deputy mayor", "Prevention coordinator", "Mediation lead"],
    "edmonton": ["City councillor", "Anti-racism programme lead"],
    "helsinki": ["Deputy mayor", "Head of community relations", "Youth work coordinator"],
    "boise": ["Community engagement lead"],
    "bratislava": ["Prevention coordinator"],
}


@dataclass(frozen=True)
class Decided:
    decision: Decision
    cities: tuple[str, ...]
    because: str = ""


DECISIONS = (
    Decided("approve", ("newark", "dijon")),
    Decided(
        "turn_down",
        ("edmonton",),
        "The room in Columbus is small, and what your people work on belongs to Cape Town, "
        "where there is room for all of you.",
    ),
    Decided("waitlist", ("helsinki",)),
)
WORDS_TO_EDMONTON = "Thank you for naming your people so early. We look forward to meeting them."


def places_are_kept_for_new_cities(story: Story) -> Happened:
    with transaction() as db:
        event = story.coming(db, HOST)
        is_new = not event.approves_delegations
        if is_new:
            edit_event(db, story.settings, event, _small_and_approved(event), now=story.now)
            asked = invitees(db, event, tuple(HANDED_IN))
            invite_cities(db, story.settings, event, asked, now=story.now)
            keep_seats(db, story.settings, event, {"new_cities": KEPT}, {}, now=story.now)
    if is_new:
        story.release(HOST)
    with transaction() as db:
        event = story.coming(db, HOST)
        kept = quotas_of(event).get("new_cities", 0)
        return Happened(
            f"Columbus has a room for {in_words(event.capacity)}, with {in_words(kept)} places "
            f"kept for new cities; {in_words(len(HANDED_IN))} cities are asked, one of them new",
            story.url(f"/organise/events/{event.id}/kept-places"),
        )


def _small_and_approved(event: Event) -> EventPlan:
    """The event as it stands, but with few places and each delegation approved."""
    closes = event.registration_closes_at.astimezone(event.zone)
    return EventPlan(
        title=event.title,
        city_id=event.city_id,
        timezone=event.timezone,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        capacity=ROOM,
        closes_on=closes.date(),
        closes_at=closes.time(),
        kind=event.kind,
        programme=event.programme,
        summary=event.summary,
        venue=event.venue,
        venue_address=event.venue_address,
        seats_per_city=event.seats_per_city,
        approves_delegations=True,
        languages=tuple(event.languages),
        partners=tuple(
            PartnerPlan(one.role, one.city_id, one.organisation_id) for one in event.partners
        ),
    )


def the_organiser_decides(story: Story) -> Happened:
    """Cities hand in their lists; the page takes one decision about several of them at once."""
    with transaction() as db:
        event = story.coming(db, HOST)
        for city_slug, roles in HANDED_IN.items():
            register(db, story, event, city_slug, roles)
        for one in DECISIONS:
            _decide(db, story, event, one)
        used = used_of(db, event.id).kept.get("new_cities", 0)
        is_open = _delegation(db, event, "bratislava").state == "submitted"
        return Happened(
            f"Newark and Dijon are approved, Dijon on {in_words(used)} of the kept places; "
            "Edmonton is turned down and reads why, Helsinki waits as a whole"
            f"{', and Bratislava waits for you to decide' if is_open else ''}",
            story.url(f"/organise/events/{event.id}/decisions"),
        )


def _decide(db: Session, story: Story, event: Event, decided: Decided) -> None:
    """About those of the cities that nobody has decided about."""
    chosen = [_delegation(db, event, slug) for slug in decided.cities]
    read = {one.id: standing(one) for one in chosen if one.state == "submitted"}
    if read:
        account = story.administrator(db)
        decide(
            db,
            story.settings,
            event,
            read,
            decided.decision,
            account,
            now=story.now,
            because=decided.because,
        )


def _delegation(db: Session, event: Event, city_slug: str) -> Delegation:
    found = invitation_of(db, event, city_slug).delegation
    assert found is not None
    return found


def letters_are_read_and_released(story: Story) -> Happened:
    """The letter that turns Edmonton down gets words of its own before all of them leave."""

    def written(db: Session) -> bool:
        return all(one.digest for one in waiting_letters(db, story.coming(db, HOST).id))

    story.wait_for("the letters about the decisions", written)
    with transaction() as db:
        event = story.coming(db, HOST)
        mail = _to_edmonton(db, event)
        if mail.state == "drafted":
            digest = digest_of(mail)
            reword_letter(db, event.id, mail.id, WORDS_TO_EDMONTON, read=digest, now=story.now)
        number, moment = mail.id, mail.approved_at
    if moment is None:
        story.release(HOST)
        story.wait_for_mail("the letters about the decisions")
    with transaction() as db:
        mail = db.get_one(OutboxMail, number)
        together = select(OutboxMail).where(OutboxMail.approved_at == mail.approved_at)
        count = len(db.scalars(together).all())
        return Happened(
            f"{sentence(in_words(count))} letters about these decisions waited in the outbox; the "
            "one to Edmonton got words of its own, and all were released",
            story.url(f"/staff/mailbox/{number}"),
        )


def _to_edmonton(db: Session, event: Event) -> OutboxMail:
    return db.scalars(
        select(OutboxMail).where(
            OutboxMail.event_id == event.id, OutboxMail.letter == "delegation_turned_down"
        )
    ).one()


def a_city_takes_up_an_offer(story: Story) -> Happened:
    """Helsinki does not fit whole: it is offered what is there, and chooses who comes."""
    with transaction() as db:
        event = story.coming(db, HOST)
        helsinki = _delegation(db, event, "helsinki")
        if helsinki.state == "waitlisted" and not helsinki.offered_seats:
            day = (story.now + TO_ANSWER).astimezone(event.zone).date()
            until = instant_of(event.zone, day, time(18), None)
            account = story.administrator(db)
            offer_part(db, story.settings, helsinki, account, OFFERED, until, now=story.now)
        is_offered = helsinki.offered_seats > 0
    if is_offered:
        story.release(HOST)
    with transaction() as db:
        invitation = invitation_of(db, story.coming(db, HOST), "helsinki")
        if is_offered:
            typed = draft_of(invitation)
            fewer = DelegationDraft(typed.contact_address, typed.people[:OFFERED])
            save_draft(db, invitation, fewer, now=story.now)
            confirm_delegation(db, story.settings, invitation.id, now=story.now)
        return Happened(
            f"Helsinki is offered {in_words(OFFERED)} of its three places, with "
            f"{in_words(TO_ANSWER.days)} days to answer, and takes them",
            story.link("r", "city", invitation.id, invitation.link_version),
        )


def letters_wait_for_you(story: Story) -> Happened:
    """Another decision, whose letters nobody has released: the reader can, or undo it."""
    with transaction() as db:
        event = story.coming(db, HOST)
        _decide(db, story, event, Decided("waitlist", ("boise",)))
        count = len(waiting_letters(db, event.id))
        wait = f"{in_words(count)} letters about it wait: release them, or undo the decision"
        return Happened(
            f"Boise is put on the waiting list; {wait if count else 'its letters wait no longer'}",
            story.url(f"/organise/events/{event.id}/outbox"),
        )
