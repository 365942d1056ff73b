"""What a change of an event promised about calendar entries that their people know nothing of yet:
the first letter about each waits to be read, or was left out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from events_service.domain.registration.sending_again import CALENDAR_LETTERS
from events_service.model import OutboxMail
from events_service.model.unheard import is_first


def first_letters(
    session: Session, event_id: int, now: datetime, members: Collection[int] | None = None
) -> Sequence[OutboxMail]:
    """Letters that would tell somebody of an entry for the first time, and that wait, or were left
    out. `now`: of the change; what that promises has told nobody. `members`: numbers of people;
    None: everybody."""
    asked = select(OutboxMail).where(OutboxMail.event_id == event_id, is_first(now))
    if members is not None:
        asked = asked.where(OutboxMail.member_id.in_(members))
    return session.scalars(asked.order_by(OutboxMail.id).with_for_update()).all()


def drop_news(session: Session, first: Sequence[OutboxMail], now: datetime) -> None:
    """Nobody hears of a change to what they were never told of: the first letter tells it."""
    session.execute(
        delete(OutboxMail).where(
            OutboxMail.invitation_id.in_({mail.invitation_id for mail in first}),
            OutboxMail.id.not_in([mail.id for mail in first]),
            OutboxMail.letter.in_(CALENDAR_LETTERS),
            OutboxMail.state.in_(("queued", "drafted")),
            OutboxMail.created_at == now,
        )
    )


def hold_new_entries(
    session: Session, event_id: int, first: Sequence[OutboxMail], now: datetime
) -> None:
    """Nobody hears that they have a place by the second of their entries, while the letter about
    the first still waits: the second goes with it, and with the same decision."""
    decided = {mail.member_id: mail.decided_at for mail in first if mail.state == "drafted"}
    people: dict[datetime | None, list[int | None]] = defaultdict(list)
    for number in {mail.member_id for mail in first}:
        people[decided.get(number)].append(number)
    for decided_at, numbers in people.items():
        session.execute(
            update(OutboxMail)
            .where(
                OutboxMail.event_id == event_id,
                OutboxMail.member_id.in_(numbers),
                OutboxMail.letter == "member_invited",
                OutboxMail.state == "queued",
                OutboxMail.created_at == now,
            )
            .values(state="drafted", decided_at=decided_at)
        )
