"""Mail that comes in: kept whole before anything is made of it, and what was made of it."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, and_, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.event import Event
from events_service.model.kinds import words
from events_service.model.registration import Invitation, ParticipationStatus

Door = Literal["command", "smtp", "imap", "mailbox"]
Outcome = Literal[
    "applied",
    "unchanged",  # says what is known already
    "stale",  # held: older than what is known, or about an invitation that was cancelled
    "proposal",  # another time was proposed
    "review",  # held for an organiser: not trusted enough, or a person has to choose
    "quarantined",  # not understood: kept whole for a person
    "bounce",
    "auto-reply",
]
Decision = Literal["applied", "dismissed"]
ProposalState = Literal["open", "accepted", "declined", "overtaken"]
HELD: tuple[Outcome, ...] = ("review", "quarantined", "stale")


class InboundMail(Numbered, Base):
    """A mail as it came. It is never deleted and its bytes never change."""

    __tablename__ = "inbound_mail"
    __table_args__ = (
        Index("ix_inbound_mail_unread", "due_at", "id", postgresql_where=text("read_at is null")),
        Index(
            "ix_inbound_mail_held",
            "event_id",
            "id",
            postgresql_where=text(
                "outcome in ('review', 'quarantined', 'stale') and decided_at is null"
            ),
        ),
    )

    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of `raw`, hexadecimal
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    door: Mapped[Door] = mapped_column(words(Door))
    recipients: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # of the envelope
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]  # when a worker is to read it (again)
    attempts: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]

    # What a worker made of it; none of it before `read_at`.
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome))
    reason: Mapped[str] = mapped_column(Text, default="")  # for organisers, in words
    message_id: Mapped[str | None]
    sender: Mapped[str | None]  # From, when it names exactly one address
    subject: Mapped[str | None]
    claims: Mapped[dict[str, Any] | None] = mapped_column(JSONB)  # the answer it carries
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    outbox_mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    partstat: Mapped[ParticipationStatus | None] = mapped_column(words(ParticipationStatus))

    # What a person decided about one that was held.
    decision: Mapped[Decision | None] = mapped_column(words(Decision))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    event: Mapped[Event | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    @property
    def is_held(self) -> bool:
        """`held_for_a_person()` of this one."""
        return self.outcome in HELD and self.decided_at is None


def held_for_a_person() -> ColumnElement[bool]:
    """Mails that wait for a person's decision, and have none yet."""
    return and_(InboundMail.outcome.in_(HELD), InboundMail.decided_at.is_(None))


class TimeProposal(Numbered, Base):
    """Somebody who was invited proposes another time (COUNTER, RFC 5546 §3.2.7)."""

    __tablename__ = "time_proposal"

    inbound_mail_id: Mapped[int] = mapped_column(ForeignKey("inbound_mail.id"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    day: Mapped[date | None]  # of one day of several; None: of all
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    sequence: Mapped[int]  # of the invitation that it answers
    comment: Mapped[str] = mapped_column(Text, default="")
    proposed_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(words(ProposalState), default="open")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    invitation: Mapped[Invitation] = relationship()
