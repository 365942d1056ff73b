"""What happened at an event: who came, what was said, what was learnt."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.event import Event, Theme
from events_service.model.kinds import words
from events_service.model.place import City, Organisation

Audience = Literal["mayors", "national", "network"]
AttributionRule = Literal["name", "city", "chatham"]
ConsentState = Literal["none", "asked", "given", "refused", "withdrawn"]


class Attendance(Numbered, Base):
    """A person who was there, from a delegation, walked in, or as a guest of an organisation."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("(city_id is null) <> (organisation_id is null)", name="one_of_two"),
        UniqueConstraint("event_id", "member_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    walk_in: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    sample: Mapped[bool] = mapped_column(default=False)

    city: Mapped[City | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class Note(Numbered, Base):
    """A rapporteur's note."""

    __tablename__ = "note"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]
    sample: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme | None] = relationship(lazy="joined")


class Recommendation(Numbered, Base):
    __tablename__ = "recommendation"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    audience: Mapped[Audience] = mapped_column(words(Audience))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    sample: Mapped[bool] = mapped_column(default=False)


class NextStep(Numbered, Base):
    """A commitment that outlives the event."""

    __tablename__ = "next_step"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    sample: Mapped[bool] = mapped_column(default=False)


class Practice(Numbered, Base):
    """What a city does, as Challenge / Approach / Impact."""

    __tablename__ = "practice"

    slug: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    title: Mapped[str]
    challenge: Mapped[str] = mapped_column(Text)
    approach: Mapped[str] = mapped_column(Text)
    impact: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    sample: Mapped[bool] = mapped_column(default=False)  # the title is invented

    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    theme: Mapped[Theme | None] = relationship(lazy="joined")
    event: Mapped[Event] = relationship()


class Quote(Numbered, Base):
    """Words somebody said. Who said them lies apart, in QuoteAttribution."""

    __tablename__ = "quote"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    text: Mapped[str] = mapped_column(Text)
    rule: Mapped[AttributionRule] = mapped_column(words(AttributionRule), default="chatham")
    shown: Mapped[bool] = mapped_column(default=False)  # staff want it in the document
    consent: Mapped[ConsentState] = mapped_column(words(ConsentState), default="none")
    consent_on: Mapped[date | None]
    consent_wording: Mapped[str | None] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme | None] = relationship(lazy="joined")


class QuoteAttribution(Base):
    __tablename__ = "quote_attribution"

    quote_id: Mapped[int] = mapped_column(
        ForeignKey("quote.id", ondelete="CASCADE"), primary_key=True
    )
    speaker: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))

    city: Mapped[City | None] = relationship(lazy="joined")


class Resource(Numbered, Base):
    """A guide or toolkit of the network."""

    __tablename__ = "resource"

    title: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str | None]
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    published_on: Mapped[date | None]
    updated_on: Mapped[date | None]
