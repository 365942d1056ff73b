"""What a person tells about themselves for an event, why it is asked, and what they agreed to."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.kinds import words

QuestionKind = Literal["text", "long_text", "yes_no", "choice", "choices"]
Attribution = Literal["name", "city", "chatham_house"]
ConsentKind = Literal["data", "photographs", "sensitive_data"]
SaidBy = Literal["person", "city"]


class Question(Numbered, Base):
    """Asked of each person of a delegation. `key`: title, organisation, languages, dietary, access,
    travel, visa_letter, emergency_contact; or own-N for one that an organiser wrote."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[QuestionKind] = mapped_column(words(QuestionKind))
    label: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text, default="")
    choices: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    required: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)  # only the person and organisers see it
    purpose: Mapped[str] = mapped_column(Text)  # shown beside the question
    keep_days: Mapped[int]  # after the event's last day; then answers are erased
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]  # asked no longer; answers are erased in their time


class Particulars(Numbered, Base):
    """One person's form: typed by their city, or by themselves behind a link of their own."""

    __tablename__ = "particulars"

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)  # up when the link is replaced
    link_sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[SaidBy | None] = mapped_column(words(SaidBy))
    attribution: Mapped[Attribution | None] = mapped_column(words(Attribution))  # None: not said

    details: Mapped[list["Detail"]] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list["Consent"]] = relationship(
        order_by="Consent.id", cascade="all, delete-orphan"
    )

    @property
    def agreed(self) -> dict[ConsentKind, bool]:
        """What the person said last to each wording they were asked about."""
        return {one.text.kind: one.given for one in self.consents}

    def tells_the_team(self, question: Question, detail: "Detail") -> bool:
        """Whether the network may read this answer: what the person typed, once they agreed to
        that (the last thing that their form asks); what is sensitive, by a yes of its own."""
        if detail.saved_by == "city":
            return True
        agreed = self.agreed
        allowed = agreed.get("data", False)
        return allowed and (not question.sensitive or agreed.get("sensitive_data", False))


class Detail(Base):
    """An answer to a question: text, true or false, or a list of choices."""

    __tablename__ = "detail"

    particulars_id: Mapped[int] = mapped_column(
        ForeignKey("particulars.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[Any] = mapped_column(JSONB)
    saved_at: Mapped[datetime]
    saved_by: Mapped[SaidBy] = mapped_column(words(SaidBy))


class ConsentText(Numbered, Base):
    """A wording that people were asked to agree to. It never changes: a new one is a version."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("kind", "version", "language"),)

    kind: Mapped[ConsentKind] = mapped_column(words(ConsentKind))
    version: Mapped[int]
    language: Mapped[str]
    wording: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Consent(Numbered, Base):
    """What one person said to one wording, and when. A change of mind is a row of its own."""

    __tablename__ = "consent"

    particulars_id: Mapped[int] = mapped_column(
        ForeignKey("particulars.id", ondelete="CASCADE"), index=True
    )
    consent_text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    given: Mapped[bool]
    said_at: Mapped[datetime]
    said_by: Mapped[SaidBy] = mapped_column(words(SaidBy))

    text: Mapped[ConsentText] = relationship(lazy="joined", innerjoin=True)
