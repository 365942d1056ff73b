"""What comes after: spotlight partnerships with cities, and cities on their way in."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_service.db import Base, Numbered
from events_service.model.account import Account
from events_service.model.event import Event
from events_service.model.kinds import words
from events_service.model.mail import OutboxMail
from events_service.model.place import City
from events_service.model.record import Practice

SpotlightState = Literal["open", "declined", "published", "ended"]
StepKey = Literal["invite", "draft", "sign_off", "publish", "check_in"]
OnboardingState = Literal[
    "introduced", "interested", "applied", "decided", "focal_points", "welcomed", "active", "ended"
]


class Spotlight(Numbered, Base):
    """A follow-up partnership with the officials behind a practice."""

    __tablename__ = "spotlight"
    __table_args__ = (UniqueConstraint("practice_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    state: Mapped[SpotlightState] = mapped_column(words(SpotlightState), default="open")
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime]

    practice: Mapped[Practice] = relationship(lazy="joined", innerjoin=True)
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    owner: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list["SpotlightStep"]] = relationship(
        order_by="SpotlightStep.position", cascade="all, delete-orphan"
    )


class SpotlightStep(Numbered, Base):
    """A step with an owner and a due date; when due, a letter is drafted for approval."""

    __tablename__ = "spotlight_step"
    __table_args__ = (UniqueConstraint("spotlight_id", "key"),)

    spotlight_id: Mapped[int] = mapped_column(ForeignKey("spotlight.id", ondelete="CASCADE"))
    key: Mapped[StepKey] = mapped_column(words(StepKey))
    position: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"))
    done_at: Mapped[datetime | None]

    owner: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    mail: Mapped[OutboxMail | None] = relationship()


class Onboarding(Numbered, Base):
    """A city on its way into the network."""

    __tablename__ = "onboarding"

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), unique=True)
    state: Mapped[OnboardingState] = mapped_column(words(OnboardingState), default="introduced")
    introduced_at_event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    introduced_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    event: Mapped[Event | None] = relationship()
    owner: Mapped[Account | None] = relationship(lazy="joined")
    tasks: Mapped[list["OnboardingTask"]] = relationship(
        order_by="OnboardingTask.position", cascade="all, delete-orphan"
    )


class OnboardingTask(Numbered, Base):
    __tablename__ = "onboarding_task"

    onboarding_id: Mapped[int] = mapped_column(ForeignKey("onboarding.id", ondelete="CASCADE"))
    position: Mapped[int]
    state: Mapped[OnboardingState] = mapped_column(words(OnboardingState))  # reached when done
    title: Mapped[str]
    due_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime | None]

    owner: Mapped[Account | None] = relationship(lazy="joined")
