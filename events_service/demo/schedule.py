"""The organiser's chapters: the next edition, the cities asked, a workshop that moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.db import transaction
from events_service.demo.story import Happened, Story
from events_service.domain.reporting.wording import in_words
from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.change_letters import (
    hash_of,
    letters_of_change,
    release_change,
)
from events_service.domain.scheduling.changes import ask_for_change
from events_service.domain.scheduling.city_invitations import invite_cities
from events_service.domain.scheduling.event_change import Move, as_it_stands
from events_service.domain.scheduling.invitees import Invitee
from events_service.domain.scheduling.next_edition import next_edition, next_edition_of
from events_service.domain.scheduling.pending import UNDO
from events_service.letters.dates import and_list, date_range
from events_service.model import City, CityInvitation, Event, PendingChange

ASKED = ("newark", "boise", "bratislava", "edmonton", "helsinki", "berlin", "birmingham")
WEEK = timedelta(weeks=1)


def next_edition_is_scheduled(story: Story) -> Happened:
    with transaction() as db:
        series = story.first_series(db)
        edition = next_edition_of(db, series) or next_edition(db, series, now=story.now)
        first, last = edition.events[0], edition.events[-1]
        places = and_list([event.city.name for event in edition.events])
        return Happened(
            f"{places}: {date_range(first.starts_on, last.ends_on)}, open for registration",
            story.url(f"/series/{edition.slug}"),
        )


def cities_are_invited(story: Story) -> Happened:
    with transaction() as db:
        for host in ("stockholm", "strasbourg"):
            event = story.coming(db, host)
            invite_cities(db, story.settings, event, invitees(db, event, ASKED), now=story.now)
    for host in ("stockholm", "strasbourg"):
        story.release(host)
    with transaction() as db:
        event = story.coming(db, "stockholm")
        return Happened(
            f"{in_words(len(ASKED)).capitalize()} cities have a letter with a link of their own",
            story.url(f"/organise/events/{event.id}/cities"),
        )


def invitees(db: Session, event: Event, slugs: Sequence[str]) -> list[Invitee]:
    cities = db.scalars(select(City).where(City.slug.in_(slugs)))
    return [
        Invitee(city.id, city.contacts[0].address, "Mayor", event.seats_per_city, 1)
        for city in sorted(cities, key=lambda city: alphabetical(city.name))
        if city.contacts
    ]


def invitation_of(db: Session, event: Event, city_slug: str) -> CityInvitation:
    return db.scalars(
        select(CityInvitation)
        .join(City)
        .where(CityInvitation.event_id == event.id, City.slug == city_slug)
    ).one()


def _a_week_later(sessions: Sequence[SessionPlan]) -> tuple[SessionPlan, ...]:
    return tuple(replace(one, held_on=one.held_on + WEEK) for one in sessions)


def _draft_and_release(
    story: Story, db: Session, event: Event, move: Move, *, now: datetime
) -> None:
    organiser = story.administrator(db)
    pending = ask_for_change(db, event, move, organiser, now=now)
    letters = letters_of_change(db, story.settings, event, pending, now=now)
    release_change(db, story.settings, event, organiser, read=hash_of(letters), now=now)


def a_workshop_moves(story: Story) -> Happened:
    """The organiser drafts a move, reads its letters and releases them; the minute to undo it is
    skipped."""
    with transaction() as db:
        event = story.coming(db, "stockholm")
        number = event.id
        moved = db.scalar(select(PendingChange.id).where(PendingChange.event_id == number))
        if moved is None:
            stands = as_it_stands(event)
            move = replace(
                stands, starts_on=stands.starts_on + WEEK, sessions=_a_week_later(stands.sessions)
            )
            _draft_and_release(story, db, event, move, now=story.now - UNDO)

    def applied(db: Session) -> bool:
        change = select(PendingChange).where(PendingChange.event_id == number)
        return all(one.applied_at or one.undone_at for one in db.scalars(change))

    story.wait_for("the move", applied)
    story.wait_for_mail("the letters about the move")
    with transaction() as db:
        change = db.scalars(select(PendingChange).where(PendingChange.event_id == number)).one()
        return Happened(
            f"Stockholm takes place a week later: {change.written_to} people were written to, and "
            "their calendars move along",
            story.url(f"/organise/events/{number}"),
        )
