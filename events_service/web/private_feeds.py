"""What a private calendar address gives: the plans of its person, or the workshops of its
organiser."""

from sqlalchemy.orm import Session

from events_service.domain.own_calendar import (
    invited_entries,
    invited_fingerprint,
    members_of_identity,
)
from events_service.model import Account, CalendarFeed
from events_service.queries.organiser_feed import worked_on_entries, worked_on_fingerprint
from events_service.translation import gettext as _
from events_service.web.access import granted_series
from events_service.web.context import settings
from events_service.web.feeds import KeptFeed, kept_feed, teller


def private_feed(db: Session, feed: CalendarFeed) -> KeptFeed:
    if feed.account_id is not None:
        return _worked_on(db, feed, db.get_one(Account, feed.account_id))
    return _invited(db, feed, feed.identity or "")


def _invited(db: Session, feed: CalendarFeed, identity: str) -> KeptFeed:
    members = members_of_identity(db, identity)
    return kept_feed(
        feed.id,
        (feed.made_at, *invited_fingerprint(db, members)),
        _("My workshops · %(network)s", network=settings().network_name),
        lambda: invited_entries(db, members, teller()),
        since=feed.made_at,
    )


def _worked_on(db: Session, feed: CalendarFeed, account: Account) -> KeptFeed:
    series = granted_series(db, account)
    return kept_feed(
        feed.id,
        (feed.made_at, *worked_on_fingerprint(db, series)),
        _("Workshops I organise · %(network)s", network=settings().network_name),
        lambda: worked_on_entries(db, series, teller(), drafts_at=feed.made_at),
        since=feed.made_at,
    )
