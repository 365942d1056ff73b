"""What an organiser asks for when a published event moves or is called off. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.agenda import SessionPlan, check_agenda, plans_of
from events_service.domain.scheduling.event_plan import LONGEST_TITLE, PlanProblem
from events_service.letters.dates import moment
from events_service.model import Event

LONGEST_WORDS = 1000


@dataclass(frozen=True)
class Move:
    """Where and when the event takes place after the change. It keeps its number of days, and
    the n-th day becomes the new n-th day. `sessions` is the whole agenda, on the new days."""

    starts_on: date
    venue: str
    venue_address: str
    sessions: tuple[SessionPlan, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "starts_on": self.starts_on.isoformat(),
            "venue": self.venue,
            "venue_address": self.venue_address,
            "sessions": [one.as_json() for one in self.sessions],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Move":
        return cls(
            date.fromisoformat(kept["starts_on"]),
            str(kept["venue"]),
            str(kept["venue_address"]),
            tuple(SessionPlan.from_json(one) for one in kept["sessions"]),
        )


@dataclass(frozen=True)
class Cancellation:
    """The event does not take place. `words` say why, in every letter; may be empty."""

    words: str

    def as_json(self) -> dict[str, Any]:
        return {"words": self.words}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Cancellation":
        return cls(str(kept["words"]))


Change = Move | Cancellation


class MoveRefused(Refusal):
    def __init__(self, problems: list[PlanProblem]) -> None:
        super().__init__(f"{problems[0].message}.")
        self.problems = problems


def as_it_stands(event: Event) -> Move:
    return Move(event.starts_on, event.venue, event.venue_address, tuple(plans_of(event)))


def moved_by(event: Event, move: Move) -> timedelta:
    return move.starts_on - event.starts_on


def changes_nothing(event: Event, move: Move) -> bool:
    return move == as_it_stands(event)


def check_move(event: Event, move: Move, *, now: datetime) -> list[PlanProblem]:
    """What speaks against a move; `field` is one of Move's, or sessions-N-field of the agenda."""
    found = []
    for field in ("venue", "venue_address"):
        text = getattr(move, field)
        if len(text) > LONGEST_TITLE or any(letter < " " for letter in text):
            found.append(
                PlanProblem(field, f"Write one line of at most {LONGEST_TITLE} characters")
            )
    if not move.venue.strip():
        found.append(PlanProblem("venue", "Say where it takes place"))
    if move.starts_on <= now.astimezone(event.zone).date():
        found.append(PlanProblem("starts_on", "Choose a first day that lies ahead"))
    elif event.registration_closes_at.astimezone(event.zone).date() > move.starts_on:
        closes = moment(event.registration_closes_at, event.zone)
        message = f"Registration closes on {closes}: close it earlier first, or choose a later day"
        found.append(PlanProblem("starts_on", message))
    last = event.ends_on + moved_by(event, move)
    found += [
        PlanProblem(f"sessions-{one.position}-{one.field}", one.message, one.choices)
        for one in check_agenda(move.sessions, event.zone, move.starts_on, last)
    ]
    if not found and changes_nothing(event, move):
        found.append(
            PlanProblem("starts_on", "Change a day, a time or the place: all is as it was")
        )
    return found
