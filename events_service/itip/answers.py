"""What an answer says, and what becomes of it: the state machine of replies, over plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

AnswerMethod = Literal["REPLY", "COUNTER", "REFRESH"]
Said = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED"]
Moment = datetime | date  # aware instants; a date where a calendar speaks of whole days


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
    that stands.
    """

    sequence: int
    min_sequence: int
    starts: Moment
    partstat: Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
    cancelled: bool
    reply_sequence: int | None = None
    reply_dtstamp: datetime | None = None


@dataclass(frozen=True)
class Ruling:
    """What an answer comes to. `sequence` and `dtstamp` are those to keep when it is applied."""

    outcome: Literal["applied", "unchanged", "stale", "quarantined", "review"]
    reason: str
    sequence: int = 0
    dtstamp: datetime | None = None


def rule_on(answer: CalendarAnswer, standing: Standing, *, received_at: datetime) -> Ruling:
    """What a REPLY by somebody who is trusted does to the invitation (RFC 5546 §2.1.5)."""
    raise NotImplementedError
