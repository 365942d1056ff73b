"""Who came in, as it was noted at the door."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events_service.db import Base, Numbered


class CheckIn(Numbered, Base):
    """A person came in on a day. Devices without a network keep theirs and send them later.

    A row outlives what it says: when the attendance is taken away its key stays, so that an entry
    which a device sends once more does not bring the person back.
    """

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("attendance_id", "day"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    attendance_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendance.id", ondelete="SET NULL")
    )
    day: Mapped[date]  # local
    came_at: Mapped[datetime]  # by the clock of the device
    recorded_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(
        unique=True
    )  # made by the device, once for each person's entry
    recorded_by: Mapped[str]  # which device or account noted it
    taken_back_at: Mapped[datetime | None]
