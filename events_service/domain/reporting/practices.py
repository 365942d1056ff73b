"""A city's practice, as Challenge / Approach / Impact, and its page in the Resource Hub."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.naming import free_slug, slug_of
from events_service.domain.refusals import NotFound, Refusal
from events_service.domain.reporting.order import place_after_the_others
from events_service.model import City, Event, Practice, Spotlight, Theme
from events_service.translation import gettext as _


def save_practice(
    session: Session,
    event: Event,
    practice: Practice | None,
    *,
    city_id: int,
    theme: Theme | None,
    title: str,
    challenge: str,
    approach: str,
    impact: str,
) -> Practice:
    """A new practice, or new words for one. Its address stays what it was."""
    city = session.get(City, city_id)
    if city is None:
        raise NotFound(_("This city is not known. Choose one from the list."))
    if practice is None:
        practice = Practice(
            event_id=event.id,
            slug=free_slug(session, Practice, slug_of(f"{city.name} {title}")),
            position=place_after_the_others(session, Practice, event),
        )
        session.add(practice)
    practice.city, practice.theme, practice.title = city, theme, title
    practice.challenge, practice.approach, practice.impact = challenge, approach, impact
    practice.sample = False
    session.flush()
    return practice


def publish_practice(session: Session, practice: Practice, *, now: datetime) -> None:
    """Give the practice its page; a second time changes nothing."""
    missing = [
        problem
        for problem, text in (
            (_("Write the challenge before this practice is published."), practice.challenge),
            (_("Write the approach before this practice is published."), practice.approach),
            (_("Write the impact before this practice is published."), practice.impact),
        )
        if not text.strip()
    ]
    if missing:
        raise Refusal(missing[0])
    practice.published_at = practice.published_at or now
    session.flush()


def unpublish_practice(session: Session, practice: Practice) -> None:
    practice.published_at = None
    session.flush()


def may_be_deleted(session: Session, practice: Practice) -> None:
    """Raises Refusal while the practice is in use."""
    if practice.published_at is not None:
        raise Refusal(_("This practice is published. Take its page down before you delete it."))
    if session.scalar(select(Spotlight.id).where(Spotlight.practice_id == practice.id)):
        raise Refusal(
            _(
                "A spotlight partnership with %(city)s rests on this practice, so it can’t be "
                "deleted.",
                city=practice.city.name,
            )
        )
