"""What a change would do, found out by doing it and taking it back: the preview and the change
are one piece of code and can't tell different things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.config import Settings
from events_service.domain.registration.form import members_of
from events_service.domain.registration.runs import shown_to, standing
from events_service.domain.scheduling.changes import carry_out, check_change, written_to
from events_service.domain.scheduling.event_change import Change
from events_service.domain.scheduling.moving import asked_cities
from events_service.domain.scheduling.untold_entries import first_letters
from events_service.domain.snapshot import event_facts
from events_service.itip.days import Run
from events_service.letters.facts import EventFacts
from events_service.model import CityInvitation, Event, Member, OutboxMail


@dataclass(frozen=True)
class PersonPreview:
    """What one person's calendar shows, an entry a run of days. `waits`: no entry, no seat yet;
    `unheard`: a seat, and no entry before the first letter about it has left."""

    name: str
    role: str
    city: str
    waits: bool
    before: tuple[Run, ...]
    after: tuple[Run, ...]
    unheard: bool = False


@dataclass(frozen=True)
class PromisedLetter:
    letter: str
    facts: Mapping[str, Any]
    to_name: str
    to_address: str
    language: str
    city: str


@dataclass(frozen=True)
class ChangePreview:
    """`written_to`: how many people get mail; `cities_again`: those asked that have not
    registered and get their invitation with the new days."""

    before: EventFacts
    after: EventFacts
    people: tuple[PersonPreview, ...]
    cities_again: tuple[str, ...]
    letters: tuple[PromisedLetter, ...]
    written_to: int

    def one_of_each(self) -> list[PromisedLetter]:
        """The first letter of each kind, as an example to read."""
        return list({one.letter: one for one in reversed(self.letters)}.values())[::-1]


def preview_change(
    session: Session, settings: Settings, event: Event, change: Change, *, now: datetime
) -> ChangePreview:
    """MoveRefused or Conflict when the change is refused. Nothing is changed, nobody written to."""
    check_change(event, change, now=now)
    before, shown_before = event_facts(event), _calendars(session, event, now)
    savepoint = session.begin_nested()
    try:
        mails = carry_out(session, settings, event, change, now=now)
        after, shown_after = event_facts(event), _calendars(session, event, now)
        letters = tuple(_promised(mail) for mail in mails)
        reached = len(written_to(mails))
    finally:
        savepoint.rollback()
    return ChangePreview(
        before=before,
        after=after,
        people=tuple(
            PersonPreview(
                person.name,
                person.role,
                person.delegation.city.name,
                person.delegation.state == "waitlisted",
                entries,
                shown_after.get(person, ()),
                unheard=not entries and bool(standing(person)),
            )
            for person, entries in shown_before.items()
        ),
        cities_again=tuple(one.city for one in letters if one.letter == "city_invited"),
        letters=letters,
        written_to=reached,
    )


def _calendars(session: Session, event: Event, now: datetime) -> dict[Member, tuple[Run, ...]]:
    """Each person's entries as they stand, by city; without those of which they do not know."""
    session.flush()
    unknown = {mail.invitation_id for mail in first_letters(session, event.id, now)}
    members = [
        member
        for invitation in _by_name(asked_cities(session, event))
        if invitation.delegation and invitation.delegation.state in ("confirmed", "waitlisted")
        for member in members_of(invitation.delegation)
    ]
    return {
        member: _in_order(
            run for number, run in shown_to(member, event).items() if number not in unknown
        )
        for member in members
    }


def _by_name(invitations: Iterable[CityInvitation]) -> list[CityInvitation]:
    return sorted(invitations, key=lambda one: alphabetical(one.city.name))


def _in_order(entries: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(sorted(entries, key=lambda run: (run.days, run.hours or (), run.session or 0)))


def _promised(mail: OutboxMail) -> PromisedLetter:
    city = str(mail.facts.get("city", ""))
    return PromisedLetter(
        mail.letter, mail.facts, mail.to_name, mail.to_address, mail.language, city
    )
