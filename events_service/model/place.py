"""Cities, the people who answer for them, and the organisations around them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_service.db import Base, Numbered
from events_service.model.kinds import words

OrganisationKind = Literal[
    "civil_society", "national_government", "donor", "city_network", "academia", "multilateral"
]


class City(Numbered, Base):
    __tablename__ = "city"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    subdivision: Mapped[str | None]
    country: Mapped[str]  # ISO 3166-1 alpha-2
    latitude: Mapped[float]  # degrees, WGS 84
    longitude: Mapped[float]
    timezone: Mapped[str]  # IANA name
    language: Mapped[str | None]  # of letters and pages, ISO 639-1; None: not known
    joined_at: Mapped[datetime | None]  # None: no member of the network

    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="city", order_by="Contact.id", cascade="all, delete-orphan"
    )


class Contact(Numbered, Base):
    """A focal point: whom the network writes to in a city."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("city_id", "address"),)

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    name: Mapped[str]
    role: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)  # normalised, lower-case domain

    city: Mapped[City] = relationship(back_populates="contacts")


class Organisation(Numbered, Base):
    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(words(OrganisationKind))
    country: Mapped[str | None]
    agreement: Mapped[str | None]
