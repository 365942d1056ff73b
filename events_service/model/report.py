"""An event report: a draft made of blocks, and the immutable versions that were published."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from events_service.db import Base, Numbered
from events_service.model.event import Event
from events_service.model.kinds import words

ReportState = Literal["requested", "drafting", "draft", "failed"]


class Report(Numbered, Base):
    """The summary page of an event, as staff work on it."""

    __tablename__ = "report"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    state: Mapped[ReportState] = mapped_column(words(ReportState), default="requested")
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    progress: Mapped[int] = mapped_column(default=0)  # per cent
    problem: Mapped[str | None] = mapped_column(Text)  # why drafting failed, in words
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]  # database time
    trace_id: Mapped[str | None]  # the request that asked for it

    event: Mapped[Event] = relationship()
    blocks: Mapped[list["ReportBlock"]] = relationship(
        order_by="ReportBlock.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list["ReportVersion"]] = relationship(order_by="ReportVersion.number")


class ReportBlock(Numbered, Base):
    """A part of the document: `drafted` from the records, `edited` by staff."""

    __tablename__ = "report_block"
    __table_args__ = (UniqueConstraint("report_id", "part"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    part: Mapped[str]  # its name in events_service.domain.reporting.summary
    position: Mapped[int]
    drafted: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sources: Mapped[list[str]] = mapped_column(JSONB)  # "attendance:12", "practice:3"
    edited: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ReportVersion(Numbered, Base):
    """A published document: never changed, later versions stand beside it."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest: Mapped[str]  # SHA-256 of the document as canonical JSON
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
