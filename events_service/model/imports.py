"""Lists of cities that somebody uploads."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_service.db import Base, Numbered
from events_service.model.account import Account


class CityImport(Numbered, Base):
    """An uploaded list between its preview and its confirmation, and for the rest of a day what
    became of it. Nothing else of the file is kept."""

    __tablename__ = "city_import"

    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    filename: Mapped[str]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # as read; empty once imported
    ignored: Mapped[list[str]] = mapped_column(JSONB)  # headings that are not imported
    imported_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, int] | None] = mapped_column(JSONB)  # how many of what were changed

    asked_by: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
