"""Calendar entries of which their people know nothing yet. The outbox says so, and nothing else
does, so that whatever is done there (released, taken back, left out, put back) holds at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import aliased

from events_service.model.mail import OutboxMail
from events_service.model.outbox_groups import NUDGE, sends_again

UNTOLD = ("drafted", "discarded")  # states of letters that nobody gets, or not yet
# Letters with the entry in them: a reminder carries its REQUEST too.
CARRIES_ENTRY = ("member_invited", "member_updated", "member_cancelled", NUDGE)


def unheard_entries(letters: ColumnElement[bool]) -> Select[int | None]:
    """Numbers of the entries of which one of these letters would tell for the first time."""
    return select(OutboxMail.invitation_id).where(letters, is_first())


def is_first(change: datetime | None = None) -> ColumnElement[bool]:
    """Of the OutboxMail in a query: it would tell somebody of an entry for the first time, and
    waits to be read and sent, or was left out; and no other has told of it since. `change`: when
    one was made whose own letters are promised, and have told nobody."""
    left_out = and_(OutboxMail.state == "discarded", OutboxMail.left_at.is_not(None))
    return and_(
        OutboxMail.invitation_id.is_not(None),
        OutboxMail.letter == "member_invited",
        not_(sends_again(OutboxMail)),
        or_(OutboxMail.state == "drafted", left_out),
        not_(_told_since(change)),
    )


def _told_since(change: datetime | None) -> ColumnElement[bool]:
    other = aliased(OutboxMail)
    told = exists().where(
        other.invitation_id == OutboxMail.invitation_id,
        other.id > OutboxMail.id,
        other.letter.in_(CARRIES_ENTRY),
        other.state.not_in(UNTOLD),
    )
    if change is None:
        return told
    return told.where(not_(and_(other.state == "queued", other.created_at == change)))
