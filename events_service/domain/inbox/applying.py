"""An answer by somebody who is trusted, against the invitation as it stands."""

from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from events_service.domain.inbox.words import kept, kept_or_none
from events_service.itip.answers import CalendarAnswer, Moment, Ruling, Standing, rule_on
from events_service.model import DayAnswer, InboundMail, Invitation
from events_service.model.registration import ParticipationStatus


def rule_and_apply(
    session: Session,
    mail: InboundMail,
    answer: CalendarAnswer,
    invitation: Invitation,
    starts: dict[date, Moment],
    day: date | None,
    *,
    received_at: datetime,
    now: datetime,
) -> Ruling:
    """What a REPLY about all days, or about `day`, comes to; written down if it is applied.

    `starts` of the invitation's days. An answer to all days takes the place of older answers to
    single ones, as it does on the page. The caller holds the invitation's row."""
    standing = _standing(invitation, starts, day)
    ruling = rule_on(answer, standing, received_at=received_at)
    if ruling.outcome == "applied":
        stands = _answer_to(invitation, day) or _first_answer_to(invitation, day)
        stands.partstat = cast(ParticipationStatus, answer.said)
        stands.answered_at, stands.answered_by = now, "mail"
        stands.reply_sequence = ruling.sequence
        stands.reply_dtstamp = ruling.dtstamp or received_at
        stands.reply_message_id = kept_or_none(mail.message_id)
        stands.reply_comment = kept(answer.comment) or None
        if day is None:
            _forget_older(invitation, ruling.sequence, stands.reply_dtstamp)
        session.flush()
    return ruling


def participation(invitation: Invitation, day: date | None) -> ParticipationStatus:
    """What stands for a day, or for all days to which nothing else was said."""
    stands = _answer_to(invitation, day)
    return stands.partstat if stands else invitation.partstat


def _standing(invitation: Invitation, starts: dict[date, Moment], day: date | None) -> Standing:
    stands = _answer_to(invitation, day)
    return Standing(
        sequence=invitation.sequence,
        min_sequence=invitation.min_sequence,
        starts=starts[day] if day else next(iter(starts.values())),
        partstat=participation(invitation, day),
        cancelled=invitation.cancelled_at is not None,
        reply_sequence=stands.reply_sequence if stands else None,
        reply_dtstamp=stands.reply_dtstamp if stands else None,
        all_days=_stamp_of_all(invitation) if day else None,
    )


def _stamp_of_all(invitation: Invitation) -> tuple[int, datetime] | None:
    sequence, dtstamp = invitation.reply_sequence, invitation.reply_dtstamp
    return (sequence, dtstamp) if sequence is not None and dtstamp is not None else None


def _forget_older(invitation: Invitation, sequence: int, dtstamp: datetime) -> None:
    """Answers to single days that were given before this one to all. Those of the same moment
    stay: calendars send a series with its exceptions in one mail."""
    invitation.day_answers = [
        one
        for one in invitation.day_answers
        if (one.reply_sequence, one.reply_dtstamp) >= (sequence, dtstamp)
    ]


def _answer_to(invitation: Invitation, day: date | None) -> Invitation | DayAnswer | None:
    """Where the answer about all days, or the one about a day, is kept."""
    if day is None:
        return invitation
    return next((one for one in invitation.day_answers if one.day == day), None)


def _first_answer_to(invitation: Invitation, day: date | None) -> DayAnswer:
    single = DayAnswer(day=day)
    invitation.day_answers.append(single)
    return single
