"""The outbox: every mail the service promises is a row here, written beside its cause."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, and_, or_, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.kinds import words

MailState = Literal[
    "drafted",  # waits for a person's approval
    "queued",  # to be rendered if it is not yet, then claimed
    "claimed",
    "sending",  # DATA has begun
    "sent",
    "retry",
    "dead",
    "unknown",  # DATA had begun and no answer came
    "discarded",  # a person decided against it
]
Transport = Literal["smtp", "mailbox"]
OnUnknown = Literal["resend", "hold"]
OPEN_STATES = ("queued", "claimed", "sending", "retry")


class OutboxMail(Numbered, Base):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        Index(
            "ix_outbox_mail_due",
            "priority",
            "due_at",
            "id",
            postgresql_where=text("state in ('queued', 'claimed', 'sending', 'retry')"),
        ),
        Index(
            "ix_outbox_mail_unrendered",
            "priority",
            "due_at",
            "id",
            postgresql_where=text("rendered is null and state in ('queued', 'drafted')"),
        ),
        Index("ix_outbox_mail_event", "event_id", "id"),
        Index(
            "ix_outbox_mail_to_city",
            "city_id",
            "event_id",
            postgresql_where=text("letter = 'city_invited'"),
        ),
        Index("ix_outbox_mail_sent", "sent_at"),
    )

    dedupe_key: Mapped[str] = mapped_column(unique=True)  # cause, person, version
    letter: Mapped[str]  # name in events_service.letters.LETTERS
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)  # snapshot the letter is made from
    to_address: Mapped[str] = mapped_column(index=True)
    to_name: Mapped[str] = mapped_column(default="")
    cc_address: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")  # that the letter is written in
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]  # also Date and DTSTAMP
    due_at: Mapped[datetime]
    priority: Mapped[int] = mapped_column(default=1)  # 0 urgent, 1 ordinary, 2 bulk
    on_unknown: Mapped[OnUnknown] = mapped_column(words(OnUnknown), default="resend")

    only_while_unanswered: Mapped[bool] = mapped_column(default=False)  # else it is discarded

    decided_at: Mapped[datetime | None]  # when an organiser decided what it tells a delegation
    trace_id: Mapped[str | None]  # the request that caused it, for the logs
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)

    state: Mapped[MailState] = mapped_column(words(MailState), default="queued")
    subject: Mapped[str | None]  # once rendered
    calendar_method: Mapped[str | None]  # once rendered: REQUEST, CANCEL, or none
    rendered: Mapped[bytes | None] = mapped_column(LargeBinary)  # links are placeholders
    rendered_at: Mapped[datetime | None]
    render_attempts: Mapped[int] = mapped_column(default=0)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    approved_hash: Mapped[str | None]  # SHA-256 of `rendered` that the person read

    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)  # up with each claim; settling checks it
    lease_until: Mapped[datetime | None]  # database time
    last_answer: Mapped[str | None] = mapped_column(Text)  # the server's, or what failed
    sent_at: Mapped[datetime | None]
    sent_via: Mapped[Transport | None] = mapped_column(words(Transport))
    bounced_at: Mapped[datetime | None]  # it was accepted, and came back
    bounce: Mapped[str | None] = mapped_column(Text)  # why, as the other server said
    left_at: Mapped[datetime | None]  # a person decided to leave a dead or unknown mail as it is
    left_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def held_for_a_person() -> ColumnElement[bool]:
    """Mails that were refused for good, or that may have arrived and must not be sent twice
    without asking, until a person decides to leave them. Not sign-in links: they are of use for
    minutes, and whoever needs one asks for another."""
    uncertain = and_(OutboxMail.state == "unknown", OutboxMail.on_unknown == "hold")
    return and_(
        OutboxMail.letter.not_in(("sign_in", "city_sign_in")),
        OutboxMail.left_at.is_(None),
        or_(OutboxMail.state == "dead", uncertain),
    )


class SuppressedAddress(Base):
    """An address that a mail server refused for good. Nothing is sent there until a person has
    decided to try again."""

    __tablename__ = "suppressed_address"

    address: Mapped[str] = mapped_column(primary_key=True)  # lower case
    since: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text)  # the server's
