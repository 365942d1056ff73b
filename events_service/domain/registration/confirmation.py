"""One confirmation of a delegation, carried out in order: seats, people, calendars, letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.attaching import attach
from events_service.domain.registration import decision_letters, letters
from events_service.domain.registration.calendars import (
    Post,
    before_change,
    cancel,
    invite,
    replan,
)
from events_service.domain.registration.draft import DelegationDraft, differences
from events_service.domain.registration.form import members_of
from events_service.domain.registration.outcome import Outcome, Overtaken, WorkshopFull
from events_service.domain.registration.seating import (
    practitioners_among,
    seat_whole,
    seats_held,
)
from events_service.domain.registration.seats import give_back_seats, hold_seats_still, take_seats
from events_service.domain.registration.taking_up import take_up
from events_service.domain.registration.waiting import promote_waiting
from events_service.domain.scheduling.refreshing import refresh_first_letters
from events_service.model import Delegation, Member
from events_service.translation import gettext as _
from events_service.translation import ngettext

# With so many seats free beyond what is asked for, seats are taken last: the event's row is locked
# for a moment instead of for all that confirming takes, so that many can confirm at once. It is
# more than others can take meanwhile. With fewer, seats are taken first: who has to wait is known
# before anything is written.
AMPLE = 100


def let_go(
    post: Post, members: Sequence[Member], reason: Literal["withdrawn", "removed"], *, waited: bool
) -> None:
    """These people do not come: each is told, and a calendar that was filled is cleared."""
    for member in members:
        cancel(post, member, reason)
        member.removed_at = post.now
    if waited:
        letters.waiting_ended(post, members, reason)


class Confirmation:
    """What a draft that has no problems comes to. `for_approval`: its letters wait to be read."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        delegation: Delegation,
        draft: DelegationDraft,
        now: datetime,
        *,
        for_approval: bool = False,
    ) -> None:
        self.session, self.settings, self.now = session, settings, now
        self.delegation, self.draft, self.for_approval = delegation, draft, for_approval
        self.was = delegation.state
        self.changes = differences(draft, members_of(delegation))
        self.still_to_take = 0
        self.details: list[tuple[int, Member]] = []
        # Where an organiser decides about each delegation, also a smaller one comes off the
        # waiting list by a letter that is read first, and not before others.
        waits = self.was == "waitlisted" and not delegation.offered_seats
        self.stays_in_turn = waits and delegation.event.approves_delegations

    @property
    def asks_for_more(self) -> bool:
        """The delegation has its places, and more people would come."""
        more = len(self.draft.people) > self.delegation.seats
        return more and self.delegation.state == "confirmed"

    def hand_in(self) -> Outcome:
        """The people are named and nobody has a seat: an organiser decides. Nobody but whoever
        registers is written to, since nothing is promised to anybody yet."""
        delegation = self.delegation
        self._take_the_draft()
        if delegation.state != "submitted":
            delegation.submitted_at = self.now
        delegation.state, delegation.waitlisted_at = "submitted", None
        delegation.decided_at, delegation.decided_by_id = None, None
        delegation.decided_because = ""
        with Post(self.session, self.settings, delegation, now=self.now) as post:
            self._name_people(post)
            decision_letters.submitted(post, members_of(delegation))
        return Outcome("submitted")

    def _take_the_draft(self) -> None:
        delegation = self.delegation
        delegation.contact_address = self.draft.contact_address
        delegation.draft, delegation.withdrawn_at = None, None
        take_up(delegation.city_invitation, now=self.now)
        delegation.version += 1

    def carry_out(self) -> Outcome:
        seats_before = seats_held(self.delegation)
        confirmed = self._seats_are_had()
        delegation = self.delegation
        self._take_the_draft()
        delegation.seats = len(self.draft.people) if confirmed else 0
        if confirmed:
            delegation.state, delegation.confirmed_at = "confirmed", self.now
            delegation.waitlisted_at = None
        else:
            delegation.state = "waitlisted"
            delegation.waitlisted_at = delegation.waitlisted_at or self.now
        with Post(
            self.session,
            self.settings,
            delegation,
            now=self.now,
            for_approval=self.for_approval,
        ) as post:
            self._write_people(post, confirmed)
        if self.was == "confirmed":
            known = [*self.changes.kept.values(), *self.changes.removed]
            refresh_first_letters(self.session, delegation.event, known, self.now)
        if self.still_to_take:
            self._take_seats_at_last()
        outcome = Outcome(delegation.state, changed=self.was == "confirmed")
        if delegation.seats < seats_before or self.stays_in_turn:
            promote_waiting(self.session, self.settings, delegation.event_id, now=self.now)
        return outcome

    def _seats_are_had(self) -> bool:
        event_id = self.delegation.event_id
        if self.stays_in_turn:
            return False
        if self.delegation.event.quotas or self.delegation.offered_seats:
            return self._are_seated()
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
                _(
                    "%(full)s You ask for %(more)s more. Your delegation of %(seats)s stands as "
                    "it was.",
                    full=_places_left(free),
                    more=more,
                    seats=self.delegation.seats,
                )
            )
        return False

    def _are_seated(self) -> bool:
        """Some seats are kept for others, or the city answers an offer."""
        people = practitioners_among(one.is_elected for one in self.draft.people)
        seated = seat_whole(self.session, self.delegation, people)
        if not seated and self.was == "confirmed":
            raise WorkshopFull(
                _(
                    "There are not enough places for the people you add. Your delegation of "
                    "%(seats)s stands as it was.",
                    seats=self.delegation.seats,
                )
            )
        return seated

    def _take_seats_at_last(self) -> None:
        if not take_seats(self.session, self.delegation.event_id, self.still_to_take):
            raise Overtaken(
                _("Many places were taken this very moment. Nothing was sent: try again.")
            )

    def _name_people(self, post: Post) -> None:
        """Those who were named before were told nothing either."""
        standing = {one.id: one for one in members_of(self.delegation)}
        let_go(post, [standing[number] for number in self.changes.removed], "removed", waited=False)
        for position in self.changes.added:
            self._named(position)
        for position, number in self.changes.kept.items():
            self._write(standing[number], position)
        self.session.flush()  # numbers the members
        attach(self.session, self.details)

    def _write_people(self, post: Post, confirmed: bool) -> None:
        standing = {one.id: one for one in members_of(self.delegation)}
        removed = [standing[number] for number in self.changes.removed]
        let_go(post, removed, "removed", waited=self.was == "waitlisted")
        added = [self._named(position) for position in self.changes.added]
        kept = {
            number: before_change(standing[number], post.event, post.facts)
            for number in self.changes.kept.values()
        }
        for position, number in self.changes.kept.items():
            self._write(standing[number], position)
        attach(self.session, self.details)
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
        member.is_elected = person.is_elected
        if person.particulars_id is not None:
            self.details.append((person.particulars_id, member))


def _places_left(number: int) -> str:
    if number == 0:
        return _("The workshop is full: no places are left.")
    return ngettext(
        "The workshop is nearly full: one place is left.",
        "The workshop is nearly full: %(num)s places are left.",
        number,
    )
