"""A person answers their invitation on the page: all of its days at once, or each by itself."""

from collections.abc import Mapping
from datetime import date, datetime

from events_service.domain.refusals import Conflict
from events_service.domain.registration.runs import standing
from events_service.model import DayAnswer, Invitation, Member
from events_service.model.registration import ParticipationStatus
from events_service.translation import gettext as _

Answer = ParticipationStatus | Mapping[date, ParticipationStatus]


class NothingToAnswer(Conflict):
    """The person's place was taken back, so there is no invitation to answer."""


class TimesChanged(Conflict):
    """The person answered on a page that shows an earlier time."""


def check_seen(member: Member, seen: Mapping[int, int]) -> None:
    """`seen`: the version (SEQUENCE) of each invitation that the page showed, by number; what is
    not in it is 0, the first. TimesChanged when one is older than the last change of time."""
    if any(seen.get(one.id, 0) < one.min_sequence for one in standing(member)):
        raise TimesChanged(_("The times have changed since you opened this page: look again."))


def answer(member: Member, answers: Mapping[int, Answer], *, now: datetime) -> list[Invitation]:
    """Record what the person says to each of their standing invitations (by number): one word
    for all of its days, or one for each of them."""
    open_ones = standing(member)
    if not open_ones:
        raise NothingToAnswer(
            _(
                "Your place at this workshop was taken back, so there is nothing to answer. "
                "Write to whoever registered your city if that is wrong."
            )
        )
    for invitation in open_ones:
        said = answers.get(invitation.id)
        if isinstance(said, str):
            _answer_all(invitation, said, now)
        elif said:
            _answer_each(invitation, said, now)
    return open_ones


def _answer_all(invitation: Invitation, said: ParticipationStatus, now: datetime) -> None:
    """Answers to single days stood beside another answer to the rest; this one is to all."""
    invitation.partstat = said
    invitation.answered_at, invitation.answered_by = now, "page"
    invitation.reply_sequence, invitation.reply_dtstamp = invitation.sequence, now
    invitation.reply_message_id = invitation.reply_comment = None
    invitation.day_answers = []


def _answer_each(
    invitation: Invitation, said: Mapping[date, ParticipationStatus], now: datetime
) -> None:
    if set(said) == set(invitation.days) and len(set(said.values())) == 1:
        _answer_all(invitation, next(iter(said.values())), now)
        return
    given = {one.day: one for one in invitation.day_answers}
    for day in sorted(said.keys() & set(invitation.days)):
        one = given.get(day)
        if one is None:
            one = DayAnswer(day=day)
            invitation.day_answers.append(one)
        one.partstat, one.answered_at, one.answered_by = said[day], now, "page"
        one.reply_sequence, one.reply_dtstamp = invitation.sequence, now
        one.reply_message_id = one.reply_comment = None
