"""What needs a person today, over all events of an organiser, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.model import (
    AccessRequest,
    City,
    CityInvitation,
    Delegation,
    Event,
    OutboxMail,
    PendingChange,
    Report,
)
from events_service.model.first_letters import first_letter
from events_service.model.mail import held_for_a_person
from events_service.queries.board import PATIENCE
from events_service.queries.counting import counted
from events_service.queries.decisions import decisions_awaited
from events_service.queries.outbox import letters_waiting
from events_service.queries.replies import replies_waiting
from events_service.queries.standing import ends_at, goes_on

RECENT = timedelta(days=7)  # how long a change that could not leave is pointed out


@dataclass(frozen=True)
class EventNeeds:
    """What waits for a person at one event. `refused`: a change that no longer fitted."""

    event: Event
    pending: PendingChange | None
    refused: PendingChange | None
    requests: tuple[AccessRequest, ...]
    silent: tuple[str, ...]  # cities that have not registered in 14 days
    replies: int  # answers and proposals that are held for a person
    drafts: int  # letters that wait in the outbox
    held: int  # letters that could not be sent, or perhaps were
    decisions: int  # delegations that await approval, or ask for more people
    report: bool  # the event is over and nobody has asked for its report

    @property
    def any(self) -> bool:
        decisions = (self.pending, self.refused, self.requests, self.silent)
        return any(decisions) or bool(self.replies + self.letters + self.decisions) or self.report

    @property
    def letters(self) -> int:
        return self.drafts + self.held


def needs_of(session: Session, events: Sequence[Event], *, now: datetime) -> list[EventNeeds]:
    """What waits at each of these events, in their order; those that need nothing are left out."""
    numbers = [event.id for event in events]
    changes = _changes(session, numbers, now)
    requests = _requests(session, numbers)
    silent = _silent_cities(session, numbers, now)
    replies = replies_waiting(session, numbers, now=now)
    drafts = letters_waiting(session, numbers)
    held = _held_letters(session, numbers)
    undecided = decisions_awaited(session, numbers)
    reported = set(session.scalars(select(Report.event_id).where(Report.event_id.in_(numbers))))
    found = []
    for event in events:
        over = not goes_on(event, now)
        closed = over or now >= event.registration_closes_at
        mine = changes[event.id]
        needs = EventNeeds(
            event=event,
            pending=next((one for one in mine if one.undone_at is None), None),
            refused=next((one for one in mine if one.undone_at is not None), None),
            requests=() if over else tuple(requests[event.id]),
            silent=() if closed else tuple(silent[event.id]),
            replies=replies[event.id],
            drafts=0 if over else drafts.get(event.id, 0),
            held=held.get(event.id, 0),
            decisions=0 if over else undecided.get(event.id, 0),
            report=_was_held(event, now) and event.id not in reported,
        )
        if needs.any:
            found.append(needs)
    return found


def _was_held(event: Event, now: datetime) -> bool:
    took_place = event.published_at is not None and event.cancelled_at is None
    return took_place and now >= ends_at(event)


def _changes(session: Session, numbers: list[int], now: datetime) -> dict[int, list[PendingChange]]:
    """Those that wait their minute, and those that could not leave, newest first."""
    refused = (PendingChange.undone_at > now - RECENT) & PendingChange.details.has_key("refused")
    found: dict[int, list[PendingChange]] = defaultdict(list)
    for one in session.scalars(
        select(PendingChange)
        .where(
            PendingChange.event_id.in_(numbers),
            PendingChange.applied_at.is_(None),
            PendingChange.undone_at.is_(None) | refused,
        )
        .order_by(PendingChange.id.desc())
    ):
        found[one.event_id].append(one)
    return found


def _requests(session: Session, numbers: list[int]) -> dict[int, list[AccessRequest]]:
    found: dict[int, list[AccessRequest]] = defaultdict(list)
    for one in session.scalars(
        select(AccessRequest)
        .where(AccessRequest.event_id.in_(numbers), AccessRequest.settled_at.is_(None))
        .order_by(AccessRequest.asked_at, AccessRequest.id)
    ):
        found[one.event_id].append(one)
    return found


def _silent_cities(session: Session, numbers: list[int], now: datetime) -> dict[int, list[str]]:
    """Names of cities whose last letter is older than 14 days and that have not registered."""
    asked = func.coalesce(CityInvitation.sent_again_at, CityInvitation.invited_at)
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(CityInvitation.event_id, City.name, asked)
        .join(City, City.id == CityInvitation.city_id)
        .outerjoin(Delegation, Delegation.city_invitation_id == CityInvitation.id)
        .where(
            CityInvitation.event_id.in_(numbers),
            CityInvitation.revoked_at.is_(None),
            CityInvitation.declined_at.is_(None),
            func.coalesce(Delegation.state, "draft") == "draft",
            asked < now - PATIENCE,
            first_letter() == "gone",
        )
    )
    for event_id, name, _asked in sorted(rows, key=lambda row: (row[2], alphabetical(row[1]))):
        found[event_id].append(name)
    return found


def _held_letters(session: Session, numbers: list[int]) -> dict[int, int]:
    return counted(
        session,
        select(OutboxMail.event_id, func.count())
        .where(held_for_a_person(), OutboxMail.event_id.in_(numbers))
        .group_by(OutboxMail.event_id),
    )
