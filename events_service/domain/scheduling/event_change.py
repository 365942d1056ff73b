"""What an organiser asks for when a published event moves or is called off. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args

from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.agenda import SessionPlan, check_agenda, plans_of
from events_service.domain.scheduling.event_plan import LONGEST_TITLE, PlanProblem
from events_service.letters.dates import moment
from events_service.model import Event
from events_service.model.event import CalendarStyle
from events_service.translation import gettext as _

LONGEST_WORDS = 1000
STYLES: tuple[CalendarStyle, ...] = get_args(CalendarStyle)


@dataclass(frozen=True)
class Move:
    """Where and when the event takes place after the change. It keeps its number of days, and
    the n-th day becomes the new n-th day. `sessions` is the whole agenda, on the new days.

    `style`: how it fills calendars; None: as before. `texts`: people whose calendars say what the
    programme said once are written to, too.
    """

    starts_on: date
    venue: str
    venue_address: str
    sessions: tuple[SessionPlan, ...]
    style: CalendarStyle | None = None
    texts: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "starts_on": self.starts_on.isoformat(),
            "venue": self.venue,
            "venue_address": self.venue_address,
            "sessions": [one.as_json() for one in self.sessions],
            "style": self.style,
            "texts": self.texts,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Move":
        return cls(
            date.fromisoformat(kept["starts_on"]),
            str(kept["venue"]),
            str(kept["venue_address"]),
            tuple(SessionPlan.from_json(one) for one in kept["sessions"]),
            style_in(kept.get("style")),
            kept.get("texts") is True,
        )


def style_in(word: object) -> CalendarStyle | None:
    """One of the styles, or None for none. ValueError for anything else."""
    found = next((style for style in STYLES if style == word), None)
    if found is None and word is not None:
        raise ValueError(word)
    return found


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
Doing = Literal["move", "cancel", "calendars", "texts"]  # what people would call it


class MoveRefused(Refusal):
    def __init__(self, problems: list[PlanProblem]) -> None:
        super().__init__(f"{problems[0].message}.")
        self.problems = problems


def as_it_stands(event: Event) -> Move:
    return Move(event.starts_on, event.venue, event.venue_address, tuple(plans_of(event)))


def moved_by(event: Event, move: Move) -> timedelta:
    return move.starts_on - event.starts_on


def changes_nothing(event: Event, move: Move) -> bool:
    return not move.texts and not refills(event, move) and not _moves(event, move)


def refills(event: Event, move: Move) -> bool:
    """Whether it fills calendars in another way."""
    return move.style not in (None, event.calendar_style)


def keeps_time_and_place(event: Event, move: Move) -> bool:
    return (move.starts_on, move.venue, move.venue_address) == (
        event.starts_on,
        event.venue,
        event.venue_address,
    ) and _times(move.sessions) == _times(plans_of(event))


def doing(event: Event, change: Change) -> Doing:
    """A Move that keeps time and place may carry a style, or new texts."""
    if not isinstance(change, Move):
        return "cancel"
    if keeps_time_and_place(event, change):
        if refills(event, change):
            return "calendars"
        if change.texts:
            return "texts"
    return "move"


def _moves(event: Event, move: Move) -> bool:
    return replace(move, style=None, texts=False) != as_it_stands(event)


def _times(plans: Iterable[SessionPlan]) -> list[tuple[date, time, time, int]]:
    return sorted((one.held_on, one.starts, one.ends, one.fold or 0) for one in plans)


def check_move(event: Event, move: Move, *, now: datetime) -> list[PlanProblem]:
    """What speaks against a move; `field` is one of Move's, or sessions-N-field of the agenda."""
    found = []
    for field in ("venue", "venue_address"):
        text = getattr(move, field)
        if len(text) > LONGEST_TITLE or any(letter < " " for letter in text):
            found.append(
                PlanProblem(
                    field, _("Write one line of at most %(most)s characters", most=LONGEST_TITLE)
                )
            )
    if not move.venue.strip():
        found.append(PlanProblem("venue", _("Say where it takes place")))
    if keeps_time_and_place(event, move) and not refills(event, move):
        pass  # nobody is asked anew, so this may be done while it takes place
    elif move.starts_on <= now.astimezone(event.zone).date():
        found.append(PlanProblem("starts_on", _("Choose a first day that lies ahead")))
    elif event.registration_closes_at.astimezone(event.zone).date() > move.starts_on:
        closes = moment(event.registration_closes_at, event.zone)
        message = _(
            "Registration closes on %(day)s: close it earlier first, or choose a later day",
            day=closes,
        )
        found.append(PlanProblem("starts_on", message))
    last = event.ends_on + moved_by(event, move)
    found += [
        PlanProblem(f"sessions-{one.position}-{one.field}", one.message, one.choices)
        for one in check_agenda(move.sessions, event.zone, move.starts_on, last)
    ]
    if not found and changes_nothing(event, move):
        found.append(
            PlanProblem("starts_on", _("Change a day, a time or the place: all is as it was"))
        )
    return found
