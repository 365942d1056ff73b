"""Workshops of the tests' own, one or more a test, so that no test meets another's people."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.model import (
    Account,
    CityInvitation,
    Event,
    OutboxMail,
    PendingChange,
    Series,
    SeriesGrant,
)
from events_service.model.account import Role
from events_service.tokens import token_for
from tests import cast
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET


def workshop(db: Session, slug: str, title: str, **other: object) -> Event:
    """Three days in Stockholm in a series of its own, published and open for registration."""
    series = cast.series(db, f"series-{slug}")
    series.title = f"Series of {title}"
    made = cast.event(db, slug=slug, in_series=series, **other)  # type: ignore[arg-type]
    made.title = title
    return made


def invited(db: Session, event: Event, city: str, *, seats: int = 3) -> CityInvitation:
    """A city of the sample, asked at an address that nobody else in these tests has."""
    made = cast.invited(db, event, city, seats=seats)
    made.address = f"office-{event.slug}@cities.example.org"
    db.flush()
    return made


def city_page(invitation: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', invitation.id, invitation.link_version)}"


FIRST_DAY, SECOND_DAY, THIRD_DAY = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)


def colleague(db: Session, name: str, role: Role, *series: Series) -> str:
    """Somebody of the network team; their address."""
    account = Account(
        address=f"{name.lower().replace(' ', '-')}@events.example.org",
        name=name,
        role=role,
        created_at=cast.LONG_AGO,
        grants=[SeriesGrant(series_id=one.id) for one in series],
    )
    db.add(account)
    db.flush()
    return account.address


def signs_in(visitor: Visitor, post: PostOffice, address: str) -> None:
    """By the link in a letter, from the page that asked for it."""
    visitor.write("Your e-mail address", address)
    visitor.press("Send me a link")
    visitor.sees("a link is on its way")
    letter = post.wait_for(address, "Your link to sign in")
    visitor.judge.look_at_letter(letter.html, where="sign_in")
    visitor.open(letter.link("/sign-in/"))
    visitor.press("Sign in", within="main")


def skip_the_minute(service: WholeService) -> None:
    """Letters that were released leave now."""
    with service.session() as db:
        waits = update(OutboxMail).where(
            OutboxMail.state == "queued", OutboxMail.approved_at.is_not(None)
        )
        db.execute(waits.values(due_at=service.clock()))


def skip_the_minute_of_changes(service: WholeService) -> None:
    """Moves and cancellations that were released are made now."""
    with service.session() as db:
        released = update(PendingChange).where(
            PendingChange.due_at.is_not(None),
            PendingChange.applied_at.is_(None),
            PendingChange.undone_at.is_(None),
        )
        db.execute(released.values(due_at=service.clock()))


def release_all(organiser: Visitor, service: WholeService, event_id: int) -> None:
    """What waits in the outbox of the workshop is read, released, and leaves at once."""
    organiser.open(f"/organise/events/{event_id}/outbox")
    organiser.waits_for("Release ", 20)
    organiser.press("Release ")
    organiser.sees("in a minute. Until then you can undo it here.")
    skip_the_minute(service)
