"""Private calendar feeds. The series' own feed is public and needs no row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from events_service.db import Base, Numbered


class CalendarFeed(Numbered, Base):
    """What one person is invited to (`identity`), or what one organiser works on (`account_id`).
    Its link is derived from number and version; revoking raises the version."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        CheckConstraint("(identity is null) <> (account_id is null)", name="one_of_two"),
    )

    identity: Mapped[str | None] = mapped_column(unique=True)  # domain.feeds.identity_of
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]  # None: the link of this version works
