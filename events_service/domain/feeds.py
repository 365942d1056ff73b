"""Private calendar addresses: a person's and an organiser's, made on request and ended at will.

A person is an address and a name: an office may share an address, and each of its people has a
calendar of their own.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.domain.refusals import LinkEnded
from events_service.model import Account, CalendarFeed, Member
from events_service.tokens import number_in, token_is_right
from events_service.translation import lazy_gettext

Whose = dict[str, str | int]  # the column that says it, with its value

UNKNOWN = lazy_gettext(
    "This calendar address is not one of ours, or part of it is missing. Copy it again from the "
    "page where you made it."
)
ENDED = lazy_gettext(
    "This calendar address was ended. Take the calendar out of your program; you can make a new "
    "address on the page where you made this one."
)


def identity_of(member: Member) -> str:
    """What tells a person from others at the same address, over all workshops."""
    return f"{member.address.lower()}\n{' '.join(member.name.split()).casefold()}"


def feed_of_person(session: Session, member: Member, *, now: datetime) -> CalendarFeed:
    """The person's calendar address, made if there is none; one that was ended stays ended, and a
    new one takes its place. Only for somebody who holds the person's own link."""
    return _made(session, {"identity": identity_of(member)}, now)


def feed_of_account(session: Session, account: Account, *, now: datetime) -> CalendarFeed:
    """The same for somebody of the network team."""
    return _made(session, {"account_id": account.id}, now)


def revoke_feed(session: Session, feed: CalendarFeed, *, now: datetime) -> None:
    """From now on the address opens nothing. Ending it twice changes nothing."""
    if feed.revoked_at is None:
        feed.version += 1
        feed.revoked_at = now
        session.flush()


def standing_feed_of_person(session: Session, member: Member) -> CalendarFeed | None:
    """The address that works, if there is one."""
    return _standing(session, {"identity": identity_of(member)})


def standing_feed_of_account(session: Session, account: Account) -> CalendarFeed | None:
    return _standing(session, {"account_id": account.id})


def feed_behind(session: Session, secret: str, token: str) -> CalendarFeed:
    """The feed that a calendar address opens. LinkEnded says why it opens none."""
    number = number_in(token)
    feed = session.get(CalendarFeed, number) if number is not None else None
    if feed is None:
        raise LinkEnded(UNKNOWN)
    versions = range(1, feed.version + 1)
    right = [one for one in versions if token_is_right(secret, token, "feed", feed.id, one)]
    if not right:
        raise LinkEnded(UNKNOWN)
    if right != [feed.version] or feed.revoked_at is not None or _has_left(session, feed):
        raise LinkEnded(ENDED)
    return feed


def _has_left(session: Session, feed: CalendarFeed) -> bool:
    account = session.get(Account, feed.account_id) if feed.account_id is not None else None
    return account is not None and account.disabled_at is not None


def _made(session: Session, whose: Whose, now: datetime) -> CalendarFeed:
    """Two requests at once make one row."""
    row = {**whose, "version": 1, "made_at": now}
    session.execute(insert(CalendarFeed).values(row).on_conflict_do_nothing())
    fresh = select(CalendarFeed).filter_by(**whose).with_for_update()
    feed = session.scalars(fresh.execution_options(populate_existing=True)).one()
    if feed.revoked_at is not None:
        feed.revoked_at, feed.made_at = None, now
        session.flush()
    return feed


def _standing(session: Session, whose: Whose) -> CalendarFeed | None:
    return session.scalar(select(CalendarFeed).filter_by(**whose, revoked_at=None))
