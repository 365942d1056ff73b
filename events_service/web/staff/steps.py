"""Where a step or a task stands, in one word and what to do next."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from events_service.domain.followup.due import due_words
from events_service.domain.followup.spotlights import finished_at
from events_service.letters.writing import NBSP
from events_service.model import OutboxMail, SpotlightStep
from events_service.model.mail import OPEN_STATES
from events_service.translation import current_locale
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Situation:
    """`kind` is a fill of macros/state.html; `waits`: somebody has to do something now."""

    kind: str
    word: str
    waits: bool = False
    says_due: bool = False  # the word is about the day alone


def done(at: datetime) -> Situation:
    return Situation("done", _("Done %(day)s", day=_short(at)))


def open_situation(due_on: date, today: date, *, following: bool) -> Situation:
    """Of a step that nothing has happened for; `following`: it is the next one."""
    words = due_words(due_on, today)
    said = words[0].upper() + words[1:]
    if due_on <= today:
        return Situation("due" if following else "free", said, waits=following, says_due=True)
    return Situation("later", said, says_due=True) if following else Situation("free", _("Later"))


def situation_of(
    step: SpotlightStep, today: date, *, following: bool, address_known: bool
) -> Situation:
    """Of a partnership's step: its letter first, then its due date."""
    finished = finished_at(step)
    if finished is not None:
        return done(finished)
    if step.mail is not None and following:
        return _of_letter(step.mail, step.due_on, today)
    if following and step.due_on <= today:
        if not address_known:
            return Situation("due", _("No address known"), waits=True)
        return Situation("later", _("Letter is being drafted"))
    return open_situation(step.due_on, today, following=following)


def _of_letter(mail: OutboxMail, due_on: date, today: date) -> Situation:
    if mail.state == "drafted":
        return Situation("drafted", _("Letter to approve"), waits=True)
    if mail.state in OPEN_STATES:
        return Situation("queued", _("Letter on its way"))
    if mail.state == "dead":
        return Situation("dead", _("Letter was refused"), waits=mail.left_at is None)
    if mail.state == "unknown":
        return Situation("unknown", _("Letter perhaps sent"), waits=mail.left_at is None)
    return open_situation(due_on, today, following=True)  # put aside: the step is still to do


def _short(at: datetime) -> str:
    """3 Nov"""
    return str(format_date(at, f"d{NBSP}MMM", locale=current_locale()))
