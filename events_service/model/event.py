"""Series, their events, and the agenda of each."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.kinds import words
from events_service.model.place import City, Organisation

if TYPE_CHECKING:
    from events_service.model.registration import Quota

EventKind = Literal["workshop", "summit"]
PartnerRole = Literal["partner", "donor"]
ChangeKind = Literal["move", "cancel"]
CalendarStyle = Literal[
    "daily",  # like days in a row are one entry that repeats daily
    "each_day",
    "each_session",
    "all_day",  # days without hours, which block nothing (TRANSP:TRANSPARENT)
]


class Series(Numbered, Base):
    __tablename__ = "series"

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    previous_edition_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))

    events: Mapped[list["Event"]] = relationship(
        back_populates="series", order_by="Event.starts_on, Event.id"
    )


class Event(Numbered, Base):
    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("seats_taken between 0 and capacity", name="never_overbooked"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(words(EventKind), default="workshop")
    programme: Mapped[str] = mapped_column(default="")  # initiative it belongs to, as printed
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))  # host
    venue: Mapped[str] = mapped_column(default="")
    venue_address: Mapped[str] = mapped_column(default="")
    timezone: Mapped[str]  # IANA name
    starts_on: Mapped[date]  # local days
    ends_on: Mapped[date]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # spoken there
    capacity: Mapped[int]  # seats
    seats_taken: Mapped[int] = mapped_column(default=0)
    seats_per_city: Mapped[int] = mapped_column(default=5)
    approves_delegations: Mapped[bool] = mapped_column(default=False)  # an organiser decides each
    registration_closes_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    calendar_style: Mapped[CalendarStyle] = mapped_column(words(CalendarStyle), default="daily")
    calendar_sequence: Mapped[int] = mapped_column(default=0)  # SEQUENCE in feeds
    calendar_changed_at: Mapped[datetime | None]  # what calendars show; None: as published
    door_version: Mapped[int] = mapped_column(default=1)  # up when the door's link is replaced
    revision: Mapped[int] = mapped_column(default=1)  # up with every change a visitor can see
    previous_edition_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    sample: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # invented fields

    series: Mapped[Series] = relationship(back_populates="events")
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    sessions: Mapped[list["AgendaSession"]] = relationship(
        back_populates="event",
        order_by="AgendaSession.held_on, AgendaSession.starts, AgendaSession.id",
        cascade="all, delete-orphan",
    )
    partners: Mapped[list["EventPartner"]] = relationship(
        order_by="EventPartner.position", cascade="all, delete-orphan"
    )
    themes: Mapped[list["Theme"]] = relationship(
        order_by="Theme.position", cascade="all, delete-orphan"
    )
    quotas: Mapped[list["Quota"]] = relationship(
        order_by="Quota.kind", cascade="all, delete-orphan"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def seats_free(self) -> int:
        return self.capacity - self.seats_taken


class AgendaSession(Numbered, Base):
    """A session in the event's local time; wall time is the truth, instants follow from it."""

    __tablename__ = "agenda_session"
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_start"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    fold: Mapped[int] = mapped_column(default=0)  # 1: the second of two equal times (PEP 495)
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)  # invented for the sample data

    event: Mapped[Event] = relationship(back_populates="sessions")


class EventPartner(Numbered, Base):
    """An organisation or a city that stands behind an event."""

    __tablename__ = "event_partner"
    __table_args__ = (
        CheckConstraint("(city_id is null) <> (organisation_id is null)", name="one_of_two"),
        UniqueConstraint("event_id", "role", "city_id", "organisation_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    role: Mapped[PartnerRole] = mapped_column(words(PartnerRole))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[int] = mapped_column(default=0)

    city: Mapped[City | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def name(self) -> str:
        if self.city:
            return f"City of {self.city.name}"
        assert self.organisation is not None
        return self.organisation.name


class Theme(Numbered, Base):
    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Lineage(Base):
    """What was learnt at one event informs a later one."""

    __tablename__ = "lineage"

    from_event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    to_event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)


class PendingChange(Numbered, Base):
    """A move or a cancellation that an organiser drafted. It waits until its letters were read and
    released (`due_at` is None so long); a worker applies it when its minute is over. Until then it
    can be changed or undone, and nobody has been told."""

    __tablename__ = "pending_change"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(words(ChangeKind))
    details: Mapped[dict[str, object]] = mapped_column(JSONB)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    released_hash: Mapped[str | None]  # SHA-256 of the letters and their recipients, as read
    wordings: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)  # own words, by recipient
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    written_to: Mapped[int | None]  # people written to, once applied
    trace_id: Mapped[str | None]  # the request that asked for it
