"""A person answers their invitation on the page."""

from datetime import datetime

from events_service.domain.refusals import Conflict
from events_service.domain.registration.calendars import standing
from events_service.model import Invitation, Member
from events_service.model.registration import ParticipationStatus


class NothingToAnswer(Conflict):
    """The person's place was taken back, so there is no invitation to answer."""


def answer(
    member: Member, answers: dict[int, ParticipationStatus], *, now: datetime
) -> list[Invitation]:
    """Record what the person says to each of their standing invitations (by number)."""
    open_ones = standing(member)
    if not open_ones:
        raise NothingToAnswer(
            "Your place at this workshop was taken back, so there is nothing to answer. "
            "Write to whoever registered your city if that is wrong."
        )
    for invitation in open_ones:
        if invitation.id in answers:
            invitation.partstat = answers[invitation.id]
            invitation.answered_at, invitation.answered_by = now, "page"
            invitation.reply_sequence, invitation.reply_dtstamp = invitation.sequence, now
            invitation.reply_message_id = invitation.reply_comment = None
    return open_ones
