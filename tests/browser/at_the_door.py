"""Workshops that take place today on the service's clock, and what the door wrote down."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.model import Attendance, CheckIn, Event, Member
from events_service.tokens import token_for
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET, TestClock

ASA, LUKASZ, MAYOR = "Åsa Öberg", "Łukasz Żak", "Mayor, Newark"
PATIENCE = 10_000  # ms
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
        named(db, event, "Liaison, Newark").name = ASA
        named(db, event, "Planner, Dijon").name = LUKASZ
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


# What somebody at the door does, and what the page says


def at_the_desk(
    visits: Callable[..., Visitor], service: WholeService, link: str, **given: object
) -> Visitor:
    visitor: Visitor = visits(service, screen="phone", **given)
    visitor.open(link)
    return visitor


def row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator("#door-people li").filter(has_text=name)


def says(visitor: Visitor, part: str, text: str | re.Pattern[str]) -> None:
    expect(visitor.page.locator(f"#door-{part}")).to_contain_text(text, timeout=PATIENCE)


def seek(visitor: Visitor, text: str) -> None:
    visitor.page.locator("#door-q").fill(text)


def check_in(visitor: Visitor, name: str, asked: str) -> None:
    seek(visitor, asked)
    not_too_soon(visitor)
    row(visitor, name).get_by_role("button", name="Check in").click()
    says(visitor, "done", name)
    says(visitor, "done-when", re.compile(r"Came in \d\d:\d\d"))


def not_too_soon(visitor: Visitor) -> None:
    """A second tap of the same finger does nothing."""
    visitor.page.wait_for_timeout(600)


def undo(visitor: Visitor) -> None:
    not_too_soon(visitor)
    visitor.page.get_by_role("button", name="Undo").click()
    says(visitor, "done-when", "Taken back")
