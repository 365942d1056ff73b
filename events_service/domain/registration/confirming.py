"""A city confirms, changes or withdraws its delegation, at once and without an organiser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration import letters
from events_service.domain.registration.calendars import (
    Post,
    before_change,
    cancel,
    invite,
    replan,
)
from events_service.domain.registration.draft import (
    DelegationDraft,
    Problem,
    differences,
    normalised,
)
from events_service.domain.registration.form import (
    RegistrationClosed,
    closed_because,
    draft_from,
    members_of,
    problems_of,
)
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.seats import give_back_seats, hold_seats_still, take_seats
from events_service.domain.registration.taking_up import take_up
from events_service.domain.registration.waiting import promote_waiting
from events_service.model import Delegation, Member

# With so many seats free beyond what is asked for, seats are taken last: the event's row is locked
# for a moment instead of for all that confirming takes, so that many can confirm at once. It is
# more than others can take meanwhile. With fewer, seats are taken first: who has to wait is known
# before anything is written.
AMPLE = 100


class Overtaken(Conflict):
    """Against all likelihood, others took an ample number of seats in this moment."""


class WorkshopFull(Conflict):
    """A confirmed delegation asks for more seats than are free."""


class DraftIncomplete(Refusal):
    """The draft can't be confirmed; `problems` say what to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


@dataclass(frozen=True)
class Outcome:
    """What confirming came to: `confirmed`, `waitlisted`, or `unchanged` when pressed twice."""

    state: str


def confirm_delegation(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> Outcome:
    """Make the draft true: seats taken or the delegation wait-listed whole, everybody written to.

    RegistrationClosed, DraftIncomplete and WorkshopFull refuse, and nothing has changed then.
    Confirming twice changes nothing the second time.
    """
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or delegation.draft is None:
        return Outcome("unchanged")
    if reason := closed_because(delegation.event, now):
        raise RegistrationClosed(reason)
    draft = DelegationDraft.from_json(delegation.draft)
    if problems := problems_of(delegation.city_invitation, draft):
        raise DraftIncomplete(problems)
    return _Confirmation(session, settings, delegation, normalised(draft), now).carry_out()


def withdraw_delegation(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> bool:
    """The city does not come: calendars are cleared, seats go to whoever waits. False: it had
    nothing to withdraw. What was typed is kept, so that the city can register again."""
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or delegation.state not in ("confirmed", "waitlisted"):
        return False
    members, seats = members_of(delegation), delegation.seats
    waited = delegation.state == "waitlisted"
    delegation.draft = _without_numbers(draft_from(delegation.contact_address, members)).as_json()
    delegation.state, delegation.withdrawn_at = "withdrawn", now
    delegation.seats, delegation.waitlisted_at = 0, None
    delegation.version += 1
    with Post(session, settings, delegation, now=now) as post:
        _let_go(post, members, "withdrawn", waited=waited)
        letters.withdrawn(post, members)
    if seats:
        give_back_seats(session, delegation.event_id, seats)
        session.flush()
        promote_waiting(session, settings, delegation.event_id, now=now)
    return True


def _let_go(
    post: Post, members: Sequence[Member], reason: Literal["withdrawn", "removed"], *, waited: bool
) -> None:
    """These people do not come: each is told, and a calendar that was filled is cleared."""
    for member in members:
        cancel(post, member, reason)
        member.removed_at = post.now
    if waited:
        letters.waiting_ended(post, members, reason)


def _without_numbers(draft: DelegationDraft) -> DelegationDraft:
    people = tuple(replace(one, member_id=None) for one in draft.people)
    return DelegationDraft(draft.contact_address, people)


class _Confirmation:
    """One confirmation, carried out in order: seats, people, calendars, letters."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        delegation: Delegation,
        draft: DelegationDraft,
        now: datetime,
    ) -> None:
        self.session, self.settings, self.now = session, settings, now
        self.delegation, self.draft = delegation, draft
        self.was = delegation.state
        self.changes = differences(draft, members_of(delegation))
        self.still_to_take = 0

    def carry_out(self) -> Outcome:
        seats_before = self.delegation.seats
        confirmed = self._seats_are_had()
        delegation = self.delegation
        delegation.contact_address = self.draft.contact_address
        delegation.draft, delegation.withdrawn_at = None, None
        take_up(delegation.city_invitation, now=self.now)
        delegation.version += 1
        delegation.seats = len(self.draft.people) if confirmed else 0
        if confirmed:
            delegation.state, delegation.confirmed_at = "confirmed", self.now
            delegation.waitlisted_at = None
        else:
            delegation.state = "waitlisted"
            delegation.waitlisted_at = delegation.waitlisted_at or self.now
        with Post(self.session, self.settings, delegation, now=self.now) as post:
            self._write_people(post, confirmed)
        if self.still_to_take:
            self._take_seats_at_last()
        if delegation.seats < seats_before:
            promote_waiting(self.session, self.settings, delegation.event_id, now=self.now)
        return Outcome(delegation.state)

    def _seats_are_had(self) -> bool:
        event_id = self.delegation.event_id
        more = len(self.draft.people) - self.delegation.seats
        if more < 0:
            give_back_seats(self.session, event_id, -more)
            return True
        if more > 0 and self.delegation.event.seats_free >= more + AMPLE:
            self.still_to_take = more
            return True
        if more == 0 or take_seats(self.session, event_id, more):
            return True
        free = hold_seats_still(self.session, event_id)
        if free >= more:  # given back between the two statements
            return take_seats(self.session, event_id, more)
        if self.was == "confirmed":
            raise WorkshopFull(
                f"The workshop is full: {_places(free)} left and you ask for {more} more. "
                f"Your delegation of {self.delegation.seats} stands as it was."
            )
        return False

    def _take_seats_at_last(self) -> None:
        if not take_seats(self.session, self.delegation.event_id, self.still_to_take):
            raise Overtaken("Many places were taken this very moment. Nothing was sent: try again.")

    def _write_people(self, post: Post, confirmed: bool) -> None:
        standing = {one.id: one for one in members_of(self.delegation)}
        removed = [standing[number] for number in self.changes.removed]
        _let_go(post, removed, "removed", waited=self.was == "waitlisted")
        added = [self._named(position) for position in self.changes.added]
        kept = {
            number: before_change(standing[number], post.event, post.facts)
            for number in self.changes.kept.values()
        }
        for position, number in self.changes.kept.items():
            self._write(standing[number], position)
        members = members_of(self.delegation)
        if not confirmed:
            self.session.flush()  # numbers the members
            letters.waitlisted(post, members, added)
            return
        if self.was == "waitlisted":
            invite(post, members, "promoted")
        else:
            invite(post, added, "named")
            for number, before in kept.items():
                replan(post, standing[number], before)
        letters.confirmed(post, members, removed, changed=self.was == "confirmed")

    def _named(self, position: int) -> Member:
        """The person at this place: taken up again if they were here before, else new."""
        person = self.draft.people[position]
        key = (person.name.casefold(), person.address.casefold())
        member = next(
            (
                one
                for one in self.delegation.members
                if one.removed_at is not None
                and (one.name.casefold(), one.address.casefold()) == key
            ),
            None,
        )
        if member is None:
            member = Member(address=person.address, invitations=[])
            self.delegation.members.append(member)
        member.removed_at = None
        self._write(member, position)
        return member

    def _write(self, member: Member, position: int) -> None:
        person = self.draft.people[position]
        member.position, member.name, member.role = position, person.name, person.role
        member.assistant_address = person.assistant_address or None
        member.days = list(person.days)
        member.session_ids = list(person.session_ids) if person.session_ids is not None else None


def _places(number: int) -> str:
    return {0: "no places are", 1: "one place is"}.get(number, f"{number} places are")
