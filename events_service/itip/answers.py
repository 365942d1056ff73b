"""What an answer says, and what becomes of it: the state machine of replies, over plain values."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

AnswerMethod = Literal["REPLY", "COUNTER", "REFRESH"]
Said = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED"]
Outcome = Literal["applied", "unchanged", "stale", "quarantined", "review"]
Moment = datetime | date  # aware instants; a date where a calendar speaks of whole days

# Reasons, as organisers read them.
CANCELLED = "The entry that it answers was called off or replaced."
SAYS_NOTHING = "It is an answer from a calendar, but says neither yes nor no."
UNNUMBERED = (
    "It does not say which version of the invitation it answers, and the time in it is not the "
    "current one."
)
MOVED_SINCE = "It answers an earlier time. The time has changed since, and a new answer is awaited."
ANSWERED_SINCE = "A newer answer is known already."
KNOWN = "This answer is known already."
SAME_MOMENT = "Another answer, given at the same moment, is known already."
NOBODY_NAMED = "It says that somebody else will come, but not who."
SAID = {
    "ACCEPTED": "Will come.",
    "TENTATIVE": "May come.",
    "DECLINED": "Will not come.",
    "NEEDS-ACTION": "Has not decided yet.",
}


@dataclass(frozen=True)
class CalendarAnswer:
    """One VEVENT of a REPLY, COUNTER or REFRESH. Addresses are lower case, without `mailto:`.

    `recurrence_id` None: the answer is about all days. `said`: an unknown PARTSTAT is
    NEEDS-ACTION (RFC 5545 §3.2.12); None in a REFRESH.
    """

    method: AnswerMethod
    uid: str
    attendee: str
    said: Said | None
    sequence: int | None
    dtstamp: datetime | None
    recurrence_id: Moment | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    delegated_to: str | None = None
    sent_by: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class Standing:
    """An invitation as it stands, for all its days or for the one that the answer is about.

    `starts`: DTSTART as last sent, an instant or, of whole days, a date. `reply_*`: of the answer
    that stands. `all_days`: where one day is answered, the version and moment of the answer that
    stands for all days.
    """

    sequence: int
    min_sequence: int
    starts: Moment
    partstat: Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
    cancelled: bool
    reply_sequence: int | None = None
    reply_dtstamp: datetime | None = None
    all_days: tuple[int, datetime] | None = None


@dataclass(frozen=True)
class Ruling:
    """What an answer comes to. `sequence` and `dtstamp` are those to keep when it is applied."""

    outcome: Outcome
    reason: str
    sequence: int = 0
    dtstamp: datetime | None = None


def rule_on(answer: CalendarAnswer, standing: Standing, *, received_at: datetime) -> Ruling:
    """What a REPLY by somebody who is trusted does to the invitation (RFC 5546 §2.1.5)."""
    if standing.cancelled:
        return Ruling("stale", CANCELLED)
    if answer.said is None:
        return Ruling("quarantined", SAYS_NOTHING)
    sequence = _sequence(answer, standing)
    if sequence is None:
        return Ruling("quarantined", UNNUMBERED)
    if sequence < standing.min_sequence:
        return Ruling("stale", MOVED_SINCE)
    stamp = min(answer.dtstamp or received_at, received_at)
    if standing.all_days is not None and (sequence, stamp) < standing.all_days:
        return Ruling("stale", ANSWERED_SINCE)  # one calendar sends both with the same stamp
    if (known := _known(standing)) is not None:
        if (sequence, stamp) < known:
            return Ruling("stale", ANSWERED_SINCE)
        if (sequence, stamp) == known:
            return Ruling("unchanged", KNOWN if answer.said == standing.partstat else SAME_MOMENT)
    if answer.said == "DELEGATED":
        return _delegated(answer, sequence, stamp)
    return Ruling("applied", SAID[answer.said], sequence, stamp)


def _sequence(answer: CalendarAnswer, standing: Standing) -> int | None:
    """The version of the invitation that was answered; None when that cannot be told.

    An answer without SEQUENCE that names the current start is about the time as it was last
    changed, which is `min_sequence`; it is 0 as long as the time has never changed.
    """
    if answer.sequence is not None:
        return min(answer.sequence, standing.sequence)
    if answer.starts is not None and same_moment(answer.starts, standing.starts):
        return standing.min_sequence
    return None


def same_moment(one: Moment, other: Moment) -> bool:
    """Whether both are the same instant, or the same date. Compared in UTC: in Python, times of
    two zones are never equal in an hour that comes twice."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) == other.astimezone(UTC)
    return type(one) is type(other) and one == other


def _known(standing: Standing) -> tuple[int, datetime] | None:
    """The stamp of the answer that stands, if there is one."""
    if standing.reply_sequence is None or standing.reply_dtstamp is None:
        return None
    return standing.reply_sequence, standing.reply_dtstamp


def _delegated(answer: CalendarAnswer, sequence: int, stamp: datetime) -> Ruling:
    if answer.delegated_to is None:
        return Ruling("quarantined", NOBODY_NAMED)
    reason = f"Wants {answer.delegated_to} to come instead. Nobody is added until you decide."
    return Ruling("review", reason, sequence, stamp)
