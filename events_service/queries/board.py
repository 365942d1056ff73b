"""Who is coming: every city that was asked, its people and their answers, in a fixed number of
queries however many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.alphabet import alphabetical
from events_service.model import (
    CityInvitation,
    Delegation,
    Event,
    Invitation,
    Member,
    OutboxMail,
    PendingChange,
)
from events_service.model.first_letters import FirstLetter, first_letter
from events_service.model.registration import ParticipationStatus
from events_service.model.unheard import unheard_entries
from events_service.queries.answers import Former, Person, former_of, people_of
from events_service.queries.standing import goes_on
from events_service.queries.troubles import troubles_of

PATIENCE = timedelta(days=14)  # after which no answer is an open question

Show = Literal["all", "open", "unanswered", "waiting", "withdrawn"]
Question = Literal["declined", "unanswered", "city_silent", "waiting"]


@dataclass(frozen=True)
class CityRow:
    """A city that was asked, or will be: its letter waits in the outbox. `people` stand;
    `asked_at`: when they, or the city, were last asked. `questions`: what is open, none for a row
    that waits for nobody."""

    invitation: CityInvitation
    delegation: Delegation | None
    people: tuple[Person, ...]
    asked_at: datetime
    questions: tuple[Question, ...]
    former: tuple[Former, ...] = ()
    letter: FirstLetter = "gone"

    @property
    def state(self) -> str:
        state = self.delegation.state if self.delegation else "draft"
        if state == "draft" and self.invitation.declined_at:
            return "declined"
        return "not_invited" if state == "draft" and self.letter == "waits" else state

    @property
    def registered(self) -> bool:
        return self.state in ("confirmed", "waitlisted")

    @property
    def size(self) -> int:
        return len(self.people)

    @property
    def accepted(self) -> int:
        return sum(person.answer == "ACCEPTED" for person in self.people)

    @property
    def city(self) -> str:
        return self.invitation.city.name


@dataclass(frozen=True)
class Board:
    rows: tuple[CityRow, ...]

    @property
    def delegations(self) -> list[CityRow]:
        """Cities that have confirmed people, open questions first."""
        found = [row for row in self.rows if row.state == "confirmed"]
        return sorted(found, key=lambda row: (not row.questions, alphabetical(row.city)))

    @property
    def waiting(self) -> list[CityRow]:
        """The waiting list in its order."""
        found = [row for row in self.rows if row.state == "waitlisted"]
        return sorted(found, key=lambda row: (_instant(row), row.invitation.id))

    @property
    def submitted(self) -> list[CityRow]:
        """Delegations that an organiser decides about, in the order in which they came."""
        found = [row for row in self.rows if row.state == "submitted"]
        return sorted(found, key=lambda row: (_handed_in(row), row.invitation.id))

    @property
    def turned_down(self) -> list[CityRow]:
        return self._by_name("turned_down")

    @property
    def silent(self) -> list[CityRow]:
        """Cities that were asked and have not registered, those asked long ago first."""
        found = [row for row in self.rows if row.state == "draft"]
        return sorted(found, key=_silent_longest)

    @property
    def not_invited(self) -> list[CityRow]:
        """Cities whose letter waits in the outbox."""
        return self._by_name("not_invited")

    @property
    def declined(self) -> list[CityRow]:
        """Cities that said that they do not come."""
        return self._by_name("declined")

    @property
    def withdrawn(self) -> list[CityRow]:
        return self._by_name("withdrawn")

    def _by_name(self, state: str) -> list[CityRow]:
        found = [row for row in self.rows if row.state == state]
        return sorted(found, key=lambda row: alphabetical(row.city))

    @property
    def open(self) -> list[CityRow]:
        return [row for row in (*self.delegations, *self.waiting, *self.silent) if row.questions]

    @property
    def unanswered(self) -> list[CityRow]:
        """Delegations with those of their people who were asked and have not answered, and no
        others."""
        silent = [
            replace(row, people=tuple(one for one in row.people if one.silent))
            for row in self.delegations
        ]
        return [row for row in silent if row.people]

    @property
    def answers(self) -> Counter[ParticipationStatus]:
        """People of confirmed delegations by answer."""
        return Counter(person.answer for row in self.delegations for person in row.people)

    @property
    def answered_by_mail(self) -> int:
        return sum(person.route == "mail" for row in self.delegations for person in row.people)

    @property
    def offered(self) -> int:
        """Seats that are held for cities which have not taken them yet."""
        return sum(one.offered_seats for one in self._offers)

    @property
    def offers_end(self) -> list[datetime]:
        """When these go to others, each instant once and in order."""
        return sorted({one.offer_ends_at for one in self._offers if one.offer_ends_at})

    @property
    def _offers(self) -> list[Delegation]:
        found = [row.delegation for row in self.rows if row.delegation]
        return [one for one in found if one.offered_seats]

    @property
    def complete(self) -> int:
        """Delegations in which everybody has said yes."""
        return sum(
            all(person.answer == "ACCEPTED" for person in row.people) for row in self.delegations
        )


def board_of(session: Session, event: Event, *, now: datetime) -> Board:
    """Four queries, one for the last move (which asks everybody anew), one for people whom mail
    does not reach, and one for what nobody was told of yet."""
    people = (
        selectinload(Delegation.members)
        .selectinload(Member.invitations)
        .selectinload(Invitation.day_answers)
    )
    invitations = session.execute(
        select(CityInvitation, first_letter())
        .where(CityInvitation.event_id == event.id, first_letter() != "left_out")
        .options(joinedload(CityInvitation.delegation).options(people))
    ).all()
    moved_at = session.scalar(
        select(func.max(PendingChange.applied_at)).where(
            PendingChange.event_id == event.id, PendingChange.kind == "move"
        )
    )
    troubles = troubles_of(session, event.id)
    unheard = set(session.scalars(unheard_entries(OutboxMail.event_id == event.id)))
    return Board(
        tuple(
            _row(one, letter, moved_at, people_of(one.delegation, troubles, unheard), event, now)
            for one, letter in invitations
        )
    )


def _row(
    invitation: CityInvitation,
    letter: FirstLetter,
    moved_at: datetime | None,
    people: tuple[Person, ...],
    event: Event,
    now: datetime,
) -> CityRow:
    former = former_of(invitation.delegation)
    asked = [invitation.invited_at, invitation.sent_again_at, moved_at]
    if invitation.delegation is not None:
        asked.append(invitation.delegation.confirmed_at)
    asked_at = max(one for one in asked if one is not None)
    long_ago = letter == "gone" and now - asked_at > PATIENCE
    questions = tuple(_questions(invitation, people, long_ago)) if goes_on(event, now) else ()
    return CityRow(invitation, invitation.delegation, people, asked_at, questions, former, letter)


def _questions(
    invitation: CityInvitation, people: Sequence[Person], long_ago: bool
) -> Iterable[Question]:
    state = invitation.delegation.state if invitation.delegation else "draft"
    if state == "confirmed":
        if any(person.answer == "DECLINED" for person in people):
            yield "declined"
        if long_ago and any(person.silent for person in people):
            yield "unanswered"
    elif state == "waitlisted":
        yield "waiting"
    elif state == "draft" and long_ago and not (invitation.revoked_at or invitation.declined_at):
        yield "city_silent"


def _silent_longest(row: CityRow) -> tuple[bool, datetime, tuple[str, str]]:
    return not row.questions, row.asked_at, alphabetical(row.city)


def _instant(row: CityRow) -> datetime:
    at = row.delegation.waitlisted_at if row.delegation else None
    return at or row.asked_at


def _handed_in(row: CityRow) -> datetime:
    at = row.delegation.submitted_at if row.delegation else None
    return at or row.asked_at
