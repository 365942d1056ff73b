"""Letters that wait for a person."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from events_service.letters import LetterName
from events_service.model import OutboxMail, SpotlightStep
from events_service.model.mail import held_for_a_person
from events_service.model.outbox_groups import at_their_event

SHOWN = 100  # of the letters that were refused; there are more only when a mail server is down


@dataclass(frozen=True)
class LettersNeedingDecision:
    """How many letters wait: to be approved; refused for good; perhaps sent, on hold."""

    to_approve: int
    refused: int
    uncertain: int

    @property
    def all(self) -> int:
        return self.to_approve + self.refused + self.uncertain


def letters_needing_decision(session: Session) -> LettersNeedingDecision:
    counted = select(
        func.count().filter(OutboxMail.state == "drafted", ~at_their_event()),
        func.count().filter(held_for_a_person(), OutboxMail.state == "dead"),
        func.count().filter(held_for_a_person(), OutboxMail.state == "unknown"),
    ).where(OutboxMail.state.in_(("drafted", "dead", "unknown")))
    return LettersNeedingDecision(*session.execute(counted).one())


def letters_to_approve(session: Session) -> list[OutboxMail]:
    """Drafted letters of the follow-up, the one that waits longest first."""
    return list(
        session.scalars(
            select(OutboxMail)
            .where(OutboxMail.state == "drafted", ~at_their_event())
            .options(defer(OutboxMail.rendered))
            .order_by(OutboxMail.created_at, OutboxMail.id)
        )
    )


def letters_held(session: Session) -> list[OutboxMail]:
    """Letters that the service can't settle by itself, newest first, at most SHOWN."""
    return list(
        session.scalars(
            select(OutboxMail)
            .where(held_for_a_person())
            .options(defer(OutboxMail.rendered), defer(OutboxMail.facts))
            .order_by(OutboxMail.id.desc())
            .limit(SHOWN)
        )
    )


def waits_for_decision(session: Session, mail_id: int) -> bool:
    """Whether it is for a person to say if this mail is sent again or left."""
    held = select(OutboxMail.id).where(OutboxMail.id == mail_id, held_for_a_person())
    return session.scalar(held) is not None


def mails_that_left(
    session: Session, *, limit: int, before_id: int | None = None, but: Collection[LetterName] = ()
) -> list[OutboxMail]:
    """Mails that were sent, by whatever way, the youngest promise first; at most `limit` of those
    before `before_id`, leaving out the letters named in `but`."""
    found = select(OutboxMail).where(OutboxMail.state == "sent", OutboxMail.letter.not_in(but))
    if before_id is not None:
        found = found.where(OutboxMail.id < before_id)
    return list(
        session.scalars(
            found.options(defer(OutboxMail.rendered), defer(OutboxMail.facts))
            .order_by(OutboxMail.id.desc())
            .limit(limit)
        )
    )


def partnership_of(session: Session, mail_id: int) -> int | None:
    """The number of the partnership that a letter is a step of."""
    return session.scalar(
        select(SpotlightStep.spotlight_id).where(SpotlightStep.mail_id == mail_id)
    )
