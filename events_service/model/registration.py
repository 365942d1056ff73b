"""From the letter to a city to the people it sends."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.event import Event
from events_service.model.kinds import words
from events_service.model.place import City

DelegationState = Literal[
    "draft",
    "submitted",  # confirmed by the city, awaits an organiser's approval
    "confirmed",
    "waitlisted",
    "turned_down",  # by an organiser, who said why
    "withdrawn",
]
QuotaKind = Literal["host_region", "new_cities", "practitioners"]
ParticipationStatus = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
AnswerRoute = Literal["page", "mail"]


class CityInvitation(Numbered, Base):
    """A city is asked to an event. Its link works until registration closes or it is revoked."""

    __tablename__ = "city_invitation"
    __table_args__ = (UniqueConstraint("event_id", "city_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    address: Mapped[str] = mapped_column(index=True)
    addressee: Mapped[str] = mapped_column(default="")  # "Mayor", as in "Dear Mayor,"
    seats: Mapped[int]
    seats_elected: Mapped[int] = mapped_column(default=0)  # of `seats`, for elected officials
    link_version: Mapped[int] = mapped_column(default=1)  # up when the link is replaced
    invited_at: Mapped[datetime]
    sent_again_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]  # a person pressed something on the city's page
    declined_at: Mapped[datetime | None]  # the city said that it does not come
    declined_because: Mapped[str] = mapped_column(Text, default="")
    revoked_at: Mapped[datetime | None]
    counts_as: Mapped[QuotaKind | None] = mapped_column(words(QuotaKind))  # whose kept seats it has

    event: Mapped[Event] = relationship()
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    delegation: Mapped["Delegation | None"] = relationship(back_populates="city_invitation")


class Delegation(Numbered, Base):
    """The people a city sends to an event. What is being edited lies in `draft` until confirmed."""

    __tablename__ = "delegation"
    __table_args__ = (
        Index("ix_delegation_waiting", "event_id", "waitlisted_at"),
        CheckConstraint("seats >= 0", name="seats_not_negative"),
    )

    city_invitation_id: Mapped[int] = mapped_column(ForeignKey("city_invitation.id"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    state: Mapped[DelegationState] = mapped_column(words(DelegationState), default="draft")
    seats: Mapped[int] = mapped_column(default=0)  # held at the event now
    contact_address: Mapped[str]  # who fills in the form; gets receipts
    kept_seats: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)  # of `seats`, by quota
    offered_seats: Mapped[int] = mapped_column(default=0)  # held for it until `offer_ends_at`
    offer_ends_at: Mapped[datetime | None]
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    draft_version: Mapped[int] = mapped_column(default=0)  # up with each save, so none is lost
    version: Mapped[int] = mapped_column(default=0)  # up with each confirmed change
    started_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    waitlisted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]  # an organiser approved, turned down or wait-listed it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_because: Mapped[str] = mapped_column(Text, default="")

    city_invitation: Mapped[CityInvitation] = relationship(back_populates="delegation")
    event: Mapped[Event] = relationship()
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    members: Mapped[list["Member"]] = relationship(
        back_populates="delegation", order_by="Member.position, Member.id"
    )


class Member(Numbered, Base):
    """A person of a delegation. An address may be shared; the person is the row."""

    __tablename__ = "member"
    __table_args__ = (Index("ix_member_lower_address", text("lower(address)")),)

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)  # 0 leads the delegation
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    assistant_address: Mapped[str | None]  # copied on the person's mail
    days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    session_ids: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))  # None: all of `days`
    is_elected: Mapped[bool | None]  # None: not said; False: a practitioner
    language: Mapped[str | None]  # of letters, as the person chose; None: the city's
    removed_at: Mapped[datetime | None]

    delegation: Mapped[Delegation] = relationship(back_populates="members")
    invitations: Mapped[list["Invitation"]] = relationship(
        back_populates="member", order_by="Invitation.id"
    )


class Invitation(Numbered, Base):
    """A calendar object sent to one person: event × person × run of consecutive days, or session.

    `sequence` is as last sent, `min_sequence` that of the last change of time (RFC 5546 §2.1.4).
    `answered_*` and `reply_*` tell of the answer that stands, by page or by mail.
    """

    __tablename__ = "invitation"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    uid: Mapped[str] = mapped_column(unique=True)
    days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_session.id", ondelete="SET NULL"), index=True
    )  # None: about whole days
    sequence: Mapped[int] = mapped_column(default=0)
    min_sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]  # when what a calendar shows of it changed last
    partstat: Mapped[ParticipationStatus] = mapped_column(
        words(ParticipationStatus), default="NEEDS-ACTION"
    )
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[AnswerRoute | None] = mapped_column(words(AnswerRoute))
    reply_sequence: Mapped[int | None]
    reply_dtstamp: Mapped[datetime | None]
    reply_message_id: Mapped[str | None]
    reply_comment: Mapped[str | None] = mapped_column(Text)
    cancelled_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(back_populates="invitations")
    day_answers: Mapped[list["DayAnswer"]] = relationship(
        order_by="DayAnswer.day", cascade="all, delete-orphan"
    )


class DayAnswer(Base):
    """An answer to one day of several (RECURRENCE-ID): it stands for that day alone."""

    __tablename__ = "day_answer"

    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    partstat: Mapped[ParticipationStatus] = mapped_column(words(ParticipationStatus))
    answered_at: Mapped[datetime]
    answered_by: Mapped[AnswerRoute] = mapped_column(words(AnswerRoute))
    reply_sequence: Mapped[int]
    reply_dtstamp: Mapped[datetime]
    reply_message_id: Mapped[str | None]
    reply_comment: Mapped[str | None] = mapped_column(Text)


class Quota(Base):
    """Seats of an event that are kept for some cities or people, until an organiser opens them."""

    __tablename__ = "quota"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[QuotaKind] = mapped_column(words(QuotaKind), primary_key=True)
    seats: Mapped[int]


class AccessRequest(Numbered, Base):
    """Somebody we do not know asked to register; an organiser decides whom to invite."""

    __tablename__ = "access_request"
    __table_args__ = (UniqueConstraint("event_id", "address"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    address: Mapped[str]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
