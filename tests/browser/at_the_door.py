"""Workshops that take place today on the service's clock, and what the door wrote down."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import Attendance, CheckIn, Event, Member
from events_service.tokens import token_for
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET, TestClock

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")


def workshop_today(service: WholeService, slug: str, *, in_days: int = 0) -> str:
    """The link to its door. Newark comes with three people and Dijon with one."""
    with service.session() as db:
        today = service.clock().astimezone(ZoneInfo("Europe/Stockholm")).date()
        event = scenes.workshop(
            db, slug, f"Door of {slug}", starts_on=today + timedelta(days=in_days)
        )
        clock = TestClock(service.clock())
        office.registered(db, service.settings, clock, event, "Newark", "Mayor", "Liaison", "Aide")
        office.registered(db, service.settings, clock, event, "Dijon", "Planner")
        named(db, event, "Liaison, Newark").name = "Åsa Öberg"
        named(db, event, "Planner, Dijon").name = "Łukasz Żak"
        return door_link(event)


def door_link(event: Event) -> str:
    return f"/door/{token_for(SECRET, 'door', event.id, event.door_version)}"


def event_of(db: Session, slug: str) -> Event:
    return db.scalars(select(Event).where(Event.slug == slug)).one()


def named(db: Session, event: Event, name: str) -> Member:
    members = db.scalars(select(Member).where(Member.name == name).order_by(Member.id))
    return next(one for one in members if one.delegation.event_id == event.id)


def came_in(service: WholeService, slug: str) -> list[str]:
    """Names of those who count as there, in their order of arrival."""
    with service.session() as db:
        event = event_of(db, slug)
        entries = db.scalars(
            select(CheckIn)
            .where(CheckIn.event_id == event.id, CheckIn.taken_back_at.is_(None))
            .order_by(CheckIn.id)
        ).all()
        rows = {one.id: one for one in db.scalars(select(Attendance))}
        there = [rows[one.attendance_id] for one in entries if one.attendance_id]
        assert all(one.days for one in there)
        return [one.name for one in there]


def works_without_a_network(page: Page) -> None:
    """Until the page and its files are kept and the worker stands before it."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    kept = "async () => (await (await caches.open('door')).keys()).length >= 5"
    page.wait_for_function(f"({kept})()")


def lose_network(visitor: Visitor) -> None:
    visitor.page.context.set_offline(True)


def find_network(visitor: Visitor) -> None:
    visitor.page.context.set_offline(False)


def forgive_the_network(visitor: Visitor) -> None:
    """The browser complains of each request that went nowhere."""
    visitor.complaints[:] = [
        one for one in visitor.complaints if not any(word in one for word in OFFLINE)
    ]
