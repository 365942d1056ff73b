"""People of the network team who sign in."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_service.db import Base, Numbered
from events_service.model.kinds import words

Role = Literal["administrator", "staff", "organiser"]


class Account(Numbered, Base):
    """`administrator` and `staff` reach every series; an `organiser` those granted to them."""

    __tablename__ = "account"

    address: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(words(Role))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    sessions_end_before: Mapped[datetime | None]  # sign-ins older than this are void

    grants: Mapped[list["SeriesGrant"]] = relationship(cascade="all, delete-orphan")


class SeriesGrant(Base):
    """An organiser may work on a series."""

    __tablename__ = "series_grant"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)


class SignInLink(Numbered, Base):
    """A link that signs one account in, once, for some minutes."""

    __tablename__ = "sign_in_link"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class CitySignInLink(Numbered, Base):
    """A link that signs one address in for the cities it speaks for, once, for some minutes."""

    __tablename__ = "city_sign_in_link"

    address: Mapped[str]  # lower case
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RateWindow(Base):
    """How often a key was used in a window of time."""

    __tablename__ = "rate_window"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=1)
